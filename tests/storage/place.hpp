#pragma once
// A folder for one test, removed with it; and what tests often do with stores.

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

/// Returns the options of the store in `path`, with no reserve of free disk.
[[nodiscard]] RocksdbOptions options_for(std::string const& path);
[[nodiscard]] std::unique_ptr<ChainedStore> opened(RocksdbOptions options);

/// Commits, and waits for the outcome.
Result<Committed> committed(Store& store, Batch batch);

/// Commits, waits, and returns whether it succeeded.
[[nodiscard]] bool done(Store& store, Batch batch);

/// Returns the change of an instance from that version by one event.
[[nodiscard]] Change change(std::string const& id, std::uint64_t from,
                            std::string const& body = "{}");
[[nodiscard]] Batch batch_of(std::vector<Change> changes);
[[nodiscard]] Batch batch_of(DocumentWrite document);

/// Ignores the progress.
void no_progress(std::uint64_t done, std::uint64_t total);
/// Writes ten instances of five events each, two documents and a reply.
void fill(Store& store);
/// Returns what verifying the store found; fails the test if it cannot be read.
[[nodiscard]] VerifyReport verified(std::string const& path);

} // namespace banjie::storage
