#include "api/request/request_checks.hpp"

#include "api/limits.hpp"
#include "api/request/refusal_codes.hpp"
#include "engine/limits.hpp"

#include <boost/nowide/utf/utf.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace banjie::api {

using engine::Outcome;
using engine::Refusal;
using engine::RefusalKind;
using nlohmann::json;

namespace {

Refusal malformed(RefusalCode code, std::string detail) {
    return {.code = code, .detail = std::move(detail)};
}

Refusal not_utf8(std::string_view where) {
    return malformed("invalid_utf8"_code,
                     "Some bytes of the " + std::string(where) + " are not UTF-8.");
}

// Counted before parsing, so that a hostile body costs no more than one scan.
struct Shape {
    std::size_t depth = 0, values = 1, members = 1;
};

Shape shape_of(std::string_view text, JsonBounds bounds) {
    Shape shape;
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size() && shape.values <= bounds.values; ++at) {
        char const c = text[at];
        if (quoted) {
            if (c == '\\') ++at;
            if (c == '"') quoted = false;
            continue;
        }
        if (c == '"') quoted = true;
        if (c == '{' || c == '[') shape.depth = std::max(shape.depth, ++depth);
        if ((c == '}' || c == ']') && depth > 0) --depth;
        if (c == ',') ++shape.values;
        if (c == ',' && depth == 1) ++shape.members;
    }
    return shape;
}

Refusal too_many_members(std::size_t most) {
    return {.code = "invalid_fields"_code,
            .detail = "The body has more than " + std::to_string(most) + " fields.",
            .help = "See the fields of the route at /docs."};
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number number{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

} // namespace

bool is_utf8(std::string_view text) {
    using Traits = boost::nowide::utf::utf_traits<char>;
    for (auto const *at = text.data(), *end = at + text.size(); at != end;) {
        auto const point = Traits::decode(at, end);
        if (point == boost::nowide::utf::illegal || point == boost::nowide::utf::incomplete)
            return false;
    }
    return true;
}

Outcome<void> check_texts(Request const& request) {
    if (!is_utf8(request.path)) return not_utf8("path");
    for (auto const& [name, value] : request.query) {
        if (!is_utf8(name) || !is_utf8(value)) return not_utf8("query");
    }
    auto const& key = request.idempotency_key;
    bool const visible =
        std::all_of(key.begin(), key.end(), [](char c) { return c > 32 && c < 127; });
    if (visible && key.size() <= engine::limits::key_characters)
        return boost::system::in_place_value;
    return malformed("bad_idempotency_key"_code,
                     "Idempotency-Key is not 1 to 128 visible ASCII characters.");
}

Outcome<json> read_object(std::string_view body, JsonBounds bounds) {
    if (body.empty()) return Outcome<json>(boost::system::in_place_value, json::object());
    Shape const shape = shape_of(body, bounds);
    if (shape.members > bounds.members) return too_many_members(bounds.members);
    if (shape.depth > limits::json_depth || shape.values > bounds.values) {
        return malformed("json_out_of_bounds"_code, "The JSON is more than " +
                                                        std::to_string(limits::json_depth) +
                                                        " levels deep, or has more than " +
                                                        std::to_string(bounds.values) + " values.");
    }
    if (!is_utf8(body)) return not_utf8("body");
    auto object = json::parse(body, nullptr, false);
    if (object.is_discarded()) {
        return malformed("invalid_json"_code, "The body is not valid JSON.");
    }
    if (!object.is_object()) {
        return malformed("not_an_object"_code,
                         std::string("The body is not a JSON object; its type is ") +
                             object.type_name() + ".");
    }
    return Outcome<json>(boost::system::in_place_value, std::move(object));
}

bool is_json(Request const& request) {
    if (request.body.empty()) return true;
    auto type = request.content_type.substr(0, request.content_type.find(';'));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return type == "application/json";
}

Outcome<std::optional<std::uint64_t>> expected_version(Request const& request) {
    std::string_view tag = request.if_match;
    // A proxy that compresses a response weakens its ETag, which still names the same version.
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.empty() || tag == "*") return std::optional<std::uint64_t>{};
    if (tag.size() > 2 && tag.front() == '"' && tag.back() == '"') {
        tag.remove_prefix(1);
        tag.remove_suffix(1);
    }
    if (auto const version = number_of<std::uint64_t>(tag)) return version;
    return malformed("bad_if_match"_code,
                     "If-Match is not one ETag of this server, such as \"3\".");
}

Outcome<std::int64_t> query_number(Request const& request, std::string_view name,
                                   std::int64_t least, std::int64_t most, std::int64_t otherwise) {
    auto const text = request.query_value(name);
    if (!text) return otherwise;
    auto const number = number_of<std::int64_t>(*text);
    if (number && *number >= least && *number <= most) return *number;
    return invalid_field(name, "out_of_range"_code,
                         "The value is not a number from " + std::to_string(least) + " to " +
                             std::to_string(most) + ".");
}

Outcome<engine::Day> query_day(Request const& request, std::string_view name,
                               engine::Day otherwise) {
    auto const text = request.query_value(name);
    if (!text) return otherwise;
    if (auto const day = engine::day_named(*text)) return *day;
    return invalid_field(name, "not_a_date"_code, "The value is not a date such as 2026-03-31.");
}

Refusal invalid_field(std::string_view field, RefusalCode code, std::string detail) {
    return {.code = "invalid_fields"_code,
            .detail = "The value of '" + std::string(field) + "' is not valid.",
            .errors = {{std::string(field), code, std::move(detail)}}};
}

Refusal unknown_parameter(std::string_view name, std::span<std::string_view const> known) {
    std::string names;
    for (auto const one : known) names += (names.empty() ? "" : ", ") + std::string(one);
    auto const detail = "The parameter '" + std::string(name) + "' is unknown.";
    return {.code = "invalid_fields"_code,
            .detail = detail,
            .help = names.empty() ? "Send no parameters to this route."
                                  : "Use only these parameters: " + names + ".",
            .errors = {{std::string(name), "unknown_parameter"_code, detail}}};
}

} // namespace banjie::api
