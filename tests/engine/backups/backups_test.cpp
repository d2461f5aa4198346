// Copies of records and files together: what is not whole is named, and never taken for whole.

#include "engine/backups/backups.hpp"
#include "engine/backups/drills.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"
#include "tests/storage/whole_blobs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <random>

using namespace banjie::engine;
namespace storage = banjie::storage;
namespace files = std::filesystem;

namespace {

void no_progress(std::uint64_t, std::uint64_t) {}

/// An office over files, as `serve` runs it.
struct Files {
    explicit Files(storage::Place const& place)
        : store(storage::opened(storage::options_for(place.path("data/store")))), desk(*store),
          attachments(desk.office.documents, desk.office.rulebook,
                      storage::open_blob_files(place.path("data/attachments")).value(), desk.clock,
                      desk.random) {
        REQUIRE(desk.import_organisations());
    }
    ~Files() { store->close(); }

    /// The blob of what was attached.
    std::string attach(std::string const& problem, std::string const& bytes) {
        auto const instance =
            desk.office.engine.find(banjie::workflows::system_actor(), "problem", problem).value();
        Attachment described;
        described.name = "a.jpg";
        described.purpose = "report";
        described.content_type = "image/jpeg";
        auto const file = attachments.begin(*instance, bytes.size()).value();
        REQUIRE(file->append(bytes).has_value());
        auto const added = attachments.add(desk.township, *instance, described, *file);
        REQUIRE(added.has_value());
        return problem + '.' + added->id;
    }
    Outcome<WrittenBackup> back_up(std::string const& folder,
                                   storage::Progress const& progress = no_progress) {
        return banjie::engine::back_up(*store, attachments.blobs(), folder, progress);
    }

    std::unique_ptr<storage::Store> store;
    Desk desk;
    Attachments attachments;
};

/// The file of a blob below that folder.
std::string file_of(std::string const& folder, std::string const& blob) {
    for (auto const& entry : files::recursive_directory_iterator(folder))
        if (entry.path().filename() == blob) return entry.path().string();
    FAIL("there is no file ", blob);
    return {};
}

void rot(std::string const& file) {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.put('~');
}

Restoring into(storage::Place const& place, std::string const& name) {
    return {.folder = place.path("backups"),
            .store = place.path(name + "/store"),
            .attachments = place.path(name + "/attachments")};
}

storage::Result<Restored> restored(Restoring const& wanted) {
    return restore(wanted, no_progress);
}

/// What verifying it finds.
std::vector<std::string> findings_of(Restoring const& place) {
    auto found = storage::verify_store(place.store, no_progress).value().findings;
    auto options = storage::options_for(place.store);
    options.read_only = true;
    auto const store = storage::opened(options);
    auto const blobs = storage::open_blob_files(place.attachments).value();
    auto const report = verify_attachments(*store, *blobs).value();
    found.insert(found.end(), report.findings.begin(), report.findings.end());
    return found;
}

bool is_told(std::vector<std::string> const& findings, std::string const& what) {
    return std::any_of(findings.begin(), findings.end(), [&](auto const& finding) {
        return finding.find(what) != std::string::npos;
    });
}

BackupState newest(storage::Place const& place) {
    return backups_in(place.path("backups")).value().at(0).state;
}

} // namespace

TEST_CASE("a backup made while people attach restores to a sound store, with nobody's file") {
    storage::Place const place;
    {
        Files office(place);
        auto const problem = office.desk.report();
        office.attach(problem, "before");
        int steps = 0;
        auto const written = office.back_up(place.path("backups"), [&](auto, auto) {
            if (steps++ < 20) office.attach(problem, "meanwhile " + std::to_string(steps));
        });
        REQUIRE(written.has_value());
        CHECK(steps > 1);
        CHECK(written->number == 1);
        CHECK(written->damaged.empty());
        CHECK(newest(place) == BackupState::whole);
    }
    auto const wanted = into(place, "restored");
    auto const result = restored(wanted);
    INFO((result ? "" : result.error().detail));
    REQUIRE(result.has_value());
    CHECK(result->number == 1);
    CHECK(result->attachments >= 1);
    CHECK(findings_of(wanted).empty());
}

