#include "api/shown/instance_resource.hpp"

#include <algorithm>

namespace banjie::api {

namespace {

// Rounds are numbered by the province; everything else gets an id from the engine.
constexpr std::string_view numbered = "round";
constexpr std::string_view numbered_prefix = "round-";

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

std::string InstanceResource::id_of(std::string_view segment) const {
    bool const by_number = workflow_.name() == numbered && is_number(segment);
    return (by_number ? std::string(numbered_prefix) : std::string()) + std::string(segment);
}

std::string InstanceResource::segment_of(std::string_view id) const {
    bool const by_number = workflow_.name() == numbered && id.starts_with(numbered_prefix);
    return std::string(by_number ? id.substr(numbered_prefix.size()) : id);
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

std::string InstanceResource::new_id(engine::Fields const& fields) const {
    auto const* number = fields.find("number");
    bool const by_number = workflow_.name() == numbered && number != nullptr &&
                           std::holds_alternative<std::int64_t>(*number);
    if (!by_number) return {};
    return std::string(numbered_prefix) + std::to_string(std::get<std::int64_t>(*number));
}

} // namespace banjie::api
