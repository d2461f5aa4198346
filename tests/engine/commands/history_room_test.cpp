#include "engine/index/index_entry.hpp"
#include "engine/limits.hpp"
#include "engine/text/json_text.hpp"
#include "tests/engine/desk.hpp"
#include "workflows/problem.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kept_from = 4'000;         // for what leads on
constexpr std::uint64_t kept_for_end_from = 4'150; // for what ends it
constexpr std::uint64_t full_at = 4'200;

/// As if somebody had added to it for years.
void wear_out(storage::Store& store, std::string const& id, std::uint64_t version) {
    auto instance = instance_of(store.instance(id).value()->body);
    Event note;
    note.type = "progress_logged";
    note.command = "log_progress";
    note.actor = "somebody";
    note.states = instance.states;
    note.wake = instance.wake;
    note.at = instance.updated_at;
    while (instance.version < version) {
        workflows::apply(instance, note);
        storage::Batch batch;
        batch.changes.push_back({id, instance.version - 1,
                                 instance_text(workflows::problem(), instance),
                                 encode(index_entry_of(workflows::problem(), instance)),
                                 event_text(instance, note, {})});
        store.commit(std::move(batch), [](auto const& result) { REQUIRE(result.has_value()); });
    }
}

/// A problem in handling whose history has so many events, before an office that has just begun.
struct Worn {
    explicit Worn(std::uint64_t version, bool approved = false) {
        Desk young(*store);
        REQUIRE(young.import_organisations());
        id = young.report();
        young.bring_to_handling(id);
        if (approved) bring_to_close(young);
        wear_out(*store, id, version);
        desk.emplace(*store);
    }

    void bring_to_close(Desk& at) {
        at.done(at.department, id, "submit_resolution", result);
        at.done(at.county, id, "approve_resolution");
        at.done(at.visitor, id, "log_visit", visit);
        at.done(at.visitor, id, "conclude_visits");
    }

    std::string code(Actor const& actor, std::string verb, Fields fields = {}) {
        auto const reply = desk->give(actor, id, std::move(verb), std::move(fields));
        return reply ? "done" : std::string(reply.error().code);
    }

    Fields const note = fields_of({{"text", std::string(".")}});
    Fields const reason = fields_of({{"reason", std::string("不属于本单位")}});
    Fields const result =
        fields_of({{"result", std::string("solved")}, {"measures", std::string("已修复")}});
    Fields const visit = fields_of({{"method", std::string("on_site")},
                                    {"thoroughly_resolved", std::string("yes")},
                                    {"accepted_by_grassroots", std::string("satisfied")},
                                    {"findings", std::string("路已修好")}});
    std::unique_ptr<storage::Store> store = storage::open_memory_store();
    std::string id;
    std::optional<Desk> desk;
};

} // namespace

TEST_CASE("a history that is nearly full takes no more notes, and what helps is said") {
    Worn worn(kept_from);
    auto& desk = *worn.desk;
    auto const refused = desk.give(desk.department, worn.id, "log_progress", worn.note);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "history_nearly_full");
    CHECK(refused.error().help.find("Finish it") != std::string::npos);
    auto const extension = fields_of(
        {{"until", Value(desk.clock.now() + 24h * 30)}, {"reason", std::string("材料未到")}});
    CHECK(worn.code(desk.department, "request_extension", extension) == "history_nearly_full");

    auto const problem = desk.office.engine.find(desk.department, "problem", worn.id).value();
    for (auto const& permission : desk.office.engine.explain(desk.department, *problem)) {
        if (permission.command == "log_progress")
            CHECK(permission.refusal.value().code == "history_nearly_full");
        if (permission.command == "submit_resolution") CHECK_FALSE(permission.refusal);
    }
}

TEST_CASE("a history that is nearly full takes notes up to that place") {
    Worn worn(kept_from - 1);
    CHECK(worn.code(worn.desk->department, "log_progress", worn.note) == "done");
    CHECK(worn.code(worn.desk->department, "log_progress", worn.note) == "history_nearly_full");
}

