// One suite for every store: what storage/store.hpp promises.

#include "storage/limits.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <future>
#include <map>
#include <set>
#include <thread>

using namespace banjie::storage;

namespace {

struct OnDisk {
    Place place;
    std::unique_ptr<Store> store = opened(options_for(place.path("store")));
};

struct InMemory {
    std::unique_ptr<Store> store = open_memory_store();
};

Fault fault_of(Result<Committed> const& result) {
    REQUIRE(result.has_error());
    return result.error().fault;
}

} // namespace

TEST_CASE_TEMPLATE("a batch becomes true as a whole", Kind, InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    auto const first = committed(store, batch_of({change("a", 0, "A1"), change("b", 0, "B1")}));
    REQUIRE(first.has_value());
    CHECK(first->first_seq == 1);
    CHECK(first->last_seq == 2);
    CHECK(store.instance("a").value()->body == "A1");
    CHECK(store.instance("b").value()->version == 1);
    CHECK_FALSE(store.instance("c").value().has_value());

    // The second change does not hold, so neither is made.
    CHECK(fault_of(committed(store, batch_of({change("a", 1, "A2"), change("b", 7, "B2")}))) ==
          Fault::conflict);
    CHECK(store.instance("a").value()->body == "A1");
    CHECK(store.events_after(0, 10).value().size() == 2);
    CHECK(store.status().last_seq == 2);
}

TEST_CASE_TEMPLATE("an expected version is the version that is there", Kind, InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    CHECK(fault_of(committed(store, batch_of({change("a", 1)}))) == Fault::conflict);
    REQUIRE(committed(store, batch_of({change("a", 0)})).has_value());
    CHECK(fault_of(committed(store, batch_of({change("a", 0)}))) == Fault::conflict);
    REQUIRE(committed(store, batch_of({change("a", 1), change("a", 2)})).has_value());
    CHECK(store.instance("a").value()->version == 3);
    CHECK(fault_of(committed(store, batch_of({change("a", 3), change("a", 3)}))) ==
          Fault::conflict);
    CHECK(store.instance("a").value()->version == 3);
}

TEST_CASE_TEMPLATE("events are numbered densely, and an instance knows its own", Kind, InMemory,
                   OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    for (std::uint64_t i = 0; i < 10; ++i) {
        REQUIRE(committed(store, batch_of({change("a", i)})).has_value());
        REQUIRE(committed(store, batch_of({change("b", i)})).has_value());
    }
    auto const events = store.events_after(0, 100).value();
    REQUIRE(events.size() == 20);
    for (std::size_t i = 0; i < events.size(); ++i) CHECK(events[i].seq == i + 1);
    CHECK(events[0].partition == partition_of("a"));
    CHECK(store.events_after(18, 100).value().size() == 2);
    CHECK(store.events_after(3, 4).value().back().seq == 7);
    CHECK(store.events_after(20, 100).value().empty());
    CHECK(store.events_after(0, 0).value().empty());

    auto const history = store.history("b", 0, 100).value();
    REQUIRE(history.size() == 10);
    CHECK(history[0].body == R"({"event":"b.1"})");
    CHECK(history[9].seq == 20);
    CHECK(store.history("b", 7, 2).value().at(0).body == R"({"event":"b.8"})");
    CHECK(store.history("b", 7, 2).value().size() == 2);
    CHECK(store.history("b", 10, 2).value().empty());
    CHECK(store.history("nobody", 0, 2).value().empty());
}

TEST_CASE_TEMPLATE("several instances are read in the order asked", Kind, InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    REQUIRE(committed(store, batch_of({change("a", 0, "A"), change("b", 0, "B")})).has_value());
    std::vector<std::string> const ids{"b", "nobody", "a"};
    auto const records = store.instances(ids).value();
    REQUIRE(records.size() == 3);
    CHECK(records[0]->body == "B");
    CHECK_FALSE(records[1].has_value());
    CHECK(records[2]->body == "A");
}

TEST_CASE_TEMPLATE("the index has the newest entry of every instance", Kind, InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    for (int i = 0; i < 50; ++i)
        REQUIRE(committed(store, batch_of({change("i" + std::to_string(i), 0, "1")})).has_value());
    REQUIRE(committed(store, batch_of({change("i7", 1, "2")})).has_value());
    std::map<std::string, std::string> entries;
    auto const scanned = store.scan_index({}, [&](std::string_view id, std::string_view entry) {
        entries[std::string(id)] = entry;
        return true;
    });
    REQUIRE(scanned.has_value());
    CHECK(entries.size() == 50);
    CHECK(entries["i7"] == "entry of 2");
    int seen = 0;
    auto const ended =
        store.scan_index({}, [&](std::string_view, std::string_view) { return ++seen < 3; });
    CHECK(ended.has_value());
    CHECK(seen == 3);
    for (Partitions const share : {Partitions{0, 100}, Partitions{101, 255}})
        CHECK(store
                  .scan_index(share,
                              [&](std::string_view id, std::string_view) {
                                  CHECK(partition_of(id) >= share.first);
                                  CHECK(partition_of(id) <= share.last);
                                  return entries.erase(std::string(id)) == 1;
                              })
                  .has_value());
    CHECK(entries.empty());
}

