#pragma once
// A file system that fails as disks do, and forgets what was not synced, as a power cut does.

#include <cstdint>
#include <memory>

namespace rocksdb {
class Env;
}

namespace banjie::storage {

/// Files with one trouble at a time. Thread-safe. Does not sync the real disk: `forget_unsynced`
/// decides what survives.
class FaultFiles {
public:
    enum class Call {
        read,
        write, // bytes, and names: making, renaming and deleting files
        sync,  // of a file or a folder
    };
    enum class Effect {
        fails,     // EIO
        no_space,  // ENOSPC
        slow,      // takes 20 ms
        flips,     // one bit of what is read, varying with `after`
        power_cut, // nothing is written from there on
    };
    struct Trouble {
        Call call;
        Effect effect;
        std::uint64_t after = 0; // calls of that kind that succeed before
        std::uint64_t times = UINT64_MAX;
    };

    FaultFiles();
    ~FaultFiles();
    [[nodiscard]] rocksdb::Env* env();

    /// Starts a trouble. Counts calls from here on.
    void give(Trouble trouble);
    void heal();
    [[nodiscard]] std::uint64_t calls(Call call) const;

    /// Leaves what a power cut would: every file as it was synced and up to `torn_bytes` more. With
    /// `names` it treats folders alike: files whose names were not synced vanish, and deleted ones
    /// are back. Then power is restored. Only when no database is open. Returns how many bytes and
    /// names were lost.
    std::uint64_t forget_unsynced(std::uint64_t torn_bytes, bool names = true);

private:
    struct Files;
    std::shared_ptr<Files> files_;
    std::unique_ptr<rocksdb::Env> env_;
};

} // namespace banjie::storage
