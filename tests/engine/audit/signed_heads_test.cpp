// Signed heads against a store whose events are rewritten, cut off, or replaced by a restore.

#include "engine/audit/signed_heads.hpp"
#include "storage/durable_files.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

using namespace banjie::engine;
namespace storage = banjie::storage;
using storage::ChainHead;

namespace {

ChainHead head_at(std::uint64_t seq, std::uint8_t history = 1) {
    ChainHead head{.seq = seq};
    head.hash.fill(static_cast<std::uint8_t>(seq + 100 * history));
    return head;
}

Time time_at(int minute) {
    return Time(std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} +
                std::chrono::minutes(minute));
}

/// A file of heads, and what its key finds in it.
struct Heads {
    [[nodiscard]] HeadFile open() const { return HeadFile::open(path, key).value(); }
    void append(std::initializer_list<std::uint64_t> seqs, std::uint8_t history = 1) const {
        auto file = open();
        for (auto const seq : seqs)
            REQUIRE(file.append(head_at(seq, history), time_at(static_cast<int>(seq))).has_value());
    }
    [[nodiscard]] SignedHeads read() const {
        std::array const keys{key.public_key()};
        return read_signed_heads(path, keys).value();
    }
    [[nodiscard]] std::string bytes() const { return storage::read_whole(path).value(); }
    void replace(std::string const& what, std::string const& by) const {
        auto text = bytes();
        text.replace(text.find(what), what.size(), by);
        REQUIRE(storage::write_synced(path, text).has_value());
    }

    storage::Place place;
    std::string path = place.path("heads");
    SigningKey key = SigningKey::make();
};

} // namespace

TEST_CASE("a head is appended when it has moved, over restarts too, and agrees with its store") {
    Heads const heads;
    heads.append({10, 10, 20});
    heads.append({20, 30});
    auto const read = heads.read();
    CHECK(read.findings.empty());
    REQUIRE(read.heads.size() == 3);
    CHECK(heads.open().last_seq() == 30);
    CHECK(seqs_of(read) == std::vector<std::uint64_t>{10, 20, 30});
    std::array const found{head_at(10), head_at(20), head_at(30)};
    auto const comparison = compare(read, found, 35);
    CHECK(comparison.findings.empty());
    CHECK(comparison.agreeing == 3);
}

TEST_CASE("a store that was cut off or rewritten is named, with the first head that differs") {
    Heads const heads;
    heads.append({10, 20, 30});
    std::array const cut{head_at(10), head_at(20)};
    auto const shorter = compare(heads.read(), cut, 25).findings;
    REQUIRE(shorter.size() == 1);
    CHECK(shorter[0] == "The store ends at event 25, before the head of event 30, signed at "
                        "2026-03-02T08:30:00.000+08:00 (line 3).");
    std::array const rewritten{head_at(10), head_at(20, 2), head_at(30, 2)};
    auto const other = compare(heads.read(), rewritten, 30).findings;
    REQUIRE(other.size() == 2);
    CHECK(other[0] == "The events up to 20 are not those of the head of event 20, signed at "
                      "2026-03-02T08:20:00.000+08:00 (line 2).");
}

TEST_CASE("a line that is changed, removed or signed by another key is named") {
    Heads const changed;
    changed.append({10, 20, 30});
    changed.replace("banjie-head-1 20 ", "banjie-head-1 21 ");
    CHECK(changed.read().findings ==
          std::vector<std::string>{
              "Line 2 of the signed heads has a wrong signature.",
              "Line 3 of the signed heads does not follow the one before it: lines are missing or "
              "were changed."});

    Heads const removed;
    removed.append({10, 20, 30});
    auto const text = removed.bytes();
    auto const second = text.find('\n') + 1;
    removed.replace(text.substr(second, text.find('\n', second) + 1 - second), "");
    CHECK(removed.read().findings.size() == 1);

    Heads const foreign;
    foreign.append({10});
    std::array const keys{SigningKey::make().public_key()};
    auto const read = read_signed_heads(foreign.path, keys).value();
    CHECK(read.heads.empty());
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].find("another key") != std::string::npos);
}

TEST_CASE("a line that a crash cut off is passed over, wherever it was cut off") {
    Heads const heads;
    heads.append({10, 20});
    auto const whole = heads.bytes();
    auto const second = whole.find('\n') + 1;
    for (auto size = second; size + 1 < whole.size(); ++size) {
        REQUIRE(storage::write_synced(heads.path, whole.substr(0, size)).has_value());
        heads.append({25, 30});
        auto const read = heads.read();
        CHECK(read.findings.empty());
        CHECK(seqs_of(read) == std::vector<std::uint64_t>{10, 25, 30});
    }
}

TEST_CASE("after a restore the heads of what it replaced count no longer, those before do") {
    Heads const heads;
    heads.append({10, 20, 30});
    REQUIRE(heads.open().append_restore(head_at(15), time_at(40)).has_value());
    heads.append({18, 25}, 2);
    auto const read = heads.read();
    CHECK(read.findings.empty());
    std::array const found{head_at(10), head_at(15), head_at(18, 2), head_at(20, 2),
                           head_at(25, 2)};
    auto const comparison = compare(read, found, 25);
    CHECK(comparison.findings.empty());
    CHECK(comparison.replaced == 2);
    std::array const other{head_at(10, 2), head_at(15, 2), head_at(18, 2), head_at(25, 2)};
    CHECK(compare(read, other, 25).findings.size() == 2);
}
