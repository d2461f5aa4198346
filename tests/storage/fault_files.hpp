#pragma once
// A file system that fails as disks do, and forgets what was not synced, as a power cut does.

#include <cstdint>
#include <memory>

namespace rocksdb {
class Env;
}

namespace banjie::storage {

/// Thread-safe. One trouble at a time. It does not bother the real disk with syncs: what survives
/// is for `forget_unsynced` to say.
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
        flips,     // one bit of what is read, another one at every place
        power_cut, // nothing is written from there on
    };
    struct Trouble {
        Call call;
        Effect effect;
        std::uint64_t after = 0; // so many calls of that kind go well before
        std::uint64_t times = UINT64_MAX;
    };

    FaultFiles();
    ~FaultFiles();
    [[nodiscard]] rocksdb::Env* env();

    /// Calls are counted from here on.
    void give(Trouble trouble);
    void heal();
    [[nodiscard]] std::uint64_t calls(Call call) const;

    /// What a power cut leaves: every file as it was synced and up to `torn_bytes` more, and with
    /// `names` every folder too, so that files whose names were not synced vanish, and deleted ones
    /// are back. Then there is power again. Only when no database is open. Gives how many bytes and
    /// names went.
    std::uint64_t forget_unsynced(std::uint64_t torn_bytes, bool names = true);

private:
    struct Files;
    std::shared_ptr<Files> files_;
    std::unique_ptr<rocksdb::Env> env_;
};

} // namespace banjie::storage
