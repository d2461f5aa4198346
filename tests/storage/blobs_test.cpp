// The contract of blobs, over files and over memory; and what a crash leaves behind.

#include "storage/blobs.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>

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
    REQUIRE(blobs.write("problem.one", bytes).has_value());
    CHECK(blobs.read("problem.one").value() == bytes);
    CHECK(blobs.on_probation().value() == std::vector<std::string>{"problem.one"});
    blobs.keep("problem.one");
    CHECK(blobs.on_probation().value().empty());
    REQUIRE(blobs.write("problem.two", "").has_value());
    CHECK(ids_of(blobs) == std::set<std::string>{"problem.one", "problem.two"});
    REQUIRE(blobs.remove("problem.two").has_value());
    REQUIRE(blobs.remove("problem.two").has_value());
    CHECK(ids_of(blobs) == std::set<std::string>{"problem.one"});
    CHECK(blobs.on_probation().value().empty());
    CHECK(blobs.read("problem.two").error().fault == Fault::unreadable);
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
        REQUIRE(blobs->write("kept", "1").has_value());
        blobs->keep("kept");
        REQUIRE(blobs->write("forgotten", "2").has_value());
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

TEST_CASE("a backup holds every blob, and the next one adds what is new") {
    Place const place;
    auto const blobs = open_blob_files(place.path() + "/blobs").value();
    auto const copy = place.path() + "/copy";
    REQUIRE(blobs->write("one", "1").has_value());
    REQUIRE(blobs->backup(copy).has_value());
    REQUIRE(blobs->write("two", "2").has_value());
    REQUIRE(blobs->backup(copy).has_value());
    auto const copies = open_blob_files(copy).value();
    CHECK(ids_of(*copies) == std::set<std::string>{"one", "two"});
    CHECK(copies->read("two").value() == "2");
    CHECK(copies->on_probation().value().empty());
}

TEST_CASE("a folder that cannot be made is told, not crashed on") {
    Place const place;
    std::ofstream(place.path() + "/file") << "in the way";
    CHECK(open_blob_files(place.path() + "/file").error().fault == Fault::unreadable);
}
