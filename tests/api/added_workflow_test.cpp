// What is registered is seen everywhere. The rules of a door have a workflow that is added by its
// own files alone (tests/workflows/added); here is looked for each workflow, and none is named.

#include "api/shown/instance_resource.hpp"
#include "engine/text/json_text.hpp"
#include "tests/api/door.hpp"
#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace banjie;
using namespace banjie::api;
using engine::Instance;
using engine::Workflow;
using nlohmann::json;
namespace testing = workflows::testing;

namespace {

constexpr char const* beginners[] = {"township", "county", "province"};
/// Who gets what is addressed so.
std::map<std::string, std::string, std::less<>> const people{
    {"reporter:360731100", "township"},
    {"coordinator:360731", "county"},
    {"coordinator:36", "province"},
    {"handler:360731-transport", "department"}};

/// The first instance of a workflow, begun with its sample form by somebody who may.
struct Begun {
    Workflow const* workflow;
    std::string beginner;
    Instance instance;
    json shown;

    [[nodiscard]] std::string name() const { return std::string(workflow->name()); }
    [[nodiscard]] std::string collection() const {
        return "/api/v1/" + InstanceResource(*workflow).collection();
    }
    [[nodiscard]] bool is_private() const { return workflow->state(instance.state())->is_private; }
};

struct House : Door {
    House() {
        desk.clock.advance(testing::sample_time() - desk.clock.now());
        for (auto const* workflow : testing::tested_workflows()) begin(*workflow);
        // Not each has a sample form that fits an empty store; the added one has.
        REQUIRE(begun.size() >= 3);
        REQUIRE(begun.back().workflow == testing::tested_workflows().back());
    }

    void begin(Workflow const& workflow) {
        InstanceResource const resource(workflow);
        auto const form = engine::to_json(testing::sample_form(*resource.creating()));
        for (std::string const beginner : beginners) {
            auto const made = ask(beginner, "POST /api/v1/" + resource.collection(), form);
            if (made.status != 201) continue;
            auto const& actor = beginner == "township" ? desk.township
                                : beginner == "county" ? desk.county
                                                       : desk.province;
            auto const found =
                desk.office.engine.find(actor, workflow.name(), made.body["id"].get<std::string>());
            REQUIRE(found.has_value());
            begun.push_back({&workflow, beginner, **found, made.body});
            return;
        }
    }

