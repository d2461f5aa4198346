#include "engine/index/index_entry.hpp"
#include "engine/index/instance_index.hpp"
#include "tests/engine/desk.hpp"
#include "workflows/problem.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace banjie;
using namespace banjie::engine;

namespace {

IndexedWorkflow const problems(workflows::problem());

workflows::Workflow const& problem() {
    return workflows::problem();
}

/// The value of a part of an entry that the workflow declares under that name.
std::vector<std::string> tag(IndexEntry const& entry, std::string_view name) {
    std::vector<std::string> values;
    auto const tags = problem().facets().tags;
    for (auto const& value : entry.tags)
        if (tags[value.tag].name == name) values.push_back(value.written());
    return values;
}

std::set<std::string> marks(IndexEntry const& entry) {
    std::set<std::string> names;
    auto const all = problem().facets().marks;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (entry.marks >> i & 1U) names.emplace(all[i].name);
    return names;
}

} // namespace

TEST_CASE("an index entry reads back as it was written") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_close(id);
    auto const closed = **desk.office.engine.find(desk.county, "problem", id);
    auto const record = encode(index_entry_of(problems, closed));
    auto const entry = decode_index_entry(record);
    REQUIRE(entry.has_value());
    CHECK(entry->declaration == problems.declaration);
    CHECK(entry->state() == "closed");
    CHECK(tag(*entry, "lead_unit") == std::vector<std::string>{"360731-transport"});
    CHECK(tag(*entry, "round").empty());
    CHECK(marks(*entry) ==
          std::set<std::string>{"handled", "handled_on_time", "visited", "resolved", "satisfied"});
    Day const today = day_of(desk.clock.now());
    using Days = std::vector<Day>;
    CHECK(Days(entry->days.begin(), entry->days.end()) ==
          Days{today, today, 0, today, today, today});
    std::vector<Place> const places(entry->seen_by.begin(), entry->seen_by.end());
    CHECK(places == problem().seen_by(closed));
    CHECK(encode(*entry) == record);
    for (std::size_t size = 0; size < record.size(); ++size)
        CHECK_FALSE(decode_index_entry(std::string_view(record).substr(0, size)).has_value());
    CHECK_FALSE(decode_index_entry(record + "x").has_value());
}

TEST_CASE("an entry of a time that no calendar has does not read as one") {
    using std::chrono::milliseconds;
    constexpr Time last{milliseconds(253'402'300'799'999)}; // of the year 9999
    IndexEntry entry;
    entry.created = entry.updated = last;
    entry.due = entry.wake = last;
    CHECK(decode_index_entry(encode(entry)).has_value());
    for (auto const change : {+[](IndexEntry& one) { one.created += milliseconds(1); },
                              +[](IndexEntry& one) { one.updated += milliseconds(1); },
                              +[](IndexEntry& one) { *one.due += milliseconds(1); },
                              +[](IndexEntry& one) { one.wake = Time::max(); }}) {
        auto later = entry;
        change(later);
        CHECK_FALSE(decode_index_entry(encode(later)).has_value());
    }
}

TEST_CASE("numbers of any sign and size read back; what an instance does not have has none") {
    IndexEntry entry;
    entry.numbers = {std::nullopt, 0, 1, -1, INT64_MAX, -INT64_MAX};
    auto const again = decode_index_entry(encode(entry));
    REQUIRE(again.has_value());
    CHECK(again->numbers == entry.numbers);
}

TEST_CASE("what an entry of an earlier format lacks comes from the instance, once") {
    Desk desk;
    auto const id = desk.report("供水管网");
    desk.bring_to_close(id);
    auto const draft = desk.give(desk.township, "", "report",
                                 fields_of({{"title", std::string("草稿")},
                                            {"description", std::string("未完")},
                                            {"category", std::string("transport")},
                                            {"region", std::string("360731100")}}));
    auto const draft_id = draft.value().instance->id;
    auto& store = desk.office.store;
    for (std::string_view const record : {"\x01", "\x02 of the format before"}) {
        std::vector<storage::IndexRecord> const old{{id, std::string(record)},
                                                    {draft_id, std::string(record)}};
        REQUIRE(store.replace_index(old).has_value());
        InstanceIndex loaded(desk.office.rulebook.rules()->workflows);
        REQUIRE(loaded.load(store, 2).has_value());
        ListQuery const query{.workflow = "problem", .mark = {"satisfied"}};
        CHECK(loaded.list(desk.county, query)->ids == std::vector{id});
        CHECK(loaded.sees(desk.township, "problem", draft_id));
        CHECK_FALSE(loaded.sees(desk.county, "problem", draft_id));
        std::size_t current = 0;
        REQUIRE(store
                    .scan_index({},
                                [&](auto, auto entry) {
                                    current += decode_index_entry(entry).has_value() ? 1 : 0;
                                    return true;
                                })
                    .has_value());
        CHECK(current == 2);
    }
}

TEST_CASE("an entry that was made under another declaration is made again") {
    Desk desk;
    auto const id = desk.report("供水管网");
    auto entry = index_entry_of(problems, **desk.office.engine.find(desk.county, "problem", id));
    entry.declaration += 1;
    entry.tags.clear(); // what stood there before meant something else
    std::vector<storage::IndexRecord> const old{{id, encode(entry)}};
    REQUIRE(desk.office.store.replace_index(old).has_value());
    InstanceIndex loaded(desk.office.rulebook.rules()->workflows);
    REQUIRE(loaded.load(desk.office.store, 1).has_value());
    ListQuery const query{.workflow = "problem", .where = {{"category", {"transport"}}}};
    CHECK(loaded.list(desk.county, query)->ids == std::vector{id});
}

TEST_CASE("an entry that does not read, or is of an unknown workflow, stops the start") {
    Desk desk;
    auto const id = desk.report();
    auto entry = index_entry_of(problems, **desk.office.engine.find(desk.county, "problem", id));
    entry.workflow = "dance";
    for (auto const& record :
         {std::string("\x03"), std::string("\x09 later"), std::string(), encode(entry)}) {
        std::vector<storage::IndexRecord> const old{{id, record}};
        REQUIRE(desk.office.store.replace_index(old).has_value());
        InstanceIndex loaded(desk.office.rulebook.rules()->workflows);
        auto const refused = loaded.load(desk.office.store, 1);
        REQUIRE(refused.has_error());
        CHECK(refused.error().code == "index_unreadable");
    }
}
