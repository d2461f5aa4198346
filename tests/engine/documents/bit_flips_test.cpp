// Bits that flip on the disk: each one, in records and attachments alike, is found by verifying.

#include "engine/documents/attachment_files.hpp"
#include "storage/durable_files.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

using namespace banjie::engine;
namespace storage = banjie::storage;
namespace files = std::filesystem;

namespace {

/// An office with problems and attachments, closed, so that all of it is in tables.
void fill(storage::Place const& place) {
    auto const store = storage::opened(storage::options_for(place.path("store")));
    Desk desk(*store);
    REQUIRE(desk.import_organisations());
    Attachments attachments(desk.office.documents, desk.office.rulebook,
                            storage::open_blob_files(place.path("attachments")).value(), desk.clock,
                            desk.random);
    for (int i = 0; i < 20; ++i) {
        auto const id = desk.report();
        if (i % 2 == 0) desk.bring_to_handling(id);
        auto const problem =
            desk.office.engine.find(banjie::workflows::system_actor(), "problem", id).value();
        Attachment described;
        described.name = "a.jpg";
        described.purpose = "report";
        described.content_type = "image/jpeg";
        std::string const bytes(static_cast<std::size_t>(1'000 + 997 * i), static_cast<char>(i));
        auto const file = attachments.begin(*problem, bytes.size()).value();
        REQUIRE(file->append(bytes).has_value());
        REQUIRE(attachments.add(desk.township, *problem, described, *file).has_value());
    }
    store->close();
}

/// What holds records or attachments; not RocksDB's own log and notes, which nothing is read from.
std::vector<files::path> files_that_matter(storage::Place const& place) {
    std::vector<files::path> found;
    for (auto const& entry : files::recursive_directory_iterator(place.path())) {
        auto const& path = entry.path();
        bool const is_read = path.extension() == ".sst" ||
                             path.parent_path().parent_path().filename() == "attachments";
        if (entry.is_regular_file() && is_read) found.push_back(path);
    }
    std::ranges::sort(found);
    return found;
}

bool is_sound(storage::Place const& place) {
    auto const verified = storage::verify_store(place.path("store"), storage::no_progress);
    if (!verified || !verified->findings.empty()) return false;
    auto options = storage::options_for(place.path("store"));
    options.read_only = true;
    auto const store = storage::open_rocksdb_store(std::move(options));
    auto const blobs = storage::open_blob_files(place.path("attachments"));
    if (!store || !blobs) return false;
    auto const files = verify_attachments(**store, **blobs);
    return files && files->findings.empty();
}

} // namespace

TEST_CASE("a bit that flips in a record or an attachment is found, whichever it is") {
    storage::Place const place;
    fill(place);
    REQUIRE(is_sound(place));
    auto const all = files_that_matter(place);
    REQUIRE(all.size() > 20);
    auto const* const wanted = std::getenv("BANJIE_BIT_FLIPS");
    int const flips = wanted == nullptr ? 20 : std::atoi(wanted);
    std::mt19937_64 chance(42);
    for (int i = 0; i < flips; ++i) {
        // Half of them in records: there are fewer files of these.
        std::vector<files::path> choice;
        for (auto const& path : all)
            if ((path.extension() == ".sst") == (i % 2 == 0)) choice.push_back(path);
        auto const path = choice[chance() % choice.size()].string();
        auto const bytes = storage::read_whole(path).value();
        auto flipped = bytes;
        auto const bit = chance() % (bytes.size() * 8);
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        REQUIRE(storage::write_synced(path, flipped).has_value());
        CHECK_MESSAGE(!is_sound(place), "bit ", bit, " of ", path, ", which has ", bytes.size());
        REQUIRE(storage::write_synced(path, bytes).has_value());
    }
    CHECK(is_sound(place));
}
