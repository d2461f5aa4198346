#pragma once
// What every request owes before a handler looks at it.

#include "api/limits.hpp"
#include "api/request/http.hpp"
#include "engine/index/moments.hpp"
#include "engine/outcome.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace banjie::api {

[[nodiscard]] bool is_utf8(std::string_view text);

/// Path and query are UTF-8, and the Idempotency-Key is 1 to 128 visible ASCII characters.
[[nodiscard]] engine::Outcome<void> check_texts(Request const& request);

/// How much one body may hold.
struct JsonBounds {
    std::size_t values = limits::json_values;
    std::size_t members = limits::json_values; // of the outermost object or list
};
inline constexpr JsonBounds of_a_form{limits::form_values, limits::form_members};

/// Returns the body, UTF-8, as a JSON object within limits::json_depth and `bounds`; else it is
/// `malformed`, or `invalid` where only its members are too many. An empty body reads as an empty
/// object. What is out of bounds costs one look at it: it is not parsed.
[[nodiscard]] engine::Outcome<nlohmann::json> read_object(std::string_view body,
                                                          JsonBounds bounds = {});

/// "application/json", with or without parameters; an empty body needs no type.
[[nodiscard]] bool is_json(Request const& request);

/// The version of If-Match: nullopt when absent or "*"; a weak or several tags are `malformed`.
[[nodiscard]] engine::Outcome<std::optional<std::uint64_t>> expected_version(Request const&);

/// The query parameter as a number from `least` to `most`; `otherwise` when absent.
[[nodiscard]] engine::Outcome<std::int64_t> query_number(Request const& request,
                                                         std::string_view name, std::int64_t least,
                                                         std::int64_t most, std::int64_t otherwise);

/// The query parameter as a day (YYYY-MM-DD); `otherwise` when absent.
[[nodiscard]] engine::Outcome<engine::Day> query_day(Request const& request, std::string_view name,
                                                     engine::Day otherwise);

/// `invalid` with one field error.
[[nodiscard]] engine::Refusal invalid_field(std::string_view field, std::string_view code,
                                            std::string detail);

} // namespace banjie::api
