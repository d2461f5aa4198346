// What only the store on disk promises: it stays, it is checked, it can be copied.

#include "storage/backups.hpp"
#include "storage/rocksdb/database.hpp"
#include "storage/rocksdb_store.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rocksdb/db.h>

#include <fstream>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace banjie::storage;
namespace files = std::filesystem;

namespace {

bool finds(std::string const& path, std::string_view what) {
    for (auto const& finding : verified(path).findings)
        if (finding.find(what) != std::string::npos) return true;
    return false;
}

/// Changes a store behind its back.
template <class Change>
void tamper(std::string const& path, Change change) {
    auto database = Database::open(options_for(path));
    REQUIRE(database.has_value());
    change(**database);
}

} // namespace

TEST_CASE("everything committed is there after reopening") {
    Place place;
    auto const path = place.path("store");
    {
        auto const store = opened(options_for(path));
        fill(*store);
    }
    auto const store = opened(options_for(path));
    CHECK(store->status().last_seq == 53);
    CHECK(store->instance("i3").value()->version == 5);
    CHECK(store->history("i3", 0, 10).value().size() == 5);
    CHECK(store->documents("user").value().size() == 2);
    CHECK(store->reply({7}).value() == "1 last");
    CHECK(committed(*store, batch_of({change("i3", 5)})).value().first_seq == 54);
}

