#include "engine/text/read_fields.hpp"

#include "engine/refusal_codes.hpp"
#include "engine/text/json_text.hpp"
#include "engine/text/time_text.hpp"
#include "workflows/contract/limits.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace banjie::engine {

using nlohmann::json;

namespace {

/// Returns the expected form of a value of that kind, for error messages.
std::string_view form_of(FieldKind kind) {
    switch (kind) {
    case FieldKind::texts:
        return "a list of texts";
    case FieldKind::units:
        return "a list of codes";
    case FieldKind::instances:
        return "a list of ids";
    case FieldKind::boolean:
        return "true or false";
    case FieldKind::integer:
        return "a whole number";
    case FieldKind::time:
        return "a time like 2026-11-24T09:30:00+08:00";
    case FieldKind::text:
    case FieldKind::long_text:
    case FieldKind::choice:
    case FieldKind::category:
    case FieldKind::region:
    case FieldKind::unit:
    case FieldKind::instance:
    case FieldKind::personal:
        return "a text";
    }
    return "something else";
}

std::optional<Value> integer_of(json const& value) {
    if (!value.is_number_integer()) return std::nullopt;
    constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
    if (value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(greatest))
        return std::nullopt;
    return value.get<std::int64_t>();
}

std::optional<Value> texts_of(json const& value) {
    if (!value.is_array()) return std::nullopt;
    Texts texts;
    texts.reserve(value.size());
    for (json const& element : value) {
        if (!element.is_string()) return std::nullopt;
        texts.push_back(element.get<std::string>());
    }
    return texts;
}

std::optional<Value> time_value_of(json const& value) {
    if (!value.is_string()) return std::nullopt;
    auto const time = time_of(value.get_ref<std::string const&>());
    if (!time) return std::nullopt;
    return *time;
}

std::optional<Value> value_of(FieldKind kind, json const& value) {
    switch (kind) {
    case FieldKind::texts:
    case FieldKind::units:
    case FieldKind::instances:
        return texts_of(value);
    case FieldKind::boolean:
        if (!value.is_boolean()) return std::nullopt;
        return value.get<bool>();
    case FieldKind::integer:
        return integer_of(value);
    case FieldKind::time:
        return time_value_of(value);
    default:
        if (!value.is_string()) return std::nullopt;
        return value.get<std::string>();
    }
}

Refusal refusal_of(std::vector<FieldError> errors) {
    bool const more = errors.size() == workflows::limits::field_errors;
    std::string const count = (more ? "at least " : "") + std::to_string(errors.size());
    return {"invalid_fields"_code, "The command has fields that are not valid: " + count + ".",
            "Correct the fields listed in \"errors\".", std::move(errors)};
}

} // namespace

Outcome<Fields> read_fields(json const& object, std::span<FieldSpec const> form) {
    if (!object.is_object())
        return Refusal{"not_an_object"_code,
                       "The fields are not one JSON object; their type is " +
                           std::string(object.type_name()) + ".",
                       "Send {} if there are no fields."};
    Fields fields;
    std::vector<FieldError> errors;
    for (auto const& [name, value] : object.items()) {
        if (errors.size() == workflows::limits::field_errors) break;
        auto const spec = std::find_if(form.begin(), form.end(),
                                       [&name](FieldSpec const& one) { return one.name == name; });
        if (spec == form.end()) {
            errors.push_back({name, "unknown_field"_code, "The form has no such field."});
            continue;
        }
        auto read = value_of(spec->kind, value);
        if (read)
            fields.set(name, std::move(*read));
        else
            errors.push_back({name, "wrong_type"_code,
                              "The value is not " + std::string(form_of(spec->kind)) + "."});
    }
    if (!errors.empty()) return refusal_of(std::move(errors));
    return fields;
}

} // namespace banjie::engine