TEST_CASE("cut off after any step, a backup is named as broken, and the one before restores") {
    storage::Place const place;
    Files office(place);
    auto const problem = office.desk.report();
    for (int i = 0; i < 3; ++i) office.attach(problem, "first " + std::to_string(i));
    REQUIRE(office.back_up(place.path("backups")).has_value());
    for (int i = 0; i < 3; ++i) office.attach(problem, "second " + std::to_string(i));
    struct Killed {}; // tools/crash-test kills in earnest
    std::uint32_t whole = 1;
    int kills = 0;
    for (bool ends = false; !ends; ++kills) {
        int left = kills;
        try {
            ends = office
                       .back_up(place.path("backups"),
                                [&left](auto, auto) {
                                    if (left-- == 0) throw Killed();
                                })
                       .has_value();
            REQUIRE(ends);
        } catch (Killed) {
        }
        auto const copies = backups_in(place.path("backups")).value();
        if (ends) whole = copies.at(0).number;
        for (auto const& copy : copies) {
            bool const is_whole = copy.number == 1 || copy.number == whole;
            CHECK(copy.state == (is_whole ? BackupState::whole : BackupState::broken));
            CHECK(copy.findings.empty() == is_whole);
        }
        auto const wanted = into(place, "restored-" + std::to_string(kills));
        auto const result = restored(wanted);
        INFO((result ? "" : result.error().detail));
        REQUIRE(result.has_value());
        CHECK(result->number == whole);
        CHECK(result->passed_over.size() == (ends ? 0 : copies.size() - 1));
        CHECK(result->attachments == (ends ? 6 : 3));
        CHECK(findings_of(wanted).empty());
    }
    CHECK(kills > 6);
}

TEST_CASE("a rotten copy is written again from what is whole, and a rotten file is named") {
    storage::Place const place;
    Files office(place);
    auto const folder = place.path("backups"), data = place.path("data/attachments");
    auto const problem = office.desk.report();
    auto const one = office.attach(problem, "one"), two = office.attach(problem, "two");
    REQUIRE(office.back_up(folder).has_value());

    rot(file_of(folder + "/attachments", one));
    auto written = office.back_up(folder).value();
    CHECK(written.mended == 1);
    CHECK(written.damaged.empty());

    rot(file_of(data, two)); // its copy is whole
    written = office.back_up(folder).value();
    CHECK(written.mended == 0);
    REQUIRE(written.damaged.size() == 1);
    CHECK(is_told(written.damaged, two));
    CHECK(newest(place) == BackupState::whole);

    rot(file_of(folder + "/attachments", two));
    files::remove(file_of(data, one));
    files::remove(file_of(folder + "/attachments", one));
    auto const refused = office.back_up(folder);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "backup_incomplete");
    REQUIRE(refused.error().errors.size() == 2);
    auto const listed = backups_in(folder).value().at(0);
    CHECK(listed.state == BackupState::broken);
    CHECK(is_told(listed.findings, one));
    CHECK(is_told(listed.findings, two));
}

TEST_CASE("a copy that lacks a file is refused, naming it, unless one takes it without") {
    storage::Place const place;
    std::string lost;
    {
        Files office(place);
        auto const problem = office.desk.report();
        office.attach(problem, "one");
        REQUIRE(office.back_up(place.path("backups")).has_value());
        lost = office.attach(problem, "two");
        REQUIRE(office.back_up(place.path("backups")).has_value());
    }
    SUBCASE("absent") {
        files::remove(file_of(place.path("backups/attachments"), lost));
    }
    SUBCASE("rotten") {
        rot(file_of(place.path("backups/attachments"), lost));
    }
    auto wanted = into(place, "restored");
    auto result = restored(wanted);
    REQUIRE(result.has_error());
    CHECK(result.error().detail.find(lost) != std::string::npos);
    CHECK_FALSE(files::exists(wanted.store));
    wanted.incomplete = true;
    result = restored(wanted);
    REQUIRE(result.has_value());
    CHECK(result->number == 2);
    CHECK(is_told(result->missing, lost));
    CHECK(is_told(findings_of(wanted), lost));
    auto older = into(place, "older");
    older.number = 1;
    CHECK(restored(older).value().number == 1);
    CHECK(findings_of(older).empty());
}

