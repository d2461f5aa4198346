#include "workflows/contract/form.hpp"

#include "workflows/contract/limits.hpp"
#include "workflows/contract/refusal_codes.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace banjie::workflows {

namespace {

constexpr std::array<std::string_view, 14> kind_names{
    "text",     "long_text", "texts", "boolean", "integer",  "time",      "choice",
    "category", "region",    "unit",  "units",   "instance", "instances", "personal"};

std::int64_t characters_of(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    });
}

bool is_list(FieldKind kind) {
    return kind == FieldKind::texts || kind == FieldKind::units || kind == FieldKind::instances;
}

std::int64_t maximum_of(FieldSpec const& spec) {
    if (spec.maximum != 0) return spec.maximum;
    switch (spec.kind) {
    case FieldKind::long_text:
        return limits::long_text_characters;
    case FieldKind::integer:
        return limits::integer_maximum;
    case FieldKind::text:
    case FieldKind::texts:
        return limits::text_characters;
    case FieldKind::personal:
        return limits::personal_characters;
    default:
        return limits::code_characters;
    }
}

FieldError error(FieldSpec const& spec, RefusalCode code, std::string detail) {
    return {std::string(spec.name), code, std::move(detail)};
}

std::optional<FieldError> check_text(FieldSpec const& spec, std::string const& text) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return error(spec, "required"_code, "The text is blank.");
    auto const maximum = maximum_of(spec);
    if (characters_of(text) > maximum)
        return error(spec, "too_long"_code,
                     "The text has " + std::to_string(characters_of(text)) +
                         " characters. At most " + std::to_string(maximum) + " are allowed.");
    return std::nullopt;
}

std::optional<FieldError> check_list(FieldSpec const& spec, Texts const& texts) {
    if (spec.required && texts.empty()) return error(spec, "required"_code, "The list is empty.");
    if (texts.size() > limits::list_entries)
        return error(spec, "too_many"_code,
                     "The list has " + std::to_string(texts.size()) + " entries. At most " +
                         std::to_string(limits::list_entries) + " are allowed.");
    for (auto const& text : texts) {
        if (auto wrong = check_text(spec, text)) return wrong;
        if (spec.kind != FieldKind::texts && std::count(texts.begin(), texts.end(), text) > 1)
            return error(spec, "repeated"_code, "The list names '" + text + "' twice.");
    }
    return std::nullopt;
}

std::optional<FieldError> check_type(FieldSpec const& spec, Value const& value) {
    auto const wrong = [&] {
        return error(spec, "wrong_type"_code, "The value is not of the field's type.");
    };
    switch (spec.kind) {
    case FieldKind::boolean:
        return std::holds_alternative<bool>(value) ? std::nullopt : std::optional(wrong());
    case FieldKind::time:
        return std::holds_alternative<Time>(value) ? std::nullopt : std::optional(wrong());
    case FieldKind::integer: {
        auto const* number = std::get_if<std::int64_t>(&value);
        if (number == nullptr) return wrong();
        if (*number < 0 || *number > maximum_of(spec))
            return error(spec, "out_of_range"_code,
                         "The number is " + std::to_string(*number) + ". It must be from 0 to " +
                             std::to_string(maximum_of(spec)) + ".");
        return std::nullopt;
    }
    default:
        break;
    }
    if (is_list(spec.kind)) {
        auto const* texts = std::get_if<Texts>(&value);
        return texts ? check_list(spec, *texts) : wrong();
    }
    auto const* text = std::get_if<std::string>(&value);
    if (text == nullptr) return wrong();
    if (auto bad = check_text(spec, *text)) return bad;
    if (spec.kind == FieldKind::choice &&
        std::find(spec.choices.begin(), spec.choices.end(), *text) == spec.choices.end()) {
        std::string all;
        for (auto const choice : spec.choices)
            all += (all.empty() ? "" : ", ") + std::string(choice);
        return error(spec, "unknown_choice"_code, "'" + *text + "' is not one of: " + all + ".");
    }
    return std::nullopt;
}

} // namespace

std::string_view name_of(FieldKind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

std::vector<FieldError> check_fields(std::span<FieldSpec const> form, Fields const& fields) {
    std::vector<FieldError> errors;
    for (auto const& spec : form) {
        if (errors.size() == limits::field_errors) return errors;
        auto const* value = fields.find(spec.name);
        if (value == nullptr || std::holds_alternative<std::monostate>(*value)) {
            if (spec.required)
                errors.push_back(error(spec, "required"_code, "The field is missing."));
        } else if (auto wrong = check_type(spec, *value)) {
            errors.push_back(std::move(*wrong));
        }
    }
    for (auto const& [name, value] : fields) {
        if (errors.size() == limits::field_errors) return errors;
        if (std::none_of(form.begin(), form.end(),
                         [&](FieldSpec const& spec) { return spec.name == name; }))
            errors.push_back({std::string(name), "unknown_field"_code,
                              "The form has no field '" + std::string(name) + "'."});
    }
    return errors;
}

} // namespace banjie::workflows