TEST_CASE("everything acknowledged is there after the process was killed") {
    Place place;
    auto const path = place.path("store");
    int pipe_ends[2];
    REQUIRE(pipe(pipe_ends) == 0);
    auto const child = fork();
    if (child == 0) {
        auto store = open_rocksdb_store(options_for(path));
        for (std::uint64_t i = 0; i < 100 && store; ++i) {
            if (!committed(**store, batch_of({change("a", i)}))) _exit(1);
            char const byte = 1;
            if (write(pipe_ends[1], &byte, 1) != 1) _exit(1);
        }
        for (;;) (void)committed(**store, batch_of({change("b", 0)}));
    }
    close(pipe_ends[1]);
    std::uint64_t acknowledged = 0;
    for (char byte = 0; acknowledged < 100 && read(pipe_ends[0], &byte, 1) == 1;) ++acknowledged;
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    close(pipe_ends[0]);
    REQUIRE(acknowledged == 100);
    auto const store = opened(options_for(path));
    CHECK(store->instance("a").value()->version == acknowledged);
    CHECK(store->history("a", 0, 1'000).value().size() == acknowledged);
}

TEST_CASE("a store that is open is not opened twice") {
    Place place;
    auto const store = opened(options_for(place.path("store")));
    auto const second = open_rocksdb_store(options_for(place.path("store")));
    REQUIRE(second.has_error());
    CHECK(second.error().fault == Fault::locked);
    CHECK(verify_store(place.path("store"), no_progress).error().fault == Fault::locked);
    CHECK(dump_store(place.path("store"), [](auto) {}).error().fault == Fault::locked);
}

TEST_CASE("a store of a newer program is left alone") {
    Place place;
    auto const path = place.path("store");
    { fill(*opened(options_for(path))); }
    std::ofstream(path + "/format") << "2\n";
    auto const refused = open_rocksdb_store(options_for(path));
    REQUIRE(refused.has_error());
    CHECK(refused.error().fault == Fault::newer_format);
    CHECK(refused.error().detail.find("format 2") != std::string::npos);
    CHECK(verify_store(path, no_progress).error().fault == Fault::newer_format);
    std::ofstream(path + "/format") << "x\n";
    CHECK(open_rocksdb_store(options_for(path)).error().fault == Fault::unreadable);
}

TEST_CASE("what is no store is refused") {
    Place place;
    auto options = options_for(place.path("nothing"));
    options.create_if_missing = false;
    CHECK(open_rocksdb_store(options).error().fault == Fault::unreadable);
    CHECK_FALSE(files::exists(place.path("nothing")));
    CHECK(verify_store(place.path("nothing"), no_progress).has_error());
}

TEST_CASE("a sound store is verified as sound, with its counts") {
    Place place;
    auto const path = place.path("store");
    { fill(*opened(options_for(path))); }
    auto const report = verified(path);
    CHECK(report.findings.empty());
    CHECK(report.events == 53);
    CHECK(report.last_seq == 53);
    CHECK(report.instances == 11);
    CHECK(report.index_entries == 11);
    CHECK(report.documents == 2);
    CHECK(report.replies == 1);
}

TEST_CASE("verifying finds whatever was changed behind the store's back") {
    Place place;
    auto const path = place.path("store");
    { fill(*opened(options_for(path))); }
    auto const seq = std::uint64_t{17};
    auto const event_key = [&](Database& database) {
        std::string found;
        auto const scanned = database.scan_events(seq, [&](auto key, auto) {
            found = key;
            return false;
        });
        CHECK(scanned.has_value());
        return found;
    };
    rocksdb::WriteOptions const writing;

    SUBCASE("an altered event") {
        tamper(path, [&](Database& database) {
            std::string value;
            auto const key = event_key(database);
            CHECK(database.db().Get({}, database.events(), key, &value).ok());
            value.back() = ' ';
            CHECK(database.db().Put(writing, database.events(), key, value).ok());
        });
        CHECK(finds(path, "does not fit the chain"));
        CHECK(open_rocksdb_store(options_for(path)).error().fault == Fault::corrupt);
    }
    SUBCASE("a removed event") {
        tamper(path, [&](Database& database) {
            CHECK(database.db().Delete(writing, database.events(), event_key(database)).ok());
        });
        CHECK(finds(path, "events 17 to 17 are missing"));
        CHECK(open_rocksdb_store(options_for(path)).error().fault == Fault::corrupt);
    }
    SUBCASE("a removed index entry") {
        tamper(path, [&](Database& database) {
            CHECK(database.db().Delete(writing, layout::index_key("i3")).ok());
        });
        CHECK(finds(path, "'i3' has no index entry"));
    }
    SUBCASE("an instance set back") {
        tamper(path, [&](Database& database) {
            CHECK(
                database.db()
                    .Put(writing, layout::instance_key("i3"), layout::instance_value(1, {3}, "{}"))
                    .ok());
        });
        CHECK(finds(path, "'i3' does not name the events that are its own"));
    }
    SUBCASE("a removed instance") {
        tamper(path, [&](Database& database) {
            CHECK(database.db().Delete(writing, layout::instance_key("i3")).ok());
        });
        CHECK(finds(path, "events of 'i3' belong to no instance"));
        CHECK(finds(path, "index entry of 'i3' has no instance"));
    }
}

TEST_CASE("a flipped bit in a table is found") {
    Place place;
    auto const path = place.path("store");
    { fill(*opened(options_for(path))); }
    tamper(path, [](Database& database) {
        CHECK(database.db().Flush({}, std::vector{database.state(), database.events()}).ok());
    });
    bool flipped = false;
    for (auto const& file : files::directory_iterator(path + "/rocksdb")) {
        if (flipped || file.path().extension() != ".sst") continue;
        std::fstream table(file.path(), std::ios::in | std::ios::out | std::ios::binary);
        table.seekg(20);
        auto const byte = static_cast<char>(table.get());
        table.seekp(20);
        table.put(static_cast<char>(byte ^ 1));
        flipped = true;
    }
    REQUIRE(flipped);
    auto const report = verify_store(path, no_progress);
    CHECK((report.has_error() || !report->findings.empty()));
}

TEST_CASE("a backup made while commands go on restores to a sound store") {
    Place place;
    auto const store = opened(options_for(place.path("store")));
    fill(*store);
    std::atomic<bool> stop = false;
    std::jthread writing([&] {
        for (std::uint64_t i = 0; !stop; ++i) CHECK(done(*store, batch_of({change("w", i)})));
    });
    std::uint64_t written_bytes = 0, total = 1;
    auto const written = store->backup(place.path("backups"), [&](auto now, auto all) {
        written_bytes = now;
        total = all;
    });
    INFO((written ? "" : written.error().detail));
    REQUIRE(written.has_value());
    CHECK(written_bytes == total);
    CHECK(written.value() == 1);
    CHECK(store->backup(place.path("backups"), no_progress).value() == 2);
    stop = true;
    writing.join();

    auto const restored = place.path("restored"), making = place.path("making");
    auto const result = restore_records(place.path("backups"), 2, making, no_progress);
    INFO((result ? "" : result.error().detail));
    REQUIRE(result.has_value());
    REQUIRE(restore_records(place.path("backups"), 2, making, no_progress).has_value()); // again
    REQUIRE(move_store(making, restored).has_value());
    auto const report = verified(restored);
    CHECK(report.findings.empty());
    CHECK(report.last_seq >= 53);
    auto const copy = opened(options_for(restored));
    CHECK(copy->instance("i3").value()->version == 5);

    REQUIRE(restore_records(place.path("backups"), 1, making, no_progress).has_value());
    CHECK(move_store(making, restored).has_error()); // not empty
    CHECK(restore_records(place.path("backups"), 3, making, no_progress).has_error());
    CHECK(restore_records(place.path("nothing"), 1, place.path("other"), no_progress).has_error());
    CHECK_FALSE(files::exists(place.path("other")));
}

TEST_CASE("a dump has every record as a line of JSON") {
    Place place;
    auto const path = place.path("store");
    { fill(*opened(options_for(path))); }
    std::map<std::string, int> counts;
    auto const dumped = dump_store(path, [&](std::string_view line) {
        auto const read = nlohmann::json::parse(line, nullptr, false);
        REQUIRE(read.is_object());
        ++counts[read["table"].get<std::string>()];
    });
    REQUIRE(dumped.has_value());
    CHECK(counts["event"] == 53);
    CHECK(counts["instance"] == 11);
    CHECK(counts["index"] == 11);
    CHECK(counts["document"] == 2);
    CHECK(counts["reply"] == 1);
    CHECK(counts["unreadable"] == 0);
}

TEST_CASE("expired replies are forgotten when files are compacted") {
    Place place;
    auto options = options_for(place.path("store"));
    std::int64_t now_ms = 1'000;
    options.now_ms = [&now_ms] { return now_ms; };
    {
        auto const store = opened(options);
        Batch batch = batch_of({change("a", 0)});
        batch.reply = ReplyWrite{{1}, "old", 2'000};
        REQUIRE(done(*store, std::move(batch)));
        batch = batch_of({change("a", 1)});
        batch.reply = ReplyWrite{{2}, "young", 9'000};
        REQUIRE(done(*store, std::move(batch)));
    }
    now_ms = 5'000;
    {
        auto database = Database::open(options);
        REQUIRE(database.has_value());
        rocksdb::CompactRangeOptions compacting;
        compacting.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
        REQUIRE((*database)->db().CompactRange(compacting, nullptr, nullptr).ok());
    }
    auto const store = opened(options);
    CHECK_FALSE(store->reply({1}).value().has_value());
    CHECK(store->reply({2}).value() == "young");
}

TEST_CASE("below the reserve of free disk writes are refused, reads go on, and room ends it") {
    Place place;
    std::atomic<std::uint64_t> free_bytes = 2'000;
    auto options = options_for(place.path("store"));
    options.reserve_bytes = 1'000;
    options.free_bytes = [&free_bytes] { return free_bytes.load(); };
    auto const store = opened(options);
    fill(*store);
    // What is free is looked at now and then.
    auto const commits_until = [&store](auto holds) {
        for (std::uint64_t version = store->instance("i3").value()->version;;) {
            auto const result = committed(*store, batch_of({change("i3", version)}));
            if (result) ++version;
            if (holds(result)) return;
        }
    };
    free_bytes = 999;
    commits_until([](auto const& result) {
        return result.has_error() && result.error().fault == Fault::no_space;
    });
    CHECK_FALSE(store->status().accepts_writes);
    CHECK(store->status().free_bytes == 999);
    auto const version = store->instance("i3").value()->version;
    CHECK(store->history("i3", 0, 10'000).value().size() == version);
    free_bytes = 1'000;
    commits_until([](auto const& result) { return result.has_value(); });
    CHECK(store->status().accepts_writes);
    CHECK(store->instance("i3").value()->version == version + 1);
    store->close();
    CHECK(committed(*store, batch_of({change("i3", version)})).error().fault == Fault::closed);
}

TEST_CASE("batches that wait together share one synced write") {
    Place place;
    auto const store = opened(options_for(place.path("store")));
    constexpr int count = 2'000;
    for (int i = 0; i < count; ++i)
        store->commit(batch_of({change("i" + std::to_string(i), 0)}), nullptr);
    REQUIRE(done(*store, {}));
    auto const status = store->status();
    CHECK(status.commits == count);
    CHECK(status.groups < count / 2);
}

TEST_CASE("a record beyond the bound is refused alone") {
    Place place;
    auto const store = opened(options_for(place.path("store")));
    CHECK(committed(*store, batch_of({change("a", 0, std::string(2U << 20U, 'x'))})).has_error());
    CHECK(committed(*store, batch_of({change("a", 0)})).has_value());
}

TEST_CASE("opening reads the chain from where it was last written down") {
    Place place;
    auto const path = place.path("store");
    {
        auto const store = opened(options_for(path));
        for (int i = 0; i < 5'000; ++i)
            store->commit(batch_of({change("i" + std::to_string(i), 0)}), nullptr);
        REQUIRE(done(*store, {}));
    }
    CHECK(verified(path).findings.empty());
    auto const store = opened(options_for(path));
    CHECK(committed(*store, batch_of({change("i3", 1)})).value().first_seq == 5'001);
    store->close();
}

TEST_CASE("the chain is written down over short runs too, so that opening stays short") {
    Place place;
    auto const path = place.path("store");
    for (int run = 0; run < 5; ++run) {
        auto const store = opened(options_for(path));
        for (int i = 0; i < 1'000; ++i)
            store->commit(batch_of({change(std::to_string(1'000 * run + i), 0)}), nullptr);
        REQUIRE(done(*store, {}));
    }
    auto const database = Database::open(options_for(path));
    REQUIRE(database.has_value());
    CHECK((*database)->get(layout::heads_key()).value().has_value());
}

TEST_CASE("the head of the chain is the one that verifying finds at its event, and only there") {
    Place place;
    auto const path = place.path("store");
    std::vector<ChainHead> heads;
    {
        auto const store = opened(options_for(path));
        CHECK(store->chain_head().value().seq == 0);
        for (int i = 0; i < 5'000; ++i) {
            store->commit(batch_of({change(std::to_string(i), 0)}), nullptr);
            if (i % 1'000 != 0) continue;
            REQUIRE(done(*store, {}));
            heads.push_back(store->chain_head().value());
        }
        REQUIRE(done(*store, {}));
        heads.push_back(store->chain_head().value());
    }
    CHECK(heads.back().seq == 5'000);
    std::vector<std::uint64_t> seqs;
    for (auto const& head : heads) seqs.push_back(head.seq);
    auto const report = verify_store(path, no_progress, seqs).value();
    REQUIRE(report.heads.size() == heads.size());
    for (std::size_t i = 0; i < heads.size(); ++i) {
        CHECK(report.heads[i].seq == heads[i].seq);
        CHECK(report.heads[i].hash == heads[i].hash);
    }
    std::array<std::uint64_t, 1> const beyond{5'001};
    CHECK(verify_store(path, no_progress, beyond).value().heads.empty());
}

TEST_CASE(
    "a history that is rewritten with its whole chain is sound by itself, with another head") {
    Place place;
    auto const path = place.path("store");
    std::vector<ChainHead> heads;
    {
        auto const store = opened(options_for(path));
        for (std::uint64_t version = 0; version < 5; ++version) {
            REQUIRE(done(*store, batch_of({change("a", version)})));
            heads.push_back(store->chain_head().value());
        }
        store->close();
    }
    tamper(path, [](Database& database) {
        layout::Hash before{};
        auto const read = database.scan_events(1, [&](auto key, auto value) {
            auto const place = layout::read_event_key(key).value();
            auto event = layout::read_event(value).value();
            std::string const body =
                place.first == 3 ? "{\"forged\":true}" : std::string(event.body);
            event.body = body;
            event.hash = before =
                layout::chain(before, place.first, place.second, event.subject, event.body);
            return database.db()
                .Put({}, database.events(), std::string(key), layout::event_value(event))
                .ok();
        });
        REQUIRE(read.has_value());
    });
    std::vector<std::uint64_t> const seqs{1, 2, 3, 4, 5};
    auto const report = verify_store(path, no_progress, seqs).value();
    CHECK(report.findings.empty());
    REQUIRE(report.heads.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) CHECK((report.heads[i].hash == heads[i].hash) == (i < 2));
}

TEST_CASE("events that end before the chain that was written down are refused") {
    Place place;
    auto const path = place.path("store");
    {
        auto const store = opened(options_for(path));
        for (int i = 0; i < 5'000; ++i)
            store->commit(batch_of({change(std::to_string(i), 0)}), nullptr);
        REQUIRE(done(*store, {}));
    }
    tamper(path, [](Database& database) {
        auto const heads = layout::read_heads(*database.get(layout::heads_key()).value());
        CHECK(database.db()
                  .DeleteRange({}, database.events(), layout::event_key(heads->first - 10, 0),
                               layout::event_key(UINT64_MAX, 0))
                  .ok());
    });
    CHECK(open_rocksdb_store(options_for(path)).error().fault == Fault::corrupt);
}

TEST_CASE("a store may be closed by several threads at once") {
    Place place;
    auto const store = opened(options_for(place.path("store")));
    fill(*store);
    std::vector<std::jthread> closing;
    for (int i = 0; i < 8; ++i) closing.emplace_back([&] { store->close(); });
    closing.clear();
    CHECK_FALSE(store->status().accepts_writes);
}
