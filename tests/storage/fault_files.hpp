#pragma once
// A file system that forgets what was not synced, as a power cut does, and fails to sync on demand.

#include <cstdint>
#include <memory>

namespace rocksdb {
class Env;
}

namespace banjie::storage {

class FaultFiles {
public:
    FaultFiles();
    ~FaultFiles();
    [[nodiscard]] rocksdb::Env* env();

    void fail_syncs(bool fail);
    /// From now on nothing is written, as if the power had gone.
    void cut_power();
    /// Cuts every file back to what was synced, but for `torn_bytes` more, and gives power again;
    /// only when no database is open. Gives how many bytes went.
    std::uint64_t forget_unsynced(std::uint64_t torn_bytes);

private:
    struct Files;
    std::shared_ptr<Files> files_;
    std::unique_ptr<rocksdb::Env> env_;
};

} // namespace banjie::storage
