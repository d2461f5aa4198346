// A store on a disk that fails, fills up, forgets or lies: what was acknowledged is there
// afterwards, nothing is there by half, and nothing is read that was not written.

#include "storage/rocksdb/database.hpp"
#include "tests/storage/fault_files.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <future>
#include <thread>

using namespace banjie::storage;

namespace {

using Call = FaultFiles::Call;
using Effect = FaultFiles::Effect;

/// Small buffers, so that a few steps flush and compact too.
RocksdbOptions tight(std::string const& path) {
    auto options = options_for(path);
    options.memory_bytes = 1U << 20U;
    return options;
}

std::string body_of(std::uint64_t version) {
    std::string body(12'000, ' ');
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = static_cast<char>('a' + (version * 31 + i * i) % 23);
    return body;
}

/// Two instances, a document and a reply move from that version to the next, all or none.
Batch step(std::uint64_t version) {
    auto batch = batch_of({change("a", version, body_of(version)), change("b", version, "{}")});
    batch.documents.push_back({"user", "amy", version, body_of(version), "{}"});
    batch.reply = ReplyWrite{{static_cast<std::uint8_t>(version), 1}, body_of(version), INT64_MAX};
    return batch;
}

constexpr std::uint64_t steps = 24;

struct Life {
    std::uint64_t acknowledged = 0;
    std::optional<Fault> refused; // when opening, or by the first step that failed
    std::string detail;
};

/// What is read is what was written, or a failure.
void check_reading(Store& store, Life const& life) {
    auto const instance = store.instance("a");
    if (instance && life.acknowledged > 0) {
        REQUIRE(instance->has_value());
        CHECK((*instance)->version >= life.acknowledged);
        CHECK(((*instance)->body == body_of((*instance)->version - 1)));
    }
    if (instance.has_error())
        CHECK((instance.error().fault == Fault::unreadable ||
               instance.error().fault == Fault::corrupt));
}

/// Opens the store and steps on until it is done or refused; then nothing is written any more.
Life live(std::string const& path, FaultFiles& files, Life life = {}) {
    auto options = tight(path);
    std::promise<Failure> failed;
    options.failed = [&failed](Failure const& failure) { failed.set_value(failure); };
    auto const opened = open_rocksdb_store_on(options, files.env());
    if (!opened) {
        life.refused = opened.error().fault;
        life.detail = opened.error().detail;
        return life;
    }
    Store& store = **opened;
    while (life.acknowledged < steps && !life.refused) {
        auto const result = committed(store, step(life.acknowledged));
        if (result) {
            ++life.acknowledged;
        } else {
            life.refused = result.error().fault;
            life.detail = result.error().detail;
        }
        check_reading(store, life);
    }
    if (life.refused == Fault::unknown) {
        CHECK(failed.get_future().get().fault == Fault::unknown); // told, and once
        CHECK(committed(store, step(life.acknowledged)).error().fault == Fault::unknown);
        CHECK_FALSE(store.status().accepts_writes);
        check_reading(store, life);
    }
    return life;
}

/// Every acknowledged step is there, at most one more, and that whole; and the store goes on.
void check_after(std::string const& path, FaultFiles& files, Life life) {
    {
        auto const opened = open_rocksdb_store_on(tight(path), files.env());
        INFO((opened ? "" : opened.error().detail));
        REQUIRE(opened.has_value());
        Store& store = **opened;
        auto const a = store.instance("a").value();
        auto const version = a ? a->version : 0;
        CHECK(version >= life.acknowledged);
        CHECK(version <= life.acknowledged + (life.refused == Fault::unknown ? 1 : 0));
        auto const b = store.instance("b").value();
        auto const amy = store.document("user", "amy").value();
        CHECK((b ? b->version : 0) == version);
        CHECK((amy ? amy->version : 0) == version);
        CHECK(store.history("a", 0, 1'000).value().size() == version);
        CHECK(store.status().last_seq == 3 * version);
        for (std::uint64_t i = 0; i <= version; ++i) {
            auto const reply = store.reply({static_cast<std::uint8_t>(i), 1}).value();
            CHECK(reply.has_value() == (i < version));
            CHECK((!reply || *reply == body_of(i)));
        }
        check_reading(store, {version, {}, {}});
        life.acknowledged = version;
    }
    life.refused.reset();
    CHECK_FALSE(live(path, files, life).refused);
    auto const report = verify_store(path, [](auto, auto) {});
    REQUIRE(report.has_value());
    CHECK(report->findings.empty());
}

/// Calls one after the other, of as many as a life takes that nothing disturbs: a few of each ten,
/// never the same neighbours; each one where BANJIE_EVERY_CALL is set.
std::vector<std::uint64_t> calls_of_a_life(Call call) {
    Place place;
    FaultFiles files;
    CHECK(live(place.path("store"), files).acknowledged == steps);
    CHECK(live(place.path("store"), files, {steps, {}, {}}).acknowledged == steps); // opened again
    std::vector<std::uint64_t> chosen;
    bool const every = std::getenv("BANJIE_EVERY_CALL") != nullptr;
    for (std::uint64_t call_number = 0; call_number < files.calls(call);
         call_number += every ? 1 : 1 + call_number * 7 % 10)
        chosen.push_back(call_number);
    return chosen;
}

} // namespace

TEST_CASE("a power cut at any write or sync loses nothing acknowledged and leaves nothing half") {
    std::uint64_t cuts = 0, forgotten = 0;
    for (auto const call : {Call::write, Call::sync}) {
        for (auto const after : calls_of_a_life(call)) {
            CAPTURE(after);
            Place place;
            FaultFiles files;
            files.give({call, Effect::power_cut, after});
            auto const life = live(place.path("store"), files);
            constexpr std::uint64_t torn_bytes[] = {0, 1, 9, 700, 40'000};
            forgotten += files.forget_unsynced(torn_bytes[after % 5], after % 3 != 0);
            check_after(place.path("store"), files, life);
            ++cuts;
        }
    }
    CHECK(forgotten > 0);
    MESSAGE(cuts << " power cuts, " << forgotten << " bytes and names forgotten");
}

TEST_CASE("a power cut under load loses nothing that was acknowledged") {
    Place place;
    FaultFiles files;
    auto const path = place.path("store");
    std::array<std::uint64_t, 8> acknowledged{};
    {
        auto const opened = open_rocksdb_store_on(tight(path), files.env());
        REQUIRE(opened.has_value());
        Store& store = **opened;
        int left = 500; // before the power goes; all this on the store's one thread
        std::function<void(std::size_t)> next = [&](std::size_t who) {
            auto const told = [&, who](Result<Committed> const& result) {
                if (--left == 0) files.give({Call::write, Effect::power_cut});
                if (!result) return;
                ++acknowledged[who];
                next(who);
            };
            store.commit(batch_of({change("i" + std::to_string(who), acknowledged[who],
                                          body_of(acknowledged[who]))}),
                         told);
        };
        for (std::size_t who = 0; who < acknowledged.size(); ++who) next(who);
        while (store.status().accepts_writes) std::this_thread::yield();
        store.close();
    }
    files.forget_unsynced(700);
    auto const opened = open_rocksdb_store_on(tight(path), files.env());
    REQUIRE(opened.has_value());
    for (std::size_t who = 0; who < acknowledged.size(); ++who) {
        auto const instance = (*opened)->instance("i" + std::to_string(who)).value();
        REQUIRE(instance.has_value());
        CHECK(instance->version >= acknowledged[who]);
        CHECK(instance->version <= acknowledged[who] + 1);
    }
}

TEST_CASE(
    "a disk that fails at any write or sync ends the writing, with all that was acknowledged") {
    std::uint64_t failures = 0;
    for (auto const call : {Call::write, Call::sync}) {
        for (auto const after : calls_of_a_life(call)) {
            CAPTURE(after);
            Place place;
            FaultFiles files;
            // Once, as a sync that is not to be repeated; or from there on.
            files.give({call, Effect::fails, after, after % 2 == 0 ? 1 : UINT64_MAX});
            auto const life = live(place.path("store"), files);
            CAPTURE(life.detail);
            if (life.refused) ++failures;
            if (life.refused && life.acknowledged > 0) CHECK(life.refused == Fault::unknown);
            files.forget_unsynced(0, after % 3 != 0);
            check_after(place.path("store"), files, life);
        }
    }
    MESSAGE(failures << " lives were ended by a failure");
}

TEST_CASE(
    "a disk that fills up below the store ends the writing, and once there is room all is there") {
    for (auto const after : {0U, 1U, 20U, 40U}) {
        CAPTURE(after);
        Place place;
        FaultFiles files;
        files.give({Call::write, Effect::no_space, after});
        auto const life = live(place.path("store"), files);
        CHECK(life.refused);
        files.heal();
        check_after(place.path("store"), files, life);
    }
}

TEST_CASE("on a slow disk what waits is written together, in order") {
    Place place;
    FaultFiles files;
    auto const opened = open_rocksdb_store_on(tight(place.path("store")), files.env());
    REQUIRE(opened.has_value());
    Store& store = **opened;
    files.give({Call::sync, Effect::slow});
    constexpr std::uint64_t count = 500;
    std::uint64_t told = 0; // on the store's one thread
    for (std::uint64_t version = 0; version < count; ++version)
        store.commit(batch_of({change("a", version)}), [&told, version](auto const& result) {
            CHECK(result.has_value());
            CHECK(told++ == version);
        });
    CHECK(done(store, {}));
    CHECK(told == count);
    CHECK(files.calls(Call::sync) < count / 5);
}

TEST_CASE("a disk that fails at any read is told as unreadable, and nothing is lost") {
    std::uint64_t failures = 0;
    for (auto const after : calls_of_a_life(Call::read)) {
        CAPTURE(after);
        Place place;
        FaultFiles files;
        auto const path = place.path("store");
        auto life = live(path, files);
        files.give({Call::read, Effect::fails, after, after % 2 == 0 ? 1 : UINT64_MAX});
        life = live(path, files, life);
        if (life.refused) ++failures;
        files.heal();
        check_after(path, files, life);
    }
    MESSAGE(failures << " failed reads refused something");
}

TEST_CASE("a flipped bit in whatever is read is noticed or does no harm") {
    std::uint64_t noticed = 0;
    for (auto const after : calls_of_a_life(Call::read)) {
        CAPTURE(after);
        Place place;
        FaultFiles files;
        auto const path = place.path("store");
        auto life = live(path, files);
        files.give({Call::read, Effect::flips, after, 1});
        life = live(path, files, life);
        if (life.refused) {
            ++noticed;
            CAPTURE(life.detail);
            CHECK(life.refused == Fault::corrupt);
        }
        files.heal();
        check_after(path, files, life);
    }
    MESSAGE(noticed << " flipped bits were noticed");
}

TEST_CASE("a log that was torn anywhere opens with all that was written before") {
    Place place;
    auto const path = place.path("store");
    std::vector<std::uint64_t> ends; // of the log, after each step
    std::filesystem::path log;
    {
        auto const store = opened(options_for(path));
        for (auto const& file : std::filesystem::directory_iterator(path + "/rocksdb"))
            if (file.path().extension() == ".log") log = file.path();
        for (std::uint64_t version = 0; version < 4; ++version) {
            REQUIRE(done(*store, batch_of({change("a", version, std::string(40'000, 'b'))})));
            ends.push_back(std::filesystem::file_size(log));
        }
    }
    constexpr std::uint64_t block = 32'768; // a record lies in pieces, one in each block
    for (auto at = ends.back() / block * block; at > 0; at -= block)
        for (auto const cut : {at + 7, at + 6, at + 1, at, at - 1, at - 9}) {
            CAPTURE(cut);
            if (cut < std::filesystem::file_size(log)) std::filesystem::resize_file(log, cut);
            auto const kept = std::filesystem::file_size(log);
            auto const database = Database::open_for_reading(path);
            INFO((database ? "" : database.error().detail));
            REQUIRE(database.has_value());
            auto const whole = std::count_if(ends.begin(), ends.end(),
                                             [kept](auto const end) { return end <= kept; });
            CHECK((*database)->last_seq().value() == static_cast<std::uint64_t>(whole));
        }
}

TEST_CASE("a flipped bit anywhere in the log is noticed when the store is opened") {
    Place place;
    auto const path = place.path("store");
    {
        auto const store = opened(options_for(path));
        for (std::uint64_t version = 0; version < 3; ++version)
            REQUIRE(done(*store, batch_of({change("a", version)})));
    }
    std::filesystem::path log;
    for (auto const& file : std::filesystem::directory_iterator(path + "/rocksdb"))
        if (file.path().extension() == ".log") log = file.path();
    auto const flip = [&log](std::uint64_t bit) {
        std::fstream bytes(log, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(static_cast<std::streamoff>(bit / 8));
        auto const byte = static_cast<char>(bytes.get());
        bytes.seekp(static_cast<std::streamoff>(bit / 8));
        bytes.put(static_cast<char>(byte ^ static_cast<char>(1U << bit % 8)));
    };
    auto const bits = std::filesystem::file_size(log) * 8;
    std::string missed;
    for (std::uint64_t bit = 0; bit < bits; bit += 3) {
        flip(bit);
        auto const database = Database::open_for_reading(path);
        if (database && (*database)->last_seq().value() != 3)
            missed += " " + std::to_string(bit / 8) + "." + std::to_string(bit % 8);
        flip(bit);
    }
    CHECK(missed == "");
}
