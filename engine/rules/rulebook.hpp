#pragma once
// The rules in force: every workflow with its policy, and the calendar. Replaced as a whole when an
// administrator changes one, so that a command sees one consistent set of rules from start to end.

#include "engine/outcome.hpp"
#include "engine/rules/workflow_list.hpp"
#include "workflows/contract/calendar.hpp"
#include "workflows/contract/policy.hpp"
#include "workflows/contract/workflow.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace banjie::engine {

using workflows::Calendar;
using workflows::Policy;
using workflows::Workflow;

struct Rules {
    Workflows workflows;
    std::map<std::string, Policy, std::less<>> policies; // by workflow
    Calendar calendar;
};

/// Returns the workflows of this build with the policies and the calendar that are built into it.
/// Ends the process, with the findings, if a file cannot be read or is not valid for its workflow.
[[nodiscard]] std::shared_ptr<Rules const> built_in_rules();

class Rulebook {
public:
    explicit Rulebook(std::shared_ptr<Rules const> rules = built_in_rules())
        : rules_(std::move(rules)) {}

    /// Returns the rules in force. Thread-safe, like `replace`.
    [[nodiscard]] std::shared_ptr<Rules const> rules() const;
    void replace(std::shared_ptr<Rules const> rules);

private:
    // Not std::atomic: in libstdc++ 12 its load does not release what the next store overwrites.
    mutable std::mutex mutex_;
    std::shared_ptr<Rules const> rules_;
};

} // namespace banjie::engine
