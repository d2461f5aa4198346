#include "engine/people/built_in_organisations.hpp"
#include "engine/people/organisations.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie;
using namespace banjie::engine;

namespace {

std::string import_code(Desk& desk, std::string_view list) {
    auto const result = desk.office.organisations.import(desk.office.documents, desk.administrator,
                                                         list, [](std::size_t, std::size_t) {});
    return result ? std::to_string(*result) : std::string(result.error().code);
}

} // namespace

TEST_CASE("the built-in organisations are a whole tree of Jiangxi") {
    auto const store = storage::open_memory_store();
    ManualClock clock;
    SeededRandom random;
    Office office(*store, clock, random);
    REQUIRE(office.load().has_value());
    std::size_t told = 0;
    auto const count = office.organisations.import(office.documents, engine::system_caller(),
                                                   built_in_organisations(),
                                                   [&](std::size_t done, std::size_t total) {
                                                       CHECK(done <= total);
                                                       told = done;
                                                   });
    REQUIRE(count.has_value());
    CHECK(*count == office.organisations.size());
    CHECK(told == *count);
    CHECK(office.organisations.find("360731")->name == "于都县");
    CHECK(office.organisations.find("360731100")->level() == Level::township);
    CHECK(office.organisations.find("36-development-and-reform")->department);
    std::size_t cities = 0;
    for (auto const& child : office.organisations.children("36", 500))
        if (!child.department) ++cities;
    CHECK(cities == 11);

    SUBCASE("a second import changes nothing") {
        CHECK(office.organisations
                  .import(office.documents, engine::system_caller(), built_in_organisations(),
                          [](std::size_t, std::size_t) {})
                  .value() == 0);
    }
}

TEST_CASE("an organisation that does not fit the tree is refused, and nothing is written") {
    Desk desk;
    auto const size = desk.office.organisations.size();
    CHECK(import_code(desk, "{}") == "not_a_list");
    CHECK(import_code(desk, "[1]") == "invalid_organisation");
    CHECK(import_code(desk, R"([{"code":"3609","name":"宜春市"},{"code":"99999","name":"x"}])") ==
          "invalid_organisation");
    CHECK(import_code(desk, R"([{"code":"360902","name":"袁州区"}])") == "invalid_organisation");
    CHECK(import_code(desk, R"([{"code":"3609","name":""}])") == "invalid_organisation");
    CHECK(import_code(desk, R"([{"code":"3609","name":"a"},{"code":"3609","name":"b"}])") ==
          "invalid_organisation");
    CHECK(import_code(desk, R"([{"code":"3609","name":"a","colour":"red"}])") ==
          "invalid_organisation");
    CHECK(import_code(desk, R"([{"code":"3609","name":"a","parent":"3607"}])") ==
          "invalid_organisation");
    CHECK(desk.office.organisations.size() == size);
    CHECK(import_code(desk,
                      R"([{"code":"360902","name":"袁州区"},{"code":"3609","name":"宜春市"}])") ==
          "2");
}

TEST_CASE("an organisation is changed at the version that one has seen") {
    Desk desk;
    auto& organisations = desk.office.organisations;
    Organisation transport = *organisations.find("360731-transport");
    transport.name = "于都县交通运输局";
    auto const saved =
        organisations.save(desk.office.documents, desk.administrator, transport, transport.version);
    REQUIRE(saved.has_value());
    CHECK(saved->version == transport.version + 1);
    CHECK(organisations.find("360731-transport")->name == "于都县交通运输局");
    CHECK(
        organisations.save(desk.office.documents, desk.administrator, transport, transport.version)
            .error()
            .code == "version_mismatch");
    CHECK(organisations.search("交通", "36", 10).size() == 1);
    CHECK(organisations.search("交通", "3601", 10).empty());

    Desk later(*desk.own_store);
    CHECK(later.office.organisations.find("360731-transport")->name == "于都县交通运输局");
}

TEST_CASE("an inactive organisation is no unit any more") {
    Desk desk;
    Organisation transport = *desk.office.organisations.find("360731-transport");
    transport.active = false;
    REQUIRE(desk.office.organisations
                .save(desk.office.documents, desk.administrator, transport, std::nullopt)
                .has_value());
    auto const id = desk.report();
    desk.done(desk.county, id, "accept");
    auto const refused = desk.give(desk.county, id, "assign",
                                   fields_of({{"lead_unit", std::string("360731-transport")}}));
    CHECK(refused.error().code == "unknown_lead_unit");
}
