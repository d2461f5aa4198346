#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie::api;
using nlohmann::json;

namespace {

/// What the list of workflows says of one.
json listed(Door& door, std::string const& who, std::string const& workflow) {
    auto const all = door.send(who, "GET /api/v1/workflows").body["items"];
    for (auto const& one : all)
        if (one["name"] == workflow) return one;
    return nullptr;
}

bool may_create(Door& door, std::string const& who, std::string const& workflow) {
    bool const in_list = listed(door, who, workflow)["creating"]["permitted"];
    auto const whole = door.send(who, "GET /api/v1/workflows/" + workflow).body;
    CHECK(whole["creating"]["permitted"] == in_list);
    return in_list;
}

} // namespace

TEST_CASE("whoever asks is told whether they may create an instance") {
    Door door;
    CHECK(may_create(door, "township", "problem"));
    CHECK_FALSE(may_create(door, "department", "problem"));
    CHECK(may_create(door, "county", "consultation"));
    CHECK_FALSE(may_create(door, "township", "consultation"));
    CHECK(may_create(door, "province", "round"));
    CHECK_FALSE(may_create(door, "county", "round"));
}

TEST_CASE("the list of workflows counts what the one who asks may see") {
    Door door;
    auto const before = listed(door, "county", "problem")["visible"].get<int>();
    door.report();
    CHECK(listed(door, "county", "problem")["visible"] == before + 1);
    CHECK(listed(door, "county", "inspection_lead")["visible"] == 0);
}

TEST_CASE("a field or a fact that holds ids says of which workflow they are") {
    Door door;
    auto const problem = door.send("county", "GET /api/v1/workflows/problem").body;
    json named;
    for (auto const& command : problem["commands"])
        for (auto const& field : command["form"])
            if (field.contains("workflow")) named[field["name"]] = field["workflow"];
    CHECK(named == json{{"into", "problem"}});
    for (auto const& fact : problem["facts"])
        if (fact["name"] == "consultations") CHECK(fact["workflow"] == "consultation");
}