TEST_CASE_TEMPLATE("documents have versions and conditions, and removed ones are absent", Kind,
                   InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    auto const write = [&](std::optional<std::uint64_t> expected, std::optional<std::string> body,
                           std::string event = "{}") {
        return committed(store, batch_of(DocumentWrite{"user", "amy", expected, body, event}));
    };
    REQUIRE(write(0, "1").has_value());
    CHECK(fault_of(write(0, "x")) == Fault::conflict);
    CHECK(fault_of(write(2, "x")) == Fault::conflict);
    REQUIRE(write(1, "2").has_value());
    REQUIRE(write(std::nullopt, "3", "").has_value()); // told to nobody
    auto const document = store.document("user", "amy").value();
    CHECK(document->version == 3);
    CHECK(document->body == "3");
    CHECK_FALSE(store.document("session", "amy").value().has_value());
    CHECK(store.documents("user").value().size() == 1);
    CHECK(store.history("amy", 0, 10).value().size() == 2);

    REQUIRE(write(3, std::nullopt).has_value());
    CHECK_FALSE(store.document("user", "amy").value().has_value());
    CHECK(store.documents("user").value().empty());
    CHECK(store.history("amy", 0, 10).value().size() == 3);
    CHECK(fault_of(write(4, "x")) == Fault::conflict);
    REQUIRE(write(0, "again").has_value());
    CHECK(store.document("user", "amy").value()->body == "again");
}

TEST_CASE_TEMPLATE("documents of a kind are listed in order of id", Kind, InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    Batch batch;
    for (int i = 0; i < 40; ++i)
        batch.documents.push_back(
            {"user", "u" + std::to_string(100 + i), 0, std::to_string(i), ""});
    batch.documents.push_back({"users", "other", 0, "kind", ""});
    REQUIRE(committed(store, std::move(batch)).has_value());
    auto const users = store.documents("user").value();
    REQUIRE(users.size() == 40);
    CHECK(std::is_sorted(users.begin(), users.end(),
                         [](auto const& a, auto const& b) { return a.id < b.id; }));
}

TEST_CASE_TEMPLATE("a reply is remembered with the batch that it answers", Kind, InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    ReplyKey const key{1, 2, 3};
    Batch refused = batch_of({change("a", 5)});
    refused.reply = ReplyWrite{key, "no", 1};
    CHECK(fault_of(committed(store, std::move(refused))) == Fault::conflict);
    CHECK_FALSE(store.reply(key).value().has_value());
    Batch batch = batch_of({change("a", 0)});
    batch.reply = ReplyWrite{key, "1 a", 9'999'999'999'999};
    REQUIRE(committed(store, std::move(batch)).has_value());
    CHECK(store.reply(key).value() == "1 a");
    CHECK_FALSE(store.reply({9}).value().has_value());
}

TEST_CASE_TEMPLATE("outcomes are told in the order of the commits, and a barrier after them", Kind,
                   InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    std::mutex mutex;
    std::vector<int> told;
    std::promise<void> barrier;
    constexpr int count = 200;
    for (int i = 0; i < count; ++i) {
        auto const id = i % 10 == 3 ? "absent" : "i" + std::to_string(i);
        store.commit(batch_of({change(id, i % 10 == 3 ? 9U : 0U)}), [&, i](auto const& result) {
            std::lock_guard const lock(mutex);
            CHECK(result.has_value() == (i % 10 != 3));
            told.push_back(i);
        });
    }
    store.commit({}, [&](auto const& result) {
        CHECK(result.has_value());
        std::lock_guard const lock(mutex);
        CHECK(told.size() == count);
        barrier.set_value();
    });
    barrier.get_future().get();
    CHECK(std::is_sorted(told.begin(), told.end()));
}

TEST_CASE_TEMPLATE("many threads commit at once, and every event is there once", Kind, InMemory,
                   OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    constexpr std::uint64_t each = 100;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&store, t] {
                for (std::uint64_t i = 0; i < each; ++i)
                    CHECK(done(store, batch_of({change("t" + std::to_string(t), i)})));
            });
    }
    CHECK(store.status().last_seq == 8 * each);
    CHECK(store.status().commits == 8 * each);
    std::set<std::string> bodies;
    for (auto const& event : store.events_after(0, 10'000).value()) bodies.insert(event.body);
    CHECK(bodies.size() == 8 * each);
}

TEST_CASE_TEMPLATE("a closed store takes no more and can still be read", Kind, InMemory, OnDisk) {
    Kind kind;
    Store& store = *kind.store;
    REQUIRE(committed(store, batch_of({change("a", 0)})).has_value());
    store.close();
    store.close();
    CHECK(fault_of(committed(store, batch_of({change("a", 1)}))) == Fault::closed);
    CHECK(store.instance("a").value()->version == 1);
    CHECK_FALSE(store.status().accepts_writes);
}

TEST_CASE("partitions are spread, and never change") {
    CHECK(partition_of("a") == partition_of("a"));
    CHECK(partition_of("01K0000000ABCDEF") == 64);
    std::set<Partition> used;
    for (int i = 0; i < 5'000; ++i) used.insert(partition_of("p" + std::to_string(i)));
    CHECK(used.size() == partition_count);
}
