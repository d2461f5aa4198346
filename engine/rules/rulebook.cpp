#include "engine/rules/rulebook.hpp"

#include "engine/embedded.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/rules/policy_file.hpp"

#include <cstdlib>
#include <iostream>

namespace banjie::engine {

namespace {

// The tests of this build check the built-in files, so an invalid one is a broken program.
[[noreturn]] void end_with(std::string const& path, Refusal const& refusal) {
    std::cerr << "Cannot use the built-in file " << path << ". " << refusal.detail << "\n";
    for (FieldError const& error : refusal.errors)
        std::cerr << "  " << error.field << ": " << error.detail << "\n";
    std::exit(EXIT_FAILURE);
}

std::string_view content_of(std::string const& path) {
    auto const content = embedded_file(path);
    if (!content) end_with(path, {"absent"_code, "The file is missing from the program.", ""});
    return *content;
}

} // namespace

std::shared_ptr<Rules const> built_in_rules() {
    auto rules = std::make_shared<Rules>();
    for (Workflow const* workflow : workflows::all_workflows()) rules->workflows.add(*workflow);
    for (Workflow const* workflow : workflows::all_workflows()) {
        std::string const name(workflow->name());
        std::string const path = "workflows/policies/" + name + ".json";
        auto policy = read_policy(content_of(path), rules->workflows);
        if (!policy) end_with(path, policy.error());
        rules->policies.emplace(name, std::move(*policy));
    }
    std::string const path = "workflows/data/calendar.json";
    auto years = read_calendar(content_of(path));
    if (!years) end_with(path, years.error());
    rules->calendar = Calendar(std::move(*years));
    return rules;
}

std::shared_ptr<Rules const> Rulebook::rules() const {
    std::lock_guard const lock(mutex_);
    return rules_;
}

void Rulebook::replace(std::shared_ptr<Rules const> rules) {
    std::lock_guard const lock(mutex_);
    rules_.swap(rules); // the old rules are destroyed after the lock is released
}

} // namespace banjie::engine
