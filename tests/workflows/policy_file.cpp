#include "tests/workflows/policy_file.hpp"

#include "tests/workflows/calendar_file.hpp"
#include "workflows/contract/workflow.hpp"

#include <nlohmann/json.hpp>

namespace banjie::workflows::testing {

Policy policy_file(std::string_view workflow) {
    std::string const folder =
        find_workflow(workflow) ? "workflows/policies/" : "tests/workflows/added/";
    auto const file = nlohmann::json::parse(source_text(folder + std::string(workflow) + ".json"));
    Policy policy;
    policy.workflow = file.at("workflow").get<std::string>();
    for (auto const& [name, days] : file.at("working_days").items())
        policy.working_days[name] = days.get<int>();
    for (auto const& [name, limit] : file.at("limits").items())
        policy.limits[name] = limit.get<int>();
    for (auto const& [name, codes] : file.at("vocabularies").items())
        policy.vocabularies[name] = codes.get<Texts>();
    for (auto const& [key, label] : file.at("labels").items())
        policy.labels[key] = {label.at("zh").get<std::string>(), label.at("en").get<std::string>()};
    for (auto const& rule : file.at("notify"))
        policy.notify.push_back({rule.at("event").get<std::string>(),
                                 rule.at("to").get<Texts>(),
                                 {rule.value("zh", ""), rule.value("en", "")}});
    return policy;
}

} // namespace banjie::workflows::testing
