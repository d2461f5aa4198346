#include "api/shown/instance_resource.hpp"

#include <algorithm>

namespace banjie::api {

namespace {

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string InstanceResource::collection() const {
    std::string name(workflow_.name());
    std::replace(name.begin(), name.end(), '_', '-');
    return name + "s";
}

std::string InstanceResource::prefix() const {
    if (workflow_.numbering().key_fact.empty()) return {};
    return std::string(workflow_.name()) + "-";
}

std::string InstanceResource::id_of(std::string_view segment) const {
    return (is_number(segment) ? prefix() : std::string()) + std::string(segment);
}

std::string InstanceResource::segment_of(std::string_view id) const {
    auto const begins = prefix();
    return std::string(id.starts_with(begins) ? id.substr(begins.size()) : id);
}

std::string InstanceResource::location_of(std::string_view id) const {
    return "/api/v1/" + collection() + "/" + segment_of(id);
}

engine::CommandInfo const* InstanceResource::creating() const {
    for (auto const& command : workflow_.commands()) {
        if (command.creates && !command.internal) return &command;
    }
    return nullptr;
}

engine::CommandInfo const* InstanceResource::command(std::string_view name) const {
    auto const* found = workflow_.command(name);
    return found == nullptr || found->internal || found->creates ? nullptr : found;
}

engine::CommandInfo const* InstanceResource::editing() const {
    auto const* const created_by = creating();
    if (created_by == nullptr) return nullptr;
    auto const is_optional_fact = [created_by](auto const& field) {
        auto const& form = created_by->form;
        return !field.required && std::any_of(form.begin(), form.end(), [&field](auto const& one) {
            return one.name == field.name && one.kind == field.kind;
        });
    };
    auto const keeps_the_state = [this](auto const& command) {
        auto const rows = workflow_.rows();
        return std::all_of(rows.begin(), rows.end(), [&command](auto const& row) {
            return row.command != command.name || row.source == row.target;
        });
    };
    for (auto const& command : workflow_.commands()) {
        bool const is_public = !command.creates && !command.internal && !command.form.empty();
        if (is_public && keeps_the_state(command) &&
            std::all_of(command.form.begin(), command.form.end(), is_optional_fact))
            return &command;
    }
    return nullptr;
}

std::string InstanceResource::new_id(engine::Fields const& fields) const {
    auto const fact = workflow_.numbering().key_fact;
    auto const* number = fact.empty() ? nullptr : fields.find(fact);
    if (number == nullptr || !std::holds_alternative<std::int64_t>(*number)) return {};
    return prefix() + std::to_string(std::get<std::int64_t>(*number));
}

} // namespace banjie::api
