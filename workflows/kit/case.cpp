#include "workflows/contract/limits.hpp"
#include "workflows/kit/table.hpp"

namespace banjie::workflows::kit {

Refusal Case::refuse(std::string code, std::string reason, std::string help) const {
    std::string detail;
    detail.reserve(160); // guards refuse on the way to a decision, so this must be quick
    detail.append("Expected to ").append(command);
    std::replace(detail.begin(), detail.end(), '_', ' ');
    detail += ' ' + instance.workflow;
    if (!instance.id.empty() && instance.version > 0) detail += " '" + instance.id + "'";
    detail += ", but " + std::move(reason) + ".";
    return {RefusalKind::not_permitted, std::move(code), std::move(detail), std::move(help)};
}

Refusal Case::refuse_field(std::string field, std::string code, std::string reason,
                           std::string help) const {
    auto refusal = refuse(code, reason, std::move(help));
    refusal.kind = RefusalKind::invalid;
    refusal.errors.push_back({std::move(field), std::move(code), std::move(reason)});
    return refusal;
}

std::optional<Refusal> Case::refuse_far_times(Fields const& fields) const {
    constexpr std::chrono::years most{limits::years_from_now};
    for (auto const& [field, value] : fields) {
        auto const* time = std::get_if<Time>(&value);
        if (!time || (*time >= context.now - most && *time <= context.now + most)) continue;
        std::string name{std::string_view(field)};
        return refuse_field(name, "time_too_far",
                            "'" + name + "' lies more than " + std::to_string(most.count()) +
                                " years away",
                            "Look at the year.");
    }
    return std::nullopt;
}

Value const* Effect::fact(FieldName const& name) const {
    auto const* changed = changes.find(name);
    auto const* value = changed ? changed : before.facts.find(name);
    return value && std::holds_alternative<std::monostate>(*value) ? nullptr : value;
}

std::optional<Time> Effect::time(FieldName const& name) const {
    auto const* value = fact(name);
    return value ? std::optional(std::get<Time>(*value)) : std::nullopt;
}

void Effect::keep(FieldName const& field) const {
    if (auto const* value = fields.find(field)) changes.set(field, *value);
}

void Effect::count(FieldName const& name) const {
    auto const* value = fact(name);
    changes.set(name, (value ? std::get<std::int64_t>(*value) : 0) + 1);
}

void Effect::add(FieldName const& name, std::string text) const {
    auto const* value = fact(name);
    Texts all = value ? std::get<Texts>(*value) : Texts{};
    if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(std::move(text));
    changes.set(name, std::move(all));
}

void Effect::demand(std::string workflow, std::string instance, std::string command,
                    Fields given) const {
    consequences.push_back(
        {std::move(workflow), std::move(instance), std::move(command), std::move(given)});
}

} // namespace banjie::workflows::kit
