// What is acknowledged survives a power cut; a failed sync is told as unknown, and is the end.

#include "storage/rocksdb/database.hpp"
#include "tests/storage/fault_files.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>

using namespace banjie::storage;

namespace {

std::unique_ptr<Store> opened_on(std::string const& path, FaultFiles& files) {
    auto store = open_rocksdb_store_on(options_for(path), files.env());
    INFO((store ? "" : store.error().detail));
    REQUIRE(store.has_value());
    return std::move(*store);
}

bool is_sound(std::string const& path) {
    auto const report = verify_store(path, [](auto, auto) {});
    return report && report->findings.empty();
}

} // namespace

TEST_CASE("a power cut under load loses nothing that was acknowledged") {
    std::uint64_t forgotten = 0;
    for (std::uint64_t const torn_bytes : {0U, 1U, 9U, 700U, 40'000U}) {
        CAPTURE(torn_bytes);
        Place place;
        FaultFiles files;
        auto const path = place.path("store");
        std::array<std::atomic<std::uint64_t>, 8> acknowledged{};
        {
            auto const store = opened_on(path, files);
            std::promise<void> enough;
            std::atomic<int> left = 500, under_way = 8;
            std::promise<void> ended;
            std::function<void(std::size_t, std::uint64_t)> next = [&](auto who, auto version) {
                auto const done = [&, who, version](Result<Committed> const& result) {
                    if (result) acknowledged[who] = version + 1;
                    if (--left == 0) enough.set_value();
                    if (result) return next(who, version + 1);
                    if (--under_way == 0) ended.set_value();
                };
                auto const id = "i" + std::to_string(who);
                store->commit(batch_of({change(id, version, std::string(2'000, 'b'))}), done);
            };
            for (std::size_t who = 0; who < acknowledged.size(); ++who) next(who, 0);
            enough.get_future().wait();
            files.cut_power();
            ended.get_future().wait();
        }
        forgotten += files.forget_unsynced(torn_bytes);
        {
            auto const store = opened_on(path, files);
            for (std::size_t who = 0; who < acknowledged.size(); ++who) {
                auto const instance = store->instance("i" + std::to_string(who)).value();
                REQUIRE(instance.has_value());
                CHECK(instance->version >= acknowledged[who]);
                CHECK(instance->version <= acknowledged[who] + 1);
            }
        }
        CHECK(is_sound(path));
    }
    MESSAGE("bytes forgotten: " << forgotten);
}

TEST_CASE("a failed sync is told as unknown, and nothing is written afterwards") {
    Place place;
    FaultFiles files;
    auto const path = place.path("store");
    {
        auto const store = opened_on(path, files);
        REQUIRE(done(*store, batch_of({change("a", 0)})));
        files.fail_syncs(true);
        CHECK(committed(*store, batch_of({change("a", 1)})).error().fault == Fault::unknown);
        files.fail_syncs(false);
        CHECK(committed(*store, batch_of({change("b", 0)})).has_error());
        CHECK_FALSE(store->status().accepts_writes);
        CHECK(store->instance("a").value()->version == 1);
        CHECK_FALSE(store->instance("b").value().has_value());
    }
    files.forget_unsynced(0);
    auto const store = opened_on(path, files);
    CHECK(store->instance("a").value()->version == 1);
    CHECK_FALSE(store->instance("b").value().has_value());
    CHECK(done(*store, batch_of({change("a", 1)})));
}
