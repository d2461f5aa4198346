// What one person may not do alone, by the policy of a workflow.

#include "engine/commands/apart.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie;
using namespace banjie::engine;
using nlohmann::json;

namespace {

/// A desk whose policy keeps those commands apart.
struct Apart : Desk {
    explicit Apart(Texts except = {}) {
        auto rules = std::make_shared<Rules>(*office.rulebook.rules());
        rules->policies.at("problem").apart = {
            {{"assign"}, {"approve_resolution"}, except},
            {{"acknowledge", "submit_resolution"}, {"close"}, except}};
        office.rulebook.replace(std::move(rules));
    }
    std::string resolved() {
        auto id = report();
        bring_to_handling(id);
        done(department, id, "submit_resolution",
             fields_of({{"result", std::string("solved")}, {"measures", std::string("已修复")}}));
        return id;
    }
    std::string code_of(Actor const& actor, std::string const& id, std::string verb) {
        auto const reply = give(actor, id, std::move(verb));
        return reply ? "" : std::string(reply.error().code);
    }
    bool is_offered(Actor const& actor, std::string const& id, std::string_view command) {
        auto const instance = office.engine.find(actor, "problem", id).value();
        for (auto const& permission : office.engine.explain(actor, *instance))
            if (permission.command == command) return !permission.refusal;
        return false;
    }
};

} // namespace

TEST_CASE("who has given the one command does not give the other, and is not offered it") {
    Apart desk;
    auto const id = desk.resolved();
    CHECK_FALSE(desk.is_offered(desk.county, id, "approve_resolution"));
    CHECK(desk.code_of(desk.county, id, "approve_resolution") == "same_person");
    auto const colleague = Desk::person("colleague", "360731", {Role::coordinator});
    CHECK(desk.is_offered(colleague, id, "approve_resolution"));
    CHECK(desk.code_of(colleague, id, "approve_resolution") == "");
}

TEST_CASE("a rule about one instance says nothing of another, nor of other commands") {
    Apart desk;
    auto const id = desk.resolved();
    CHECK(desk.is_offered(desk.county, id, "return_for_rework"));
    auto const colleague = Desk::person("colleague", "360731", {Role::coordinator});
    auto const other = desk.report("另一个问题");
    desk.done(colleague, other, "accept");
    desk.done(colleague, other, "assign",
              fields_of({{"lead_unit", std::string("360731-transport")}}));
    desk.done(desk.department, other, "acknowledge");
    desk.done(desk.department, other, "submit_resolution",
              fields_of({{"result", std::string("solved")}, {"measures", std::string("已修复")}}));
    CHECK(desk.code_of(desk.county, other, "approve_resolution") == "");
}

TEST_CASE("a place that is too small for two is excepted, with what is below it") {
    for (auto const* code : {"360731", "3607"}) {
        Apart desk({code});
        CHECK(desk.code_of(desk.county, desk.resolved(), "approve_resolution") == "");
    }
    Apart desk({"360121"});
    CHECK(desk.code_of(desk.county, desk.resolved(), "approve_resolution") == "same_person");
}

TEST_CASE("without such a rule one person may do both") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_handling(id);
    desk.done(desk.department, id, "submit_resolution",
              fields_of({{"result", std::string("solved")}, {"measures", std::string("已修复")}}));
    CHECK(desk.give(desk.county, id, "approve_resolution").has_value());
}
