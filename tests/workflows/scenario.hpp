#pragma once
// Scenarios: transcripts of who did what and when, that a coordinator can read and a test can act.
//
//   file        = { line } ; lines that begin with a space continue the line before
//   line        = "#" text | title | clock | wait | policy | command | expectation
//   title       = ("Scenario:" | "情景：") text
//   clock       = ("On" | "到") day [time]                      On 2026-03-02 09:00
//   wait        = "After" n ("days" | "working days") | "过" n ("天" | "个工作日")
//   policy      = ("Policy" | "政策") workflow { limit "=" number }
//   command     = who [ workflow "." ] verb instance { field "=" value }
//                 [ "→" state | "✗" refusal code ]
//   expectation = ("Then" | "此时") instance { fact "=" value }   "-": there is none
//
// `who` is a member of the cast (cast.cpp). A new instance belongs to the workflow that begins with
// the verb; if several do, the workflow's name comes before the verb. Workflows, verbs, fields,
// states and choices go by their names or by their Chinese labels. A value with spaces is in
// quotes; lists are separated by commas.
// An expectation may name, besides facts: state, light, supervision, version, waits_for, history
// (its event types).

#include "workflows/contract/value.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banjie::workflows::testing {

struct Statement {
    enum class Kind { clock, wait, policy, command, expectation };
    Kind kind = Kind::command;
    int line = 0;
    Time at{};    // clock
    int days = 0; // wait
    bool working = false;
    std::string who, command, instance;
    std::string workflow;                                    // empty: the one that fits
    std::vector<std::pair<std::string, std::string>> fields; // or expected facts, or limits
    std::string state;   // expected after the command; empty: any
    std::string refusal; // expected code; empty: it is accepted
};

struct Scenario {
    std::string title;
    std::vector<Statement> statements;
    /// Errors "12: Expected …, but …", one for every line that cannot be read.
    std::vector<std::string> errors;
};

[[nodiscard]] Scenario read_scenario(std::string_view text);

} // namespace banjie::workflows::testing