TEST_CASE("the copies of an earlier version are judged file by file") {
    storage::Place const place;
    std::string second;
    auto const copy_as_before = [&](Files& office) {
        REQUIRE(office.back_up(place.path("backups")).has_value());
        auto const number = std::to_string(backups_in(place.path("backups"))->at(0).number);
        files::remove(place.path("backups/finished/" + number));
        // What that version said of a copy: its format alone.
        auto const meta = place.path("backups/meta/" + number);
        std::ifstream in(meta);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        auto const at = text.find("metadata ");
        REQUIRE(at != std::string::npos);
        text.replace(at, text.find('\n', at) - at, "metadata 31");
        std::ofstream(meta) << text;
    };
    {
        Files office(place);
        auto const problem = office.desk.report();
        office.attach(problem, "one");
        copy_as_before(office);
        second = office.attach(problem, "two");
        copy_as_before(office);
    }
    CHECK(newest(place) == BackupState::unchecked);
    auto wanted = into(place, "whole");
    CHECK(restored(wanted).value().number == 2);
    CHECK(findings_of(wanted).empty());

    files::remove(file_of(place.path("backups/attachments"), second)); // it was cut off
    wanted = into(place, "cut-off");
    auto const result = restored(wanted).value();
    CHECK(result.number == 1);
    CHECK(is_told(result.passed_over, second));
    CHECK(findings_of(wanted).empty());
}

TEST_CASE("a second backup at the same time is refused at once") {
    storage::Place const place;
    Files office(place);
    auto const problem = office.desk.report();
    office.attach(problem, "one");
    std::string code;
    std::optional<BackupState> state;
    REQUIRE(office
                .back_up(place.path("backups"),
                         [&](auto, auto) {
                             auto const second = office.back_up(place.path("backups"));
                             code = second ? "none" : std::string(second.error().code);
                             auto const listed = backups_in(place.path("backups")).value();
                             if (!listed.empty()) state = listed[0].state;
                         })
                .has_value());
    CHECK(code == "backup_in_progress");
    CHECK(state == BackupState::under_way);
    CHECK(newest(place) == BackupState::whole);
}

TEST_CASE("a restore that was cut off is begun again, and what no record names is set aside") {
    storage::Place const place;
    {
        Files office(place);
        auto const problem = office.desk.report();
        office.attach(problem, "one");
        REQUIRE(office.back_up(place.path("backups")).has_value());
    }
    auto const wanted = into(place, "restored");
    { // of a restore of another copy
        auto const blobs = storage::open_blob_files(wanted.attachments).value();
        REQUIRE(storage::put(*blobs, "some.other", "x").has_value());
        files::create_directories(wanted.store + ".restoring/rocksdb");
    }
    auto const result = restored(wanted);
    REQUIRE(result.has_value());
    CHECK(result->set_aside == 1);
    CHECK(files::exists(wanted.attachments + "/unnamed/some.other"));
    CHECK_FALSE(files::exists(wanted.store + ".restoring"));
    CHECK(findings_of(wanted).empty());
    CHECK(restored(wanted).has_error()); // there is a store now
    auto nowhere = into(place, "other");
    nowhere.folder = place.path("nothing");
    CHECK(restored(nowhere).has_error());
    CHECK_FALSE(files::exists(nowhere.store));
}

TEST_CASE("old copies are removed once enough newer ones are whole, and never the last whole one") {
    storage::Place const place;
    auto const folder = place.path("backups");
    Files files(place);
    auto const numbers = [&] {
        std::vector<std::uint32_t> found;
        for (auto const& backup : backups_in(folder).value()) found.push_back(backup.number);
        return found;
    };
    using Numbers = std::vector<std::uint32_t>;
    CHECK(keep_backups(folder, 1).value().empty()); // there is no folder yet
    auto const problem = files.desk.report();
    files.attach(problem, "first");
    for (int i = 0; i < 4; ++i) REQUIRE(files.back_up(folder).has_value());
    files::remove(folder + "/finished/4"); // cut off
    files::remove(folder + "/finished/2");
    CHECK(keep_backups(folder, 0).value().empty());
    CHECK(keep_backups(folder, 3).value().empty());
    CHECK(numbers() == Numbers{4, 3, 2, 1});
    CHECK(keep_backups(folder, 1).value() == Numbers{2, 1});
    CHECK(numbers() == Numbers{4, 3});
    {
        auto const lock = storage::BackupLock::take(folder);
        CHECK(keep_backups(folder, 1).error().code == "backup_in_progress");
    }
    auto const place_of_it = into(place, "restored");
    CHECK(restored(place_of_it).value().number == 3);
    CHECK(findings_of(place_of_it).empty());
    CHECK(files.back_up(folder).value().number == 5);
    CHECK(keep_backups(folder, 1).value() == Numbers{4, 3});
}

