#pragma once
// The calendar of working days: readable by everybody, extended by the province's administrators.

#include "api/request/exchange.hpp"

namespace banjie::api::calendar {

inline constexpr engine::FieldSpec year_form[] = {
    {.name = "holidays", .kind = engine::FieldKind::texts, .required = true},
    {.name = "makeup_workdays", .kind = engine::FieldKind::texts},
};
inline constexpr QueryParameter save_query[] = {
    {"dry_run", "true: only check it"},
};
inline constexpr QueryParameter working_days_query[] = {
    {"from", "A day, 2026-11-24"},
    {"days", "So many working days later, 0 to 1000"},
};

[[nodiscard]] engine::Outcome<Response> years(Exchange& exchange);
/// Returns a year with an ETag, "0" for a built-in year. Saving takes it as If-Match; "0" also
/// stands for a year that does not exist yet.
[[nodiscard]] engine::Outcome<Response> year(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> save_year(Exchange& exchange);
/// Returns {"from","days","day","is_provisional"}: the day on which so many working days have
/// passed.
[[nodiscard]] engine::Outcome<Response> working_days(Exchange& exchange);

} // namespace banjie::api::calendar
