#pragma once
// The fields of a command, described once for the JSON form, its checks and its reference page.

#include "workflows/contract/refusal.hpp"
#include "workflows/contract/value.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace banjie::workflows {

enum class FieldKind : std::uint8_t {
    text,      // one line
    long_text, // several lines
    texts,     // list of texts, at least one when required
    boolean,
    integer,
    time,      // RFC 3339 with offset in JSON
    choice,    // one of `choices`
    category,  // one of the policy's vocabulary "category"
    region,    // code of a region
    unit,      // code of an organisation that handles
    units,     // list of such codes, no code twice
    instance,  // id of an instance
    instances, // list of ids, no id twice
    personal,  // one line about a person: kept beside the event, under a key of its instance
};

/// How a personal value is masked.
enum class MaskedAs : std::uint8_t {
    other,     // ***
    name,      // 张**
    telephone, // 138****0000
    identity,  // 3****************4
};

[[nodiscard]] std::string_view name_of(FieldKind kind);

struct FieldSpec {
    std::string_view name;
    FieldKind kind = FieldKind::text;
    bool required = false;
    std::span<std::string_view const> choices{};
    /// Maximum number of Unicode characters of one text, or greatest integer. 0 means the kind's
    /// bound (text 200, long_text 5,000, personal 100, code or id 64).
    std::int64_t maximum = 0;
    std::string_view workflow{};          // for instance and instances: whose ids it holds
    MaskedAs masked_as = MaskedAs::other; // for personal
};

/// Returns an error for each required field that is absent, and for each field that is unknown, of
/// the wrong type or out of bounds. Errors are in the form's order, unknown names last, and at most
/// `limits::field_errors`.
[[nodiscard]] std::vector<FieldError> check_fields(std::span<FieldSpec const> form,
                                                   Fields const& fields);

} // namespace banjie::workflows
