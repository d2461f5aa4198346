#pragma once
// Refusals in sentences: "Cannot log progress on problem 01…: only its lead unit or a co-handler
// may." They are made from the policy's labels and the words of parties, never from identifiers.

#include "workflows/kit/parts.hpp"

#include <span>

namespace banjie::workflows::kit {

/// Writer of the refusals of one command.
struct Wording {
    Workflow const& workflow;
    Case const& here;
    CommandInfo const& command;

    [[nodiscard]] Refusal refuse(Reason reason) const;
    [[nodiscard]] Refusal forbid(std::span<PartyInfo const> who_may) const;
    /// Refuses because of `state`. Suggests the `possible` commands.
    [[nodiscard]] Refusal refuse_in_state(std::string_view state,
                                          std::span<std::string_view const> possible) const;
    [[nodiscard]] Refusal refuse_form(std::vector<FieldError> errors) const;
    /// Refuses a time further away than limits::years_from_now: it is a typing error, and clocks
    /// are not made to count that far.
    [[nodiscard]] std::optional<Refusal> refuse_far_times(Fields const& fields) const;

private:
    [[nodiscard]] std::string cannot() const;
    [[nodiscard]] std::string object() const;
};

[[nodiscard]] Refusal refuse_unknown(Workflow const& workflow, std::string_view command);
/// Ends the process: a stored state is unknown to this program.
[[noreturn]] void unknown_state(std::string_view state);

} // namespace banjie::workflows::kit
