#pragma once
// The tree of organisations: readable by everybody, changed by the administrators of the region.

#include "api/request/exchange.hpp"

namespace banjie::api::organisations {

inline constexpr engine::FieldSpec save_form[] = {
    {.name = "name", .required = true, .maximum = 100},
    {.name = "parent", .maximum = 64},
    {.name = "department", .kind = engine::FieldKind::boolean},
    {.name = "active", .kind = engine::FieldKind::boolean},
};
inline constexpr engine::FieldSpec change_form[] = {
    {.name = "name", .maximum = 100},
    {.name = "active", .kind = engine::FieldKind::boolean},
};
inline constexpr QueryParameter list_query[] = {
    {"parent", "Code of the organisation whose children are wanted. Default: the roots"},
    {"q", "Part of a name; instead of parent"},
    {"below", "With q: code of the region to look in. Default: everywhere"},
    {"limit", "At most so many, 1 to 500; default 200"},
};

[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> save(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> change(Exchange& exchange);
/// Imports {"organisations":[{"code","name","parent"?,"department"?}…]}. Returns {"changed": n}.
[[nodiscard]] engine::Outcome<Response> import(Exchange& exchange);

} // namespace banjie::api::organisations
