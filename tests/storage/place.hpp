#pragma once
// A folder of a test's own, gone with it; and what tests do with stores all the time.

#include "storage/rocksdb_store.hpp"

#include <filesystem>

namespace banjie::storage {

class Place {
public:
    Place();
    ~Place();
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;
    [[nodiscard]] std::string path(std::string const& name = {}) const {
        return (folder_ / name).string();
    }

private:
    std::filesystem::path folder_;
};

/// The store in `path`, with no reserve of free disk.
[[nodiscard]] RocksdbOptions options_for(std::string const& path);
[[nodiscard]] std::unique_ptr<Store> opened(RocksdbOptions options);

/// Commits and waits.
Result<Committed> committed(Store& store, Batch batch);

/// The same, when all that matters is whether it was done.
[[nodiscard]] bool done(Store& store, Batch batch);

/// The change of an instance from that version, told by one event.
[[nodiscard]] Change change(std::string const& id, std::uint64_t from,
                            std::string const& body = "{}");
[[nodiscard]] Batch batch_of(std::vector<Change> changes);
[[nodiscard]] Batch batch_of(DocumentWrite document);

/// Ignores how far something is.
void no_progress(std::uint64_t done, std::uint64_t total);
/// Writes ten instances of five events each, two documents and a reply.
void fill(Store& store);
/// Returns what verifying the store found; fails the test if it cannot be read.
[[nodiscard]] VerifyReport verified(std::string const& path);

} // namespace banjie::storage
