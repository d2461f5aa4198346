// The contract of blobs, over files and over memory; and what a crash leaves behind.

#include "storage/blobs.hpp"
#include "tests/storage/place.hpp"
#include "tests/storage/whole_blobs.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sys/mman.h>

using namespace banjie::storage;

namespace {

std::set<std::string> ids_of(Blobs& blobs) {
    std::set<std::string> ids;
    REQUIRE(blobs
                .scan([&](std::string const& id) {
                    ids.insert(id);
                    return true;
                })
                .has_value());
    return ids;
}

void check_contract(Blobs& blobs) {
    std::string const bytes("a photo\0with a zero", 19);
    REQUIRE(write(blobs, "problem.one", bytes).has_value());
    CHECK(read(blobs, "problem.one").value() == bytes);
    CHECK(blobs.on_probation().value() == std::vector<std::string>{"problem.one"});
    blobs.keep("problem.one");
    CHECK(blobs.on_probation().value().empty());
    REQUIRE(write(blobs, "problem.two", "").has_value());
    CHECK(ids_of(blobs) == std::set<std::string>{"problem.one", "problem.two"});
    REQUIRE(blobs.remove("problem.two").has_value());
    REQUIRE(blobs.remove("problem.two").has_value());
    CHECK(ids_of(blobs) == std::set<std::string>{"problem.one"});
    CHECK(blobs.on_probation().value().empty());
    CHECK(read(blobs, "problem.two").error().fault == Fault::unreadable);
    REQUIRE(put(blobs, "problem.one", "another").has_value());
    REQUIRE(put(blobs, "problem.three", "3").has_value());
    CHECK(read(blobs, "problem.one").value() == "another");
    CHECK(blobs.on_probation().value().empty());
    REQUIRE(blobs.set_aside("problem.three").has_value());
    CHECK(ids_of(blobs) == std::set<std::string>{"problem.one"});
    CHECK(blobs.strays().value().empty());
    {
        auto const begun = blobs.begin("problem.four", 4).value();
        CHECK(begun->bytes().value() == "");
        REQUIRE(begun->append("in ").has_value());
        REQUIRE(begun->append("pieces").has_value());
        CHECK(begun->bytes().value() == "in pieces");
        CHECK(blobs.open("problem.four").has_error());
        REQUIRE(begun->append(", more of them").has_value());
        CHECK(begun->bytes().value() == "in pieces, more of them");
        REQUIRE(begun->finish().has_value());
    }
    auto const four = blobs.open("problem.four").value();
    REQUIRE(blobs.remove("problem.four").has_value());
    std::string piece(6, '\0');
    CHECK(four->size() == 23);
    REQUIRE(four->read(3, piece).has_value());
    CHECK(piece == "pieces");
    CHECK(four->read(18, piece).error().fault == Fault::unreadable);
    CHECK(four->read(24, piece).error().fault == Fault::unreadable);
}

} // namespace

TEST_CASE("a blob is on probation until it is kept, and reads as it was written") {
    check_contract(*open_memory_blobs());
    Place const place;
    check_contract(*open_blob_files(place.path() + "/blobs").value());
}

TEST_CASE("files are there after opening again, and so is what was on probation") {
    Place const place;
    auto const path = place.path() + "/blobs";
    {
        auto const blobs = open_blob_files(path).value();
        REQUIRE(write(*blobs, "kept", "1").has_value());
        blobs->keep("kept");
        REQUIRE(write(*blobs, "forgotten", "2").has_value());
    }
    // Killed while it was being written: it has no name of its own yet.
    std::ofstream(path + "/probation/half") << "3";
    auto const blobs = open_blob_files(path).value();
    auto const left = blobs->on_probation().value();
    CHECK(std::set<std::string>(left.begin(), left.end()) ==
          std::set<std::string>{"forgotten", "half"});
    for (auto const& id : left) REQUIRE(blobs->remove(id).has_value());
    CHECK(ids_of(*blobs) == std::set<std::string>{"kept"});
    CHECK(blobs->on_probation().value().empty());
}

