#include "tests/workflows/acting.hpp"
#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/calendar_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

using namespace banjie::workflows::testing;

namespace {

std::vector<std::string> scenario_files() {
    std::vector<std::string> files;
    for (auto const& entry :
         std::filesystem::directory_iterator(BANJIE_SOURCE_DIRECTORY "/tests/scenarios"))
        if (entry.path().extension() == ".scenario") files.push_back(entry.path().filename());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> findings_of(std::string_view text) {
    Rehearsal rehearsal;
    auto const scenario = read_scenario(text);
    if (!scenario.errors.empty()) return scenario.errors;
    return act(scenario, rehearsal);
}

/// "problem: screening --accept--> awaiting_dispatch" for every step that was taken.
void add_moves(Rehearsal const& rehearsal, std::set<std::string>& moves) {
    for (auto const& id : rehearsal.ids()) {
        auto const& workflow = rehearsal.find(id)->workflow;
        std::string before = "new";
        for (auto const& event : rehearsal.history(id)) {
            moves.insert(workflow + ": " + event.command);
            moves.insert(workflow + ": " + before + " --" + event.command + "--> " +
                         event.states.front());
            before = event.states.front();
        }
    }
}

} // namespace

TEST_CASE("every scenario comes true, line by line") {
    auto const files = scenario_files();
    CHECK(files.size() >= 14);
    for (auto const& file : files) {
        Rehearsal rehearsal;
        auto const scenario = read_scenario(source_text("tests/scenarios/" + file));
        CHECK_MESSAGE(!scenario.title.empty(), file, " has no title");
        CHECK_MESSAGE(scenario.statements.size() > 3, file, " says next to nothing");
        for (auto const& error : scenario.errors) FAIL_CHECK(file, ":", error);
        for (auto const& finding : act(scenario, rehearsal)) FAIL_CHECK(file, ":", finding);
    }
}

TEST_CASE("the scenarios take every command and every way on") {
    std::set<std::string> moves;
    for (auto const& file : scenario_files()) {
        Rehearsal rehearsal;
        auto const scenario = read_scenario(source_text("tests/scenarios/" + file));
        for (auto const& finding : act(scenario, rehearsal)) FAIL_CHECK(file, ":", finding);
        add_moves(rehearsal, moves);
    }
    for (auto const* workflow : tested_workflows()) {
        auto const name = std::string(workflow->name()) + ": ";
        for (auto const& command : workflow->commands())
            CHECK_MESSAGE(moves.contains(name + std::string(command.name)), name,
                          std::string(command.name), " is in no scenario");
        for (auto const& row : workflow->rows()) {
            if (workflow->state(row.source)->region > 0 || row.source == row.target) continue;
            auto const move = name + std::string(row.source) + " --" + std::string(row.command) +
                              "--> " + std::string(row.target);
            CHECK_MESSAGE(moves.contains(move), move, " is in no scenario");
        }
    }
}

TEST_CASE("a scenario that does not come true is told by its line") {
    std::string const start = "Scenario: x\nOn 2021-03-01 09:00\n"
                              "township report p1 title=a description=b category=transport\n"
                              "  region=360731100 submit=yes\n";
    CHECK(findings_of(start).empty());
    CHECK(findings_of(start + "county accept p1 ✗ forbidden\n") ==
          std::vector<std::string>{"5: Expected the refusal forbidden, but it was done"});
    CHECK(findings_of(start + "county accept p1 → handling\n") ==
          std::vector<std::string>{
              "5: Expected p1's state to be handling, but it is awaiting_dispatch"});
    CHECK(findings_of(start + "Then p1 light=overdue\n") ==
          std::vector<std::string>{"5: Expected p1's light to be overdue, but it is on_time"});
    CHECK(findings_of(start + "mayor accept p1\n") ==
          std::vector<std::string>{"5: Expected one of the cast, but nobody is called mayor"});
    CHECK(findings_of(start + "county accept p2\n") ==
          std::vector<std::string>{"5: Expected 'p2' to be there, but it is not"});
    CHECK(findings_of(start + "gibberish\n").size() == 1);
}

TEST_CASE("a verb may say whose it is") {
    std::string const start = "Scenario: x\nOn 2021-03-01 09:00\n";
    std::string const form = " p1 title=a description=b category=transport region=360731100\n";
    CHECK(findings_of(start + "township problem.report" + form + "Then p1 state=draft\n").empty());
    CHECK(findings_of(start + "镇 困难问题办理.报送" + form).empty());
    CHECK(findings_of(start + "township round.report" + form) ==
          std::vector<std::string>{"3: Expected 'p1' to be there, but it is not"});
    CHECK(
        findings_of(start + "county register l1\n") ==
        std::vector<std::string>{"3: Expected one workflow that begins so, but there are several: "
                                 "say <workflow>.register"});
}

TEST_CASE("Chinese labels and quotes say the same as names") {
    CHECK(findings_of("情景：报送\n到 2021-03-01\n"
                      "镇 报送 p1 标题=“断头路 一段” 情况说明=不通 类别=交通运输 所在地=360731100\n"
                      "  直接提交=是\n此时 p1 灯色=绿灯 标题=\"断头路 一段\" 类别=transport\n")
              .empty());
}
