#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <latch>
#include <thread>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;

namespace {

std::string code_of(Outcome<Reply> const& reply) {
    return reply ? "done" : std::string(reply.error().code);
}

} // namespace

TEST_CASE("a problem goes from report to close, and its state is the fold of its history") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_close(id);

    auto const problem = desk.office.engine.find(desk.township, "problem", id);
    REQUIRE(problem.has_value());
    CHECK((*problem)->state() == "closed");
    auto const history = desk.office.engine.history(desk.township, "problem", id, 0, 100);
    REQUIRE(history.has_value());
    REQUIRE(history->size() == (*problem)->version);
    Instance folded;
    folded.id = id;
    folded.workflow = "problem";
    for (auto const& recorded : *history) workflows::apply(folded, recorded.event);
    CHECK(folded == **problem);
}

TEST_CASE("a refused command leaves the store as it was") {
    Desk desk;
    auto const id = desk.report();
    auto const before = desk.own_store->status().last_seq;
    CHECK(code_of(desk.give(desk.county, id, "close")) == "not_permitted_in_state");
    CHECK(code_of(desk.give(desk.township, id, "accept")) == "forbidden");
    CHECK(code_of(desk.give(desk.county, id, "reject")) == "invalid_fields");
    CHECK(code_of(desk.give(desk.county, id, "dance")) == "unknown_command");
    CHECK(desk.own_store->status().last_seq == before);
    CHECK(desk.own_store->instance(id).value()->version == 1);
}

TEST_CASE("what one may not see is absent") {
    Desk desk;
    auto const id = desk.report();
    CHECK(code_of(desk.give(desk.elsewhere, id, "accept")) == "instance_not_found");
    CHECK(desk.office.engine.find(desk.elsewhere, "problem", id).error().code ==
          "instance_not_found");
    CHECK(desk.office.engine.find(desk.county, "round", id).has_error());
    CHECK(desk.office.engine.history(desk.elsewhere, "problem", id, 0, 9).has_error());
}

TEST_CASE("a stale version is refused, the right one is taken") {
    Desk desk;
    auto const id = desk.report();
    Command command{.actor = desk.county,
                    .workflow = "problem",
                    .instance = id,
                    .verb = "accept",
                    .fields = {},
                    .expected_version = 7};
    CHECK(code_of(desk.office.engine.execute(command)) == "version_mismatch");
    command.expected_version = 1;
    CHECK(code_of(desk.office.engine.execute(command)) == "done");
}

TEST_CASE("a repeated key gets the first reply, and nothing is done again") {
    Desk desk;
    auto const id = desk.report();
    auto const first = desk.give(desk.county, id, "accept", {}, "k-1");
    REQUIRE(first.has_value());
    desk.done(desk.county, id, "assign",
              fields_of({{"lead_unit", std::string("360731-transport")}}));
    auto const seq = desk.own_store->status().last_seq;

    auto const again = desk.give(desk.county, id, "accept", {}, "k-1");
    REQUIRE(again.has_value());
    CHECK(again->repeated);
    CHECK(*again->instance == *first->instance); // as it was right after the command
    CHECK(desk.own_store->status().last_seq == seq);

    SUBCASE("with another body it is refused") {
        CHECK(code_of(desk.give(desk.county, id, "accept", fields_of({{"note", std::string("x")}}),
                                "k-1")) == "idempotency_key_reused");
    }
    SUBCASE("somebody else's key is another key") {
        CHECK(code_of(desk.give(desk.city, id, "accept", {}, "k-1")) == "forbidden");
    }
    SUBCASE("it is remembered across a restart") {
        Desk later(*desk.own_store);
        auto const replayed = later.give(desk.county, id, "accept", {}, "k-1");
        REQUIRE(replayed.has_value());
        CHECK(replayed->repeated);
        CHECK(*replayed->instance == *first->instance);
    }
}

TEST_CASE("a merged problem follows its main problem in the same commit") {
    Desk desk;
    auto const main = desk.report("主");
    auto const other = desk.report("重复");
    desk.done(desk.county, other, "merge", fields_of({{"into", main}}));
    auto const shown = desk.office.engine.find(desk.county, "problem", main);
    CHECK((*shown)->facts.texts("merged_from") == Texts{other});
    desk.bring_to_close(main);
    auto const follower = desk.office.engine.find(desk.township, "problem", other);
    CHECK((*follower)->facts.text("main_state") == "closed");
    CHECK((*follower)->facts.text("result") == "solved");
}

