#pragma once
// Rules are code, policy is data: what an administrator may change without a new program.
// Read from one JSON file per workflow by the engine; checked here against the workflow.

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

/// `event` of the workflow, or a state beside the main one that it came into ("overdue"), is told
/// to everybody who has one of `to`: "reporter" (the reporting unit), "lead_unit", "co_handlers",
/// "coordinator" and "screener" (of its level), "visitor" (over its region). In the words of
/// `text`; without any, as the event or state is called.
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

/// Whoever has given one of the first commands to an instance does not give it one of the others
/// afterwards; but for those of a place that is too small for two people.
struct Apart {
    Texts first, then;
    Texts except; // codes of regions, with what is below them
};

struct Policy {
    std::string workflow;
    /// Clock → limit in working days, e.g. acknowledge 1, handle 15; also "due_soon": yellow so
    /// many working days before the end. An absent clock sets no deadline.
    std::map<std::string, int, std::less<>> working_days;
    /// Caps, e.g. declines 2, extensions 1, extension_days 10, look_back_days 180.
    std::map<std::string, int, std::less<>> limits;
    /// Closed vocabularies, e.g. "category" → codes.
    std::map<std::string, Texts, std::less<>> vocabularies;
    /// "state.handling", "stage.resolve", "command.assign", "event.assigned", "field.lead_unit",
    /// "choice.solved", "category.transport", "workflow" → what people read. These may be absent:
    /// "field.<fact>" of a fact that no form has, "mark.handled", "moment.closed",
    /// "rate.on_time_rate", "attachment.report", and "phrase.log_progress": the command as the
    /// predicate of a sentence, in which "*" stands for the instance ("log progress on *").
    std::map<std::string, Label, std::less<>> labels;
    std::vector<NotifyRule> notify;
    std::vector<FactGroup> groups{}; // facts without a group come last
    std::vector<Apart> apart{};      // commands that one person does not give both
    std::uint64_t version = 0;       // of what an administrator has saved; 0: as it is built in

    /// -1 where there is none.
    [[nodiscard]] int days(std::string_view clock) const;
    [[nodiscard]] int limit(std::string_view name) const;
    [[nodiscard]] bool lists(std::string_view vocabulary, std::string_view code) const;
};

/// Everything that is missing, unknown or out of bounds; empty when sound. Each is of one place:
/// "labels.state.handling", "working_days.handle", "notify.assigned", "notify.assigned.to.mayor".
/// Codes: missing, unknown_name, out_of_range, label_of_nothing, one_language_only, unknown_event,
/// unknown_recipient, unknown_fact, unknown_command.
[[nodiscard]] std::vector<FieldError> check_policy(Workflow const& workflow, Policy const& policy);

} // namespace banjie::workflows
