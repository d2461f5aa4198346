#pragma once
// Refusals in sentences: "Cannot log progress on problem 01…: only its lead unit or a co-handler
// may." They are made from the policy's labels and the words of parties, never from identifiers.

#include "workflows/kit/parts.hpp"

#include <span>

namespace banjie::workflows::kit {

/// Holds what every refusal of a command speaks of.
struct Wording {
    Workflow const& workflow;
    Case const& here;
    CommandInfo const& command;

    [[nodiscard]] Refusal refuse(Reason reason) const;
    [[nodiscard]] Refusal forbid(std::span<PartyInfo const> who_may) const;
    /// `state` is the one that keeps it from being done, `possible` are commands that are possible.
    [[nodiscard]] Refusal refuse_in_state(std::string_view state,
                                          std::span<std::string_view const> possible) const;
    [[nodiscard]] Refusal refuse_form(std::vector<FieldError> errors) const;
    /// Refuses a time further away than limits::years_from_now: it is a slip, and more than clocks
    /// are made to count.
    [[nodiscard]] std::optional<Refusal> refuse_far_times(Fields const& fields) const;

private:
    [[nodiscard]] std::string cannot() const;
    [[nodiscard]] std::string object() const;
};

[[nodiscard]] Refusal refuse_unknown(Workflow const& workflow, std::string_view command);
/// Ends the process: a stored state is not one of this program's.
[[noreturn]] void unknown_state(std::string_view state);

} // namespace banjie::workflows::kit