TEST_CASE("a consequence that is refused refuses the whole command") {
    Desk desk;
    auto const main = desk.report("主");
    auto const other = desk.report("重复");
    desk.done(desk.county, main, "reject", fields_of({{"reason", std::string("不属实")}}));
    CHECK(code_of(desk.give(desk.county, other, "merge", fields_of({{"into", main}}))) ==
          "main_problem_is_finished");
    CHECK(desk.own_store->instance(other).value()->version == 1);
}

TEST_CASE("commands of one instance given at once are done one after another") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_handling(id);
    constexpr int each = 12; // together fewer than limits::additions_per_day
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < each; ++n)
                    (void)desk.give(desk.department, id, "log_progress",
                                    fields_of({{"text", std::string("进展")}}));
            });
    }
    auto const problem = desk.office.engine.find(desk.county, "problem", id);
    CHECK((*problem)->version == 4 + 8 * each);
}

TEST_CASE("one key given at once by many is done once, and all get the same reply") {
    Desk desk;
    auto const id = desk.report();
    std::latch start(8);
    std::atomic<int> done = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                start.arrive_and_wait();
                auto const reply = desk.give(desk.county, id, "accept", {}, "same");
                if (reply && reply->instance->version == 2) ++done;
            });
    }
    CHECK(done == 8);
    CHECK(desk.own_store->instance(id).value()->version == 2);
}

TEST_CASE("timers fire once, also after a restart, and turn the light") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_handling(id); // 15 working days from Monday 2026-03-02: Monday 03-23
    CHECK(desk.office.engine.wake_due().fired == 0);
    desk.clock.advance(24h * 40);

    Desk later(*desk.own_store);
    later.clock.advance(24h * 40);
    auto const turn = later.office.engine.wake_due();
    CHECK(turn.fired == 1);
    CHECK(later.office.engine.wake_due().fired == 0);
    auto const problem = later.office.engine.find(desk.county, "problem", id);
    CHECK((*problem)->states[1] == "overdue");
    auto const history = later.office.engine.history(desk.county, "problem", id, 0, 100);
    CHECK(history->back().event.actor == "system");
}

TEST_CASE("a driven clock turns the light green, yellow, red") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_handling(id);
    std::string lights;
    for (int day = 0; day < 30; ++day) {
        while (desk.office.engine.wake_due().fired > 0) {
        }
        auto const light = (*desk.office.engine.find(desk.county, "problem", id))->states[1];
        if (!lights.ends_with(light)) lights += (lights.empty() ? "" : " ") + light;
        desk.clock.advance(24h);
    }
    CHECK(lights == "on_time due_soon overdue");
}

TEST_CASE("explain says what this actor may do, and why not the rest") {
    Desk desk;
    auto const id = desk.report();
    auto const problem = desk.office.engine.find(desk.county, "problem", id);
    bool accept = false, close_explained = false;
    for (auto const& permission : desk.office.engine.explain(desk.county, **problem)) {
        if (permission.command == "accept") accept = !permission.refusal;
        if (permission.command == "close")
            close_explained = permission.refusal &&
                              permission.refusal->detail.find("screening") != std::string::npos;
    }
    CHECK(accept);
    CHECK(close_explained);
}

TEST_CASE("every event is in the stream, in order, with those who may see it") {
    Desk desk;
    auto const id = desk.report();
    auto const before = desk.own_store->status().last_seq;
    desk.bring_to_handling(id);
    auto const events = desk.office.stream.read(before, 100);
    REQUIRE(events.has_value());
    REQUIRE(events->size() == 3);
    CHECK(events->at(0)->seq == before + 1);
    CHECK(events->at(2)->subject == id);
    auto const text = nlohmann::json::parse(events->at(1)->text);
    CHECK(text["type"] == "assigned");
    CHECK(may_see_codes(desk.department, events->at(1)->seen_by));
    CHECK_FALSE(may_see_codes(desk.elsewhere, events->at(1)->seen_by));
}

TEST_CASE("a restart finds everything that was there") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_handling(id);
    Desk later(*desk.own_store);
    auto const before = desk.office.engine.find(desk.county, "problem", id);
    auto const after = later.office.engine.find(desk.county, "problem", id);
    REQUIRE(after.has_value());
    CHECK(**before == **after);
    CHECK(later.office.index.list(desk.county, {.workflow = "problem"}).value().total == 1);
    CHECK(later.office.organisations.find("360731100")->name == "贡江镇");
}