TEST_CASE("whatever file systems and tools leave among the blobs is passed over, and named") {
    Place const place;
    auto const path = place.path() + "/blobs";
    auto const blobs = open_blob_files(path).value();
    REQUIRE(write(*blobs, "one", "1").has_value());
    blobs->keep("one");
    auto const folder = [&] {
        for (auto const& file : std::filesystem::recursive_directory_iterator(path))
            if (file.path().filename() == "one") return file.path().parent_path().string();
        return std::string();
    }();
    auto const elsewhere = path + (folder.ends_with("00") ? "/01" : "/00");
    std::set<std::string> strays{"notes.txt", "nested"};
    std::ofstream(path + "/notes.txt") << "x";
    std::filesystem::create_directory(path + "/nested");
    std::filesystem::create_directory(path + "/lost+found");
    for (std::string const name :
         {".nfs0001", ".photo.jpg.Ab12xy", "a b.jpg", "\xe7\x85\xa7.jpg", "line\nbreak", "-\\", "~",
          "longer than an id may be .........................................."
          "..................................................................................."})
        for (auto const& place_of_it : {folder, path + "/probation"}) {
            std::ofstream(place_of_it + '/' + name) << "x";
            strays.insert(place_of_it.substr(path.size() + 1) + '/' +
                          (name == "line\nbreak" ? "line?break" : name));
        }
    std::filesystem::create_directory(folder + "/a.folder");
    std::filesystem::create_symlink("nowhere", folder + "/a.link");
    std::ofstream(elsewhere + "/one") << "not where it belongs";
    auto const within = folder.substr(path.size() + 1);
    strays.insert(
        {within + "/a.folder", within + "/a.link", elsewhere.substr(path.size() + 1) + "/one"});

    auto const again = open_blob_files(path).value();
    CHECK(ids_of(*again) == std::set<std::string>{"one"});
    CHECK(again->on_probation().value().empty());
    auto const named = again->strays().value();
    CHECK(std::set<std::string>(named.begin(), named.end()) == strays);
    REQUIRE(write(*again, "two", "2").has_value());
    CHECK(read(*again, "two").value() == "2");
}

TEST_CASE("a copy that was cut off leaves what was there, and is written again") {
    Place const place;
    auto const path = place.path() + "/blobs";
    {
        auto const blobs = open_blob_files(path).value();
        REQUIRE(put(*blobs, "one", "whole").has_value());
    }
    std::ofstream(path + "/probation/one") << "ha"; // killed on the way
    auto const blobs = open_blob_files(path).value();
    CHECK(read(*blobs, "one").value() == "whole");
    REQUIRE(put(*blobs, "one", "newer").has_value());
    CHECK(read(*blobs, "one").value() == "newer");
    CHECK(blobs->on_probation().value().empty());
}

TEST_CASE("one that is begun and not finished leaves nothing, and several at once are apart") {
    Place const place;
    auto const blobs = open_blob_files(place.path("blobs")).value();
    auto first = blobs->begin("first", 5).value();
    auto const second = blobs->begin("second", 6).value();
    REQUIRE(first->append("fi").has_value());
    REQUIRE(second->append("second").has_value());
    REQUIRE(first->append("rst").has_value());
    CHECK(blobs->on_probation().value().size() == 2);
    CHECK(ids_of(*blobs).empty());
    CHECK(first->bytes().value() == "first");
    first.reset();
    REQUIRE(second->finish().has_value());
    CHECK(read(*blobs, "second").value() == "second");
    CHECK(ids_of(*blobs) == std::set<std::string>{"second"});
    CHECK(blobs->on_probation().value() == std::vector<std::string>{"second"});
    auto const same = begun(*blobs, "second", "another").value();
    CHECK(same->finish().has_error());
}

TEST_CASE("a file that is cut while it is read is told, not crashed on") {
    Place const place;
    auto const blobs = open_blob_files(place.path("blobs")).value();
    REQUIRE(put(*blobs, "one", std::string(100'000, 'x')).has_value());
    auto const one = blobs->open("one").value();
    for (auto const& file : std::filesystem::recursive_directory_iterator(place.path("blobs")))
        if (file.path().filename() == "one") std::filesystem::resize_file(file.path(), 50'000);
    std::string piece(1'000, '\0');
    CHECK(one->read(49'000, piece).has_value());
    CHECK(one->read(49'500, piece).error().fault == Fault::unreadable);
}

TEST_CASE("a folder that cannot be made is told, not crashed on") {
    Place const place;
    std::ofstream(place.path() + "/file") << "in the way";
    CHECK(open_blob_files(place.path() + "/file").error().fault == Fault::unreadable);
}

TEST_CASE("what would take the disk's reserve on its way is refused, and leaves nothing") {
    Place const place;
    auto const path = place.path("blobs");
    std::filesystem::create_directory(path);
    auto const free = std::filesystem::space(path).available;
    auto const blobs = open_blob_files(path, free / 2).value();
    auto blob = blobs->begin("one", 4).value();
    REQUIRE(blob->append("some").has_value());
    // More than there is, and never looked at.
    void* const much = ::mmap(nullptr, free, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(much != MAP_FAILED);
    CHECK(blob->append({static_cast<char const*>(much), free}).error().fault == Fault::no_space);
    ::munmap(much, free);
    CHECK(blobs->begin("two", free).error().fault == Fault::no_space);
    CHECK(blob->bytes().value() == "some");
    blob.reset();
    CHECK(blobs->on_probation().value().empty());
}

TEST_CASE("what would take the disk's reserve is refused before a byte is written") {
    Place const place;
    auto const path = place.path("blobs");
    auto const blobs = open_blob_files(path, UINT64_MAX / 2).value();
    CHECK(write(*blobs, "one", "bytes").error().fault == Fault::no_space);
    CHECK(read(*blobs, "one").error().fault == Fault::unreadable);
    CHECK(blobs->on_probation().value().empty());
}
