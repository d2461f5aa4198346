#pragma once
// The rules in force: every workflow with its policy, and the calendar. Replaced as a whole when an
// administrator changes one, so that a command sees one consistent book from begin to end.

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
/// A file that cannot be read or does not fit its workflow ends the process with its findings.
[[nodiscard]] std::shared_ptr<Rules const> built_in_rules();

class Rulebook {
public:
    explicit Rulebook(std::shared_ptr<Rules const> rules = built_in_rules())
        : rules_(std::move(rules)) {}

    /// Thread-safe, both.
    [[nodiscard]] std::shared_ptr<Rules const> rules() const;
    void replace(std::shared_ptr<Rules const> rules);

private:
    // Not std::atomic: of libstdc++ 12 its load does not release what the next store overwrites.
    mutable std::mutex mutex_;
    std::shared_ptr<Rules const> rules_;
};

} // namespace banjie::engine
