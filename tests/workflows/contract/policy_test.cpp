#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/policy_file.hpp"
#include "workflows/contract/policy.hpp"
#include "workflows/contract/workflow.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;
using testing::policy_file;

namespace {

using Findings = std::vector<std::string>;

std::string line_of(FieldError const& finding) {
    return finding.field + ": " + std::string(finding.code);
}

Findings findings_after(auto change) {
    Policy policy = policy_file("problem");
    change(policy);
    Findings lines;
    for (auto const& finding : check_policy(*find_workflow("problem"), policy))
        lines.push_back(line_of(finding));
    return lines;
}

} // namespace

TEST_CASE("every policy is sound") {
    for (auto const* workflow : testing::tested_workflows()) {
        auto const policy = policy_file(workflow->name());
        CHECK(policy.workflow == workflow->name());
        for (auto const& finding : check_policy(*workflow, policy))
            FAIL_CHECK(workflow->name(), ": ", line_of(finding));
    }
}

TEST_CASE("a label that is missing, empty or of nothing is found") {
    CHECK(findings_after([](Policy& policy) { policy.labels.erase("state.handling"); }) ==
          Findings{"labels.state.handling: missing"});
    CHECK(findings_after([](Policy& policy) { policy.labels.erase("choice.on_site"); }) ==
          Findings{"labels.choice.on_site: missing"});
    CHECK(findings_after([](Policy& policy) { policy.labels["command.assign"].zh.clear(); }) ==
          Findings{"labels.command.assign: one_language_only"});
    CHECK(findings_after([](Policy& policy) {
              policy.labels["state.nowhere"] = {"无", "no"};
          }) == Findings{"labels.state.nowhere: label_of_nothing"});
    CHECK(findings_after([](Policy& policy) {
              policy.vocabularies["category"].push_back("weather");
          }) == Findings{"labels.category.weather: missing"});
}

TEST_CASE("what a workflow declares may have a label, and can do without") {
    for (auto const* key : {"mark.handled", "moment.closed", "rate.on_time_rate",
                            "attachment.report", "phrase.log_progress", "field.rework_count"})
        CHECK(findings_after([key](Policy& policy) { policy.labels.erase(key); }).empty());
    CHECK(findings_after([](Policy& policy) {
              policy.labels["mark.nothing"] = {"无", "no"};
          }) == Findings{"labels.mark.nothing: label_of_nothing"});
}

TEST_CASE("a group names facts of the workflow") {
    CHECK(findings_after([](Policy& policy) {
              policy.groups.push_back({"place", {"地点", "place"}, {"region", "lead_unit"}});
          }).empty());
    CHECK(findings_after([](Policy& policy) {
              policy.groups.push_back({"place", {"地点", "place"}, {"regoin"}});
          }) == Findings{"groups.place.regoin: unknown_fact"});
}

TEST_CASE("a clock or a cap that is missing, unknown or out of range is found") {
    CHECK(findings_after([](Policy& policy) { policy.working_days.erase("handle"); }) ==
          Findings{"working_days.handle: missing"});
    CHECK(findings_after([](Policy& policy) { policy.working_days["lunch"] = 1; }) ==
          Findings{"working_days.lunch: unknown_name"});
    CHECK(findings_after([](Policy& policy) { policy.working_days["visit"] = -1; }) ==
          Findings{"working_days.visit: out_of_range"});
    CHECK(findings_after([](Policy& policy) { policy.limits["declines"] = 1'001; }) ==
          Findings{"limits.declines: out_of_range"});
    CHECK(findings_after([](Policy& policy) { policy.limits["declines"] = 1'000; }).empty());
}

TEST_CASE("whoever is told of what never happens, or is nobody, is found") {
    CHECK(findings_after([](Policy& policy) {
              policy.notify.push_back({"exploded", {"reporter"}, {}});
          }) == Findings{"notify.exploded: unknown_event"});
    CHECK(findings_after([](Policy& policy) {
              policy.notify.push_back({"overdue", {"lead_unit"}, {"超期", ""}});
          }) == Findings{"notify.overdue: one_language_only"});
    CHECK(findings_after([](Policy& policy) {
              policy.notify.push_back({"handling", {"lead_unit"}, {}});
          }) == Findings{"notify.handling: unknown_event"});
    CHECK(findings_after([](Policy& policy) {
              policy.notify.push_back({"closed", {"the_press"}, {}});
          }) == Findings{"notify.closed.to.the_press: unknown_recipient"});
}

TEST_CASE("what a policy does not say has no number") {
    Policy const policy = policy_file("problem");
    CHECK(policy.days("handle") == 15);
    CHECK(policy.days("nothing") == -1);
    CHECK(policy.limit("extensions") == 1);
    CHECK(policy.limit("nothing") == -1);
    CHECK(policy.lists("category", "transport"));
    CHECK_FALSE(policy.lists("category", "weather"));
    CHECK_FALSE(policy.lists("nothing", "transport"));
}