TEST_CASE(
    "a drill restores the newest whole copy, names what is wrong with it and leaves nothing") {
    storage::Place const place;
    auto const folder = place.path("backups"), scratch = place.path("scratch");
    Time const now{std::chrono::milliseconds(1'800'000'000'123)};
    Files files(place);
    auto const blob = files.attach(files.desk.report(), "as it was uploaded");
    REQUIRE(files.back_up(folder).has_value());
    CHECK_FALSE(last_drill(folder).has_value());
    auto const carry_out = [&] { return drill(folder, scratch, now, no_progress); };
    auto const first = carry_out();
    REQUIRE(first.has_value());
    CHECK(first->number == 1);
    CHECK(first->findings == std::vector<std::string>{});
    CHECK_FALSE(files::exists(scratch));
    CHECK(last_drill(folder)->at == now);
    CHECK(last_drill(folder)->findings.empty());

    rot(file_of(folder + "/attachments", blob));
    CHECK(is_told(carry_out()->findings, "lacks 1 of 1 attachments"));
    CHECK_FALSE(files::exists(scratch));
    CHECK(is_told(last_drill(folder)->findings, "lacks 1 of 1 attachments"));

    files::create_directories(scratch + "/mine");
    CHECK(carry_out().has_error());
    CHECK(files::exists(scratch + "/mine"));
    std::ofstream(folder + "/last_drill") << "{\"at\":";
    CHECK_FALSE(last_drill(folder).has_value());
}

namespace {

std::string dump_of(std::string const& store) {
    std::string all;
    auto const dumped = storage::dump_store(store, [&](std::string_view line) { all += line; });
    return dumped ? all : dumped.error().detail;
}

/// Whether verifying the store and its files finds anything.
bool is_noticed(storage::Place const& place) {
    if (auto const verified = storage::verify_store(place.path("data/store"), no_progress);
        !verified || !verified->findings.empty())
        return true;
    auto options = storage::options_for(place.path("data/store"));
    options.read_only = true;
    auto const store = storage::open_rocksdb_store(options);
    if (!store) return true;
    auto const blobs = storage::open_blob_files(place.path("data/attachments")).value();
    auto const report = verify_attachments(**store, *blobs);
    return !report || !report->findings.empty();
}

/// Flips bit number `bit` of the file, once more to flip it back.
void flip(std::string const& file, std::uint64_t bit) {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    auto const at = static_cast<std::streamoff>(bit / 8);
    bytes.seekg(at);
    char const byte = static_cast<char>(bytes.get() ^ (1 << (bit % 8)));
    bytes.seekp(at);
    bytes.put(byte);
}

} // namespace

TEST_CASE("of 200 flipped bits each is found, or changes nothing that can be read") {
    storage::Place const place;
    std::vector<std::string> attached;
    {
        Files files(place);
        for (auto const* bytes : {"first", "second, a little longer", "third"})
            attached.push_back(files.attach(files.desk.report(), bytes));
    }
    REQUIRE_FALSE(is_noticed(place));
    std::vector<std::string> photos, tables;
    for (auto const& blob : attached)
        photos.push_back(file_of(place.path("data/attachments"), blob));
    for (auto const& entry : files::directory_iterator(place.path("data/store/rocksdb")))
        if (entry.path().extension() == ".sst") tables.push_back(entry.path().string());
    REQUIRE_FALSE(tables.empty());
    auto const before = dump_of(place.path("data/store"));
    std::mt19937_64 chance{20'261'128};
    for (int i = 0; i < 200; ++i) {
        auto const& among = i % 2 == 0 ? photos : tables;
        auto const& file = among[chance() % among.size()];
        auto const bit = chance() % (files::file_size(file) * 8);
        CAPTURE(file);
        CAPTURE(bit);
        flip(file, bit);
        // Some bytes of a table pad it: they hold nothing.
        bool const is_harmless = i % 2 != 0 && dump_of(place.path("data/store")) == before;
        CHECK((is_noticed(place) || is_harmless));
        flip(file, bit);
    }
    CHECK_FALSE(is_noticed(place));
}
