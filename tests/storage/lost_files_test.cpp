// A store whose files are lost: it is missed, and none is begun in its place.

#include "storage/rocksdb/database.hpp"
#include "storage/rocksdb_store.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace banjie::storage;
namespace files = std::filesystem;

TEST_CASE("a store that has lost its beginning is refused, not begun anew") {
    Place place;
    auto const path = place.path("store");
    { fill(*opened(options_for(path))); }
    files::rename(path + "/rocksdb/CURRENT", place.path("CURRENT"));
    CHECK(open_rocksdb_store(options_for(path)).error().fault == Fault::corrupt);
    files::rename(place.path("CURRENT"), path + "/rocksdb/CURRENT");
    CHECK(opened(options_for(path))->status().last_seq == 53);
}

TEST_CASE("a store whose database is gone is refused, not begun anew") {
    Place place;
    auto const path = place.path("store");
    { fill(*opened(options_for(path))); }
    SUBCASE("with its folder") {
        files::remove_all(path + "/rocksdb");
    }
    SUBCASE("as under a disk that is not mounted") {
        files::remove_all(path + "/rocksdb");
        files::create_directory(path + "/rocksdb");
        files::create_directory(path + "/rocksdb/lost+found");
    }
    SUBCASE("and an earlier version made it") {
        files::remove_all(path + "/rocksdb");
        std::ofstream(path + "/format") << "1\n";
    }
    auto const refused = open_rocksdb_store(options_for(path));
    REQUIRE(refused.has_error());
    CHECK(refused.error().fault == Fault::corrupt);
    CHECK(refused.error().detail.find("the file CURRENT is absent") != std::string::npos);
    CHECK(verify_store(path, no_progress).error().fault == Fault::corrupt);
}

TEST_CASE("a store that was being begun when the process was killed is begun again") {
    Place place;
    auto const path = place.path("store");
    files::create_directory(path);
    std::ofstream(path + "/format") << "1\nbeginning\n";
    SUBCASE("before its folder was made") {}
    SUBCASE("after that") {
        files::create_directory(path + "/rocksdb");
    }
    fill(*opened(options_for(path)));
    CHECK(verified(path).events == 53);
}

TEST_CASE("a log that has vanished is missed, whether it held anything or not") {
    Place place;
    auto const path = place.path("store");
    SUBCASE("killed with everything in the log") {
        auto const child = fork();
        if (child == 0) {
            auto store = open_rocksdb_store(options_for(path));
            bool const is_done = store && done(**store, batch_of({change("a", 0)}));
            _exit(is_done ? 0 : 1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        REQUIRE(status == 0);
    }
    SUBCASE("closed") {
        auto const store = opened(options_for(path));
        fill(*store);
        store->close();
    }
    CHECK(opened(options_for(path))->status().last_seq > 0);
    for (auto const& file : files::directory_iterator(path + "/rocksdb"))
        if (file.path().extension() == ".log") files::remove(file.path());
    std::ofstream(path + "/rocksdb/notes.log") << "none of the store's";
    auto const refused = open_rocksdb_store(options_for(path));
    REQUIRE(refused.has_error());
    CHECK(refused.error().fault == Fault::corrupt);
    CHECK(refused.error().detail.find("the log is absent") != std::string::npos);
    CHECK(verify_store(path, no_progress).error().fault == Fault::corrupt);
}

TEST_CASE("what a tool leaves beside the tables and logs does not keep a store from opening") {
    Place place;
    auto const path = place.path("store");
    { fill(*opened(options_for(path))); }
    for (auto const* name : {".nfs0001", "a b.jpg", "notes.log", "12~.log", ".000004.log.Ab12"})
        std::ofstream(path + "/rocksdb/" + name) << "not of RocksDB, not of its size";
    CHECK(opened(options_for(path))->status().last_seq == 53);
    CHECK(verified(path).findings.empty());
}

TEST_CASE("a store whose files vanish takes no more writes, until they are back") {
    Place place;
    auto const path = place.path("store");
    auto options = options_for(path);
    std::string said;
    options.log = [&said](int, std::string_view text) { said += text; };
    auto const store = opened(options);
    fill(*store);
    auto const code = [&] {
        auto const version = store->instance("i3").value()->version;
        auto const result = committed(*store, batch_of({change("i3", version)}));
        return result ? std::optional<Fault>() : result.error().fault;
    };
    // Where they are is looked at now and then.
    auto const is_soon = [&](std::optional<Fault> wanted) {
        for (int times = 0; times < 10'000; ++times)
            if (code() == wanted) return true;
        return false;
    };
    CHECK_FALSE(code());
    std::string gone = path, log;
    for (auto const& file : files::directory_iterator(path + "/rocksdb"))
        if (file.path().extension() == ".log") log = file.path().string();
    SUBCASE("the folder of the store") {}
    SUBCASE("the folder of the database") {
        gone = path + "/rocksdb";
    }
    SUBCASE("the log") {
        gone = log;
    }
    SUBCASE("the format") {
        gone = path + "/format";
    }
    files::rename(gone, place.path("aside"));
    CHECK(is_soon(Fault::absent));
    auto const version = store->instance("i3").value()->version;
    CHECK_FALSE(store->status().accepts_writes);
    CHECK(said.find("no longer in their folder") != std::string::npos);
    if (gone == path) {
        files::create_directories(path + "/rocksdb"); // of another store
        for (int times = 0; times < 100; ++times) CHECK(code() == Fault::absent);
        files::remove_all(path);
    }
    files::rename(place.path("aside"), gone);
    CHECK(is_soon({}));
    CHECK(store->status().accepts_writes);
    CHECK(store->instance("i3").value()->version == version + 1);
}

TEST_CASE("only a lock is told as a lock, whatever the folder is called") {
    Place place;
    auto const path = place.path("clock");
    { fill(*opened(options_for(path))); }
    files::remove(path + "/rocksdb/CURRENT");
    files::create_directory(path + "/rocksdb/CURRENT");
    CHECK(open_rocksdb_store(options_for(path)).error().fault == Fault::unreadable);
}
