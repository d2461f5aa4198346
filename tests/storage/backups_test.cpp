// A folder of backups: who may write to it, which of its copies are finished, and what may lie
// about in it.

#include "storage/backups.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace banjie::storage;
namespace files = std::filesystem;

namespace {

std::uint32_t copied(Store& store, std::string const& folder) {
    auto const number = store.backup(folder, no_progress);
    INFO((number ? "" : number.error().detail));
    REQUIRE(number.has_value());
    return *number;
}

} // namespace

TEST_CASE("one at a time writes to a folder of backups, and others can see that") {
    Place const place;
    auto const folder = place.path("backups");
    CHECK_FALSE(BackupLock::is_taken(folder));
    {
        auto const lock = BackupLock::take(folder);
        REQUIRE(lock.has_value());
        CHECK(BackupLock::is_taken(folder));
        CHECK(BackupLock::take(folder).error().fault == Fault::locked);
        CHECK(BackupLock::take(place.path("others")).has_value());
    }
    CHECK_FALSE(BackupLock::is_taken(folder));
    CHECK(BackupLock::take(folder).has_value());
    std::ofstream(place.path("file")) << "in the way";
    CHECK(BackupLock::take(place.path("file")).error().fault == Fault::unreadable);
}

TEST_CASE("a copy is finished when its mark says so, and no other's") {
    Place const place;
    auto const folder = place.path("backups");
    CHECK(list_backups(folder).value().empty());
    auto const store = opened(options_for(place.path("store")));
    REQUIRE(done(*store, batch_of({change("a", 0)})));
    CHECK(copied(*store, folder) == 1);
    REQUIRE(finish_backup(folder, 1, "first").has_value());
    CHECK(copied(*store, folder) == 2);
    auto copies = list_backups(folder).value();
    REQUIRE(copies.size() == 2);
    CHECK(copies[0].number == 2);
    CHECK_FALSE(copies[0].mark.has_value());
    CHECK(copies[0].is_marked);
    CHECK(copies[1].mark == "first");

    // The newest was deleted by hand, and its number is given again.
    REQUIRE(finish_backup(folder, 2, "second").has_value());
    files::remove(folder + "/meta/2");
    CHECK(copied(*store, folder) == 2);
    copies = list_backups(folder).value();
    CHECK(copies[0].number == 2);
    CHECK_FALSE(copies[0].mark.has_value());
    CHECK(copies[1].mark == "first");
}

TEST_CASE("a copy whose records are not all there is named, not hidden") {
    Place const place;
    auto const folder = place.path("backups");
    auto const store = opened(options_for(place.path("store")));
    REQUIRE(done(*store, batch_of({change("a", 0)})));
    copied(*store, folder);
    REQUIRE(finish_backup(folder, 1, "first").has_value());
    files::remove_all(folder + "/private/1");
    auto const copies = list_backups(folder).value();
    REQUIRE(copies.size() == 1);
    CHECK_FALSE(copies[0].is_readable);
    CHECK(restore_records(folder, 1, place.path("restored"), no_progress).has_error());
}

TEST_CASE("what a tool leaves in a folder of backups ends nothing") {
    Place const place;
    auto const folder = place.path("backups");
    auto const store = opened(options_for(place.path("store")));
    REQUIRE(done(*store, batch_of({change("a", 0)})));
    copied(*store, folder);
    REQUIRE(finish_backup(folder, 1, "first").has_value());
    for (auto const* within :
         {"", "/meta", "/private", "/private/1", "/shared_checksum", "/finished"})
        for (auto const* name : {".nfs0001", ".1.Ab12", "a b.jpg", "2~", "x", "7.tmp"})
            std::ofstream(folder + within + '/' + name) << "x";
    auto copies = list_backups(folder).value();
    REQUIRE(copies.size() == 1);
    CHECK(copies[0].mark == "first");
    CHECK(copied(*store, folder) == 2);
    REQUIRE(finish_backup(folder, 2, "second").has_value());
    copies = list_backups(folder).value();
    REQUIRE(copies.size() == 2);
    CHECK(copies[0].mark == "second");
    CHECK(copies[1].mark == "first");
    REQUIRE(restore_records(folder, 2, place.path("restored"), no_progress).has_value());
    CHECK(opened(options_for(place.path("restored")))->instance("a").value()->version == 1);
}
