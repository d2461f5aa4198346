#pragma once
// Checks of every request before its handler runs.

#include "api/limits.hpp"
#include "api/request/http.hpp"
#include "engine/index/moments.hpp"
#include "engine/outcome.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace banjie::api {

[[nodiscard]] bool is_utf8(std::string_view text);

/// Refuses a path or query that is not UTF-8, and an Idempotency-Key that is not 1 to 128 visible
/// ASCII characters.
[[nodiscard]] engine::Outcome<void> check_texts(Request const& request);

/// Bounds of one JSON body.
struct JsonBounds {
    std::size_t values = limits::json_values;
    std::size_t members = limits::json_values; // of the outermost object or list
};
inline constexpr JsonBounds of_a_form{limits::form_values, limits::form_members};

/// Returns the body, UTF-8, as a JSON object within limits::json_depth and `bounds`. Returns an
/// empty object for an empty body. Refuses with `malformed`, or with `invalid` if only its members
/// are too many. A body out of bounds is scanned once and never parsed.
[[nodiscard]] engine::Outcome<nlohmann::json> read_object(std::string_view body,
                                                          JsonBounds bounds = {});

/// Returns whether the type is "application/json", with or without parameters. An empty body needs
/// no type.
[[nodiscard]] bool is_json(Request const& request);

/// Returns the version of If-Match, or nullopt if it is absent or "*". Accepts a weak tag. Refuses
/// anything but one tag of this server with `malformed`.
[[nodiscard]] engine::Outcome<std::optional<std::uint64_t>> expected_version(Request const&);

/// Returns the query parameter as a number from `least` to `most`, or `otherwise` if it is absent.
[[nodiscard]] engine::Outcome<std::int64_t> query_number(Request const& request,
                                                         std::string_view name, std::int64_t least,
                                                         std::int64_t most, std::int64_t otherwise);

/// Returns the query parameter as a day (YYYY-MM-DD), or `otherwise` if it is absent.
[[nodiscard]] engine::Outcome<engine::Day> query_day(Request const& request, std::string_view name,
                                                     engine::Day otherwise);

/// Returns a refusal `invalid` with one field error.
[[nodiscard]] engine::Refusal invalid_field(std::string_view field, engine::RefusalCode code,
                                            std::string detail);

/// `invalid` for a query parameter that is not one of the route's `known` ones.
[[nodiscard]] engine::Refusal unknown_parameter(std::string_view name,
                                                std::span<std::string_view const> known);

} // namespace banjie::api