TEST_CASE("a history that is nearly full still leads to its end") {
    Worn worn(kept_from);
    auto& desk = *worn.desk;
    SUBCASE("by the whole way from its result to its close") {
        worn.bring_to_close(desk);
        CHECK(worn.code(desk.county, "close") == "done");
    }
    SUBCASE("by way of another unit") {
        CHECK(worn.code(desk.county, "transfer", worn.reason) == "done");
    }
}

TEST_CASE("a history that is nearly full hears the timer: its light turns") {
    Worn worn(kept_from);
    auto& desk = *worn.desk;
    desk.clock.advance(24h * 60);
    CHECK(desk.office.engine.wake_due().fired == 1);
    auto const problem = desk.office.engine.find(desk.county, "problem", worn.id).value();
    auto const& states = problem->states;
    CHECK(std::find(states.begin(), states.end(), "overdue") != states.end());
}

TEST_CASE("a history that is nearly full is still overseen, once for each step") {
    Worn worn(kept_from);
    auto& desk = *worn.desk;
    auto const urging = fields_of({{"note", std::string("请尽快")}});
    CHECK(worn.code(desk.county, "urge", urging) == "done");
    CHECK(worn.code(desk.county, "urge", urging) == "history_nearly_full");
    CHECK(worn.code(desk.county, "list", urging) == "done");
    auto const other = desk.report("重复");
    desk.done(desk.county, other, "merge", fields_of({{"into", worn.id}}));
}

TEST_CASE("the very last places are for what ends it") {
    Worn handling(kept_for_end_from);
    CHECK(handling.code(handling.desk->department, "submit_resolution", handling.result) ==
          "history_full");
    CHECK(handling.code(handling.desk->department, "log_progress", handling.note) ==
          "history_nearly_full");
    Worn approved(kept_for_end_from, true);
    CHECK(approved.code(approved.desk->county, "close") == "done");
    Worn full(full_at, true);
    CHECK(full.code(full.desk->county, "close") == "history_full");
}

TEST_CASE("a caller adds to one instance so often within a day, and no oftener") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_handling(id);
    auto const note = fields_of({{"text", std::string(".")}});
    auto const code = [&](Desk& at, Actor const& actor) {
        auto const reply = at.give(actor, id, "log_progress", note);
        return reply ? "done" : std::string(reply.error().code);
    };
    for (std::size_t i = 0; i < 100; ++i) REQUIRE(code(desk, desk.department) == "done");
    CHECK(code(desk, desk.department) == "too_many_additions");

    SUBCASE("after a restart too") {
        Desk later(*desk.own_store);
        CHECK(code(later, later.department) == "too_many_additions");
    }
    SUBCASE("others may, and on the next day everybody") {
        auto const colleague = Desk::person("colleague", "360731-transport", {Role::handler});
        CHECK(code(desk, colleague) == "done");
        desk.clock.advance(25h);
        CHECK(code(desk, desk.department) == "done");
    }
    SUBCASE("and moves it on whenever the rules permit") {
        desk.done(
            desk.department, id, "submit_resolution",
            fields_of({{"result", std::string("solved")}, {"measures", std::string("已修复")}}));
    }
}

TEST_CASE("an edit to what it is already is refused, and is no event") {
    Desk desk;
    auto const made =
        desk.office.engine.execute({.actor = desk.township,
                                    .workflow = "problem",
                                    .instance = "",
                                    .verb = "report",
                                    .fields = fields_of({{"title", std::string("断头路")},
                                                         {"description", std::string("三公里")},
                                                         {"category", std::string("transport")},
                                                         {"region", std::string("360731100")}})});
    REQUIRE(made.has_value());
    auto const id = made->instance->id;
    auto const seq = desk.own_store->status().last_seq;
    auto const title = [](char const* text) { return fields_of({{"title", std::string(text)}}); };
    CHECK(desk.give(desk.township, id, "edit").error().code == "nothing_changes");
    CHECK(desk.give(desk.township, id, "edit", title("断头路")).error().code == "nothing_changes");
    CHECK(desk.own_store->status().last_seq == seq);
    CHECK(desk.give(desk.county, id, "edit").error().code == "instance_not_found");
    CHECK(desk.give(desk.township, id, "edit", title("断桥"), "key").value().instance->version ==
          2);
    auto const again = desk.give(desk.township, id, "edit", title("断桥"), "key");
    CHECK(again.value().repeated); // by its key it is the edit that there was
}
