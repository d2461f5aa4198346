#pragma once
// The policy of a workflow: data that an administrator may change without a new program. Rules are
// code. The engine reads the policy from one JSON file per workflow; it is checked here.

#include "workflows/contract/refusal.hpp"
#include "workflows/contract/value.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::workflows {

class Workflow;

struct Label {
    std::string zh;
    std::string en;
};

/// Rule that notifies every holder of a party in `to` of an event. `event` is an event of the
/// workflow, or a state beside the main one that an instance enters ("overdue"). Parties are
/// "reporter" (the reporting unit), "lead_unit", "co_handlers", "coordinator" and "screener" (of
/// its level), "visitor" (over its region). The message is `text`, or if empty the label of the
/// event or state.
struct NotifyRule {
    std::string event;
    Texts to;
    Label text{};
};

/// A group of facts on a page, in this order.
struct FactGroup {
    std::string name;
    Label title;
    Texts facts;
};

/// Commands that one person may not give both: after one of `first`, none of `then` to the same
/// instance. Does not apply in regions that are too small for two people.
struct Apart {
    Texts first, then;
    Texts except; // codes of those regions; includes the regions below
};

struct Policy {
    std::string workflow;
    /// Limit of each clock in working days, e.g. acknowledge 1, handle 15. "due_soon" is how many
    /// working days before the end yellow begins. An absent clock sets no deadline.
    std::map<std::string, int, std::less<>> working_days;
    /// Caps, e.g. declines 2, extensions 1, extension_days 10, look_back_days 180.
    std::map<std::string, int, std::less<>> limits;
    /// Closed vocabularies, e.g. "category" → codes.
    std::map<std::string, Texts, std::less<>> vocabularies;
    /// Text for people, by key: "state.handling", "stage.resolve", "command.assign",
    /// "event.assigned", "field.lead_unit", "choice.solved", "category.transport", "workflow".
    /// These keys are optional: "field.<fact>" of a fact that no form has, "mark.handled",
    /// "moment.closed", "rate.on_time_rate", "attachment.report", and "phrase.log_progress": the
    /// command as the predicate of a sentence, in which "*" stands for the instance ("log progress
    /// on *").
    std::map<std::string, Label, std::less<>> labels;
    std::vector<NotifyRule> notify;
    std::vector<FactGroup> groups{}; // facts without a group come last
    std::vector<Apart> apart{};      // commands that one person may not give both
    std::uint64_t version = 0;       // of the data an administrator saved; 0: built in

    /// Returns -1 if there is none.
    [[nodiscard]] int days(std::string_view clock) const;
    [[nodiscard]] int limit(std::string_view name) const;
    [[nodiscard]] bool lists(std::string_view vocabulary, std::string_view code) const;
};

/// Returns everything that is missing, unknown or out of bounds, at most `limits::field_errors`;
/// empty if the policy is valid. Each error names its place: "labels.state.handling",
/// "working_days.handle", "notify.assigned", "notify.assigned.to.mayor". Codes: missing,
/// unknown_name, out_of_range, label_of_nothing, one_language_only, unknown_event,
/// unknown_recipient, unknown_fact, unknown_command.
[[nodiscard]] std::vector<FieldError> check_policy(Workflow const& workflow, Policy const& policy);

} // namespace banjie::workflows
