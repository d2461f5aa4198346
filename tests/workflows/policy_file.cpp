#include "tests/workflows/policy_file.hpp"

#include "tests/workflows/calendar_file.hpp"

#include <nlohmann/json.hpp>

namespace banjie::workflows::testing {

Policy shipped_policy(std::string_view workflow) {
    auto const path = "workflows/policies/" + std::string(workflow) + ".json";
    auto const file = nlohmann::json::parse(source_text(path));
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
