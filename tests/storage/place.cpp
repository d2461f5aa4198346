#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <future>
#include <string>

namespace banjie::storage {

Place::Place() {
    std::string name = (std::filesystem::temp_directory_path() / "banjie-test-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
}

Place::~Place() {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
}

RocksdbOptions options_for(std::string const& path) {
    RocksdbOptions options;
    options.directory = path;
    options.memory_bytes = 16U << 20U;
    options.reserve_bytes = 0;
    return options;
}

std::unique_ptr<ChainedStore> opened(RocksdbOptions options) {
    auto store = open_rocksdb_store(std::move(options));
    INFO((store ? "" : store.error().detail));
    REQUIRE(store.has_value());
    return std::move(*store);
}

Result<Committed> committed(Store& store, Batch batch) {
    std::promise<Result<Committed>> promise;
    store.commit(std::move(batch), [&promise](auto const& result) { promise.set_value(result); });
    return promise.get_future().get();
}

bool done(Store& store, Batch batch) {
    return committed(store, std::move(batch)).has_value();
}

Change change(std::string const& id, std::uint64_t from, std::string const& body) {
    return {id, from, body, "entry of " + body,
            R"({"event":")" + id + "." + std::to_string(from + 1) + R"("})"};
}

Batch batch_of(std::vector<Change> changes) {
    Batch batch;
    batch.changes = std::move(changes);
    return batch;
}

Batch batch_of(DocumentWrite document) {
    Batch batch;
    batch.documents.push_back(std::move(document));
    return batch;
}

void no_progress(std::uint64_t, std::uint64_t) {}

void fill(Store& store) {
    for (std::uint64_t version = 0; version < 5; ++version)
        for (int i = 0; i < 10; ++i)
            REQUIRE(done(store, batch_of({change("i" + std::to_string(i), version)})));
    for (auto const* name : {"amy", "bob"})
        REQUIRE(done(store, batch_of(DocumentWrite{"user", name, 0, "{}", "{}"})));
    Batch batch = batch_of({change("last", 0)});
    batch.reply = ReplyWrite{{7}, "1 last", 9'999'999'999'999};
    REQUIRE(done(store, std::move(batch)));
}

VerifyReport verified(std::string const& path) {
    auto report = verify_store(path, no_progress);
    INFO((report ? "" : report.error().detail));
    REQUIRE(report.has_value());
    return std::move(*report);
}

} // namespace banjie::storage
