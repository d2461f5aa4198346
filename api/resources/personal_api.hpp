#pragma once
// Personal values of an instance in the clear, for those whom its workflow names.

#include "api/request/exchange.hpp"

namespace banjie::api::personal {

inline constexpr engine::FieldSpec read_form[] = {
    {.name = "reason", .kind = engine::FieldKind::text, .required = true},
};

/// A workflow that has personal facts.
[[nodiscard]] bool is_for(engine::Workflow const& workflow);

/// {"values":{"contact_phone":"13800000000"}}. Who read it and why is durable before it is
/// answered. An API key of some commands alone needs "read_personal" among them.
[[nodiscard]] engine::Outcome<Response> read(Exchange& exchange);

} // namespace banjie::api::personal