    std::vector<Begun> begun;
};

std::string text_of(json const& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

template <class All>
bool is_called(All const& all, json const& named) {
    return std::equal(all.begin(), all.end(), named.begin(), named.end(),
                      [](auto const& one, json const& other) { return other["name"] == one.name; });
}

} // namespace

TEST_CASE("each workflow has a list, in which an instance is found by its title and its tags") {
    House house;
    for (auto const& one : house.begun) {
        CAPTURE(one.name());
        auto const total = [&](std::string const& query) {
            return house.send(one.beginner, "GET " + one.collection() + query).body["total"];
        };
        CHECK(total("") == 1);
        CHECK(total("?state=" + std::string(one.instance.state())) == 1);
        if (auto const title = one.workflow->title_fact(); !title.empty())
            CHECK(total("?q=" + std::string(one.instance.facts.text(title))) == 1);
        for (auto const& tag : one.workflow->facets().tags) {
            CAPTURE(tag.name);
            if (auto const fact = one.shown.find(tag.name); fact != one.shown.end())
                CHECK(total("?" + std::string(tag.name) + "=" + text_of(*fact)) == 1);
        }
        for (auto const& mark : one.workflow->facets().marks)
            CHECK(total("?mark=" + std::string(mark.name)) <= 1);
    }
}

TEST_CASE("each workflow has a description, from which pages are made") {
    House house;
    auto const all = house.send("county", "GET /api/v1/workflows").body["items"];
    CHECK(all.size() == testing::tested_workflows().size());
    for (auto const* workflow : testing::tested_workflows()) {
        CAPTURE(workflow->name());
        auto const page = house.send("county", "GET /api/v1/workflows/" +
                                                   std::string(workflow->name()) + "?lang=zh");
        REQUIRE(page.status == 200);
        auto const facets = workflow->facets();
        CHECK(is_called(facets.tags, page.body["facets"]["tags"]));
        CHECK(is_called(facets.marks, page.body["facets"]["marks"]));
        CHECK(is_called(facets.moments, page.body["facets"]["moments"]));
        CHECK(is_called(facets.numbers, page.body["facets"]["numbers"]));
        CHECK(is_called(facets.rates, page.body["facets"]["rates"]));
        CHECK(is_called(workflow->facts(), page.body["facts"]));
        CHECK(is_called(workflow->parties(), page.body["parties"]));
        CHECK(is_called(workflow->attachments(), page.body["attachments"]));
        CHECK(page.body["collection"] == InstanceResource(*workflow).collection());
        CHECK(page.body["creating"]["command"] == InstanceResource(*workflow).creating()->name);
    }
}

TEST_CASE("each workflow has figures: how many there are, by every tag, and when") {
    House house;
    for (auto const& one : house.begun) {
        if (one.is_private()) continue;
        CAPTURE(one.name());
        auto const groups = [&](std::string const& query) {
            auto const answered = house.send(one.beginner, "GET /api/v1/statistics/" + query +
                                                               "workflow=" + one.name());
            CHECK(answered.status == 200);
            return answered.body["groups"];
        };
        auto const all = groups("summary?");
        REQUIRE(all.size() == 1);
        CHECK(all[0]["total"] == 1);
        CHECK(all[0]["by_state"][std::string(one.instance.state())] == 1);
        for (auto const& rate : one.workflow->facets().rates)
            CHECK(all[0].contains(std::string(rate.name)));
        for (auto const& number : one.workflow->facets().numbers)
            CHECK(all[0]["sums"].contains(std::string(number.name)));
        for (auto const& tag : one.workflow->facets().tags) {
            auto const fact = one.shown.find(tag.name);
            if (fact == one.shown.end()) continue;
            auto const by_tag = groups("summary?group_by=" + std::string(tag.name) + "&");
            REQUIRE(by_tag.size() == 1);
            CHECK(by_tag[0]["key"] == text_of(*fact));
        }
        CHECK_FALSE(groups("funnel?")[0]["stages"].empty());
    }
}

TEST_CASE("whose turn it is finds each instance among the work, and who is told is told") {
    House house;
    std::size_t told = 0;
    for (auto const& one : house.begun) {
        CAPTURE(one.name());
        for (auto const& address : one.workflow->waits_for(one.instance)) {
            CAPTURE(address.text());
            auto const who = people.find(address.text());
            REQUIRE(who != people.end());
            auto const work = house.send(who->second, "GET /api/v1/work").body;
            CHECK(work["by_workflow"][one.name()] == 1);
        }
        auto const rules = house.desk.office.rulebook.rules();
        for (auto const& rule : rules->policies.find(one.name())->second.notify) {
            if (one.is_private()) break; // told to nobody else
            if (rule.event != InstanceResource(*one.workflow).creating()->event) continue;
            for (auto const& party : rule.to)
                for (auto const& address : one.workflow->addresses_of(party, one.instance)) {
                    auto const who = people.find(address.text());
                    if (who == people.end() || who->second == one.beginner) continue;
                    auto const letters = house.send(who->second, "GET /api/v1/notifications");
                    CHECK(letters.text.find(one.instance.id) != std::string::npos);
                    ++told;
                }
        }
    }
    CHECK(told > 0);
}

TEST_CASE("each workflow's events are in the feed of whoever sees the instance") {
    House house;
    for (auto const& one : house.begun) {
        CAPTURE(one.name());
        auto const type = "banjie." + one.name() + "." +
                          std::string(InstanceResource(*one.workflow).creating()->event);
        auto const is_there = [&](std::string const& user) {
            auto const page = house.send(user, "GET /api/v1/events?limit=500").body["items"];
            return std::any_of(page.begin(), page.end(), [&](json const& event) {
                return event["type"] == type && event["subject"] == one.instance.id;
            });
        };
        CHECK(is_there(one.beginner));
        auto const places = one.workflow->seen_by(one.instance);
        bool const is_open = std::any_of(places.begin(), places.end(), [](auto const& place) {
            return place.sight == workflows::Sight::everybody;
        });
        CHECK(is_there("elsewhere") == is_open);
    }
}

TEST_CASE("each workflow is in the description of the API, with all its commands and their forms") {
    House house;
    auto const paths = house.send("", "GET /openapi.json").body["paths"];
    for (auto const* workflow : testing::tested_workflows()) {
        InstanceResource const resource(*workflow);
        auto const collection = "/api/v1/" + resource.collection();
        CAPTURE(collection);
        CHECK(paths.contains(collection));
        CHECK(paths.contains(collection + "/{id}/history"));
        CHECK(paths.contains(collection + "/{id}/attachments") == !workflow->attachments().empty());
        for (auto const& command : workflow->commands()) {
            if (command.internal || command.creates) continue;
            CAPTURE(command.name);
            CHECK(paths.contains(collection + "/{id}/commands/" + std::string(command.name)));
        }
    }
}

TEST_CASE("what somebody may do with an instance is said with it, and is as the rules say") {
    House house;
    for (auto const& one : house.begun) {
        CAPTURE(one.name());
        auto const path =
            one.collection() + "/" + InstanceResource(*one.workflow).segment_of(one.instance.id);
        for (std::string const user : {"township", "county", "province", "department"}) {
            auto const shown = house.send(user, "GET " + path);
            if (shown.status == 404) continue;
            auto const& commands = shown.body["commands"];
            auto const offered = commands["permitted"].size() + commands["refused"].size();
            auto const all = one.workflow->commands();
            CHECK(offered == std::count_if(all.begin(), all.end(), [](auto const& command) {
                      return !command.internal && !command.creates;
                  }));
            for (auto const& refused : commands["refused"]) {
                auto const answered = house.ask(
                    user, "POST " + path + "/commands/" + refused["command"].get<std::string>(),
                    json::object());
                // A form that lacks a field is refused before a guard is asked.
                bool const is_as_said = answered.code() == refused["code"].get<std::string>() ||
                                        answered.code() == "invalid_fields";
                CHECK_MESSAGE(is_as_said, user, ": ", refused.dump(), " but ", answered.code());
            }
        }
    }
}
