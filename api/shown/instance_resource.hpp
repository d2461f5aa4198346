#pragma once
// The collection of one workflow's instances as the API names them: "/api/v1/problems".

#include "engine/command.hpp"

#include <string>
#include <string_view>

namespace banjie::api {

class InstanceResource {
public:
    explicit InstanceResource(engine::Workflow const& workflow) : workflow_(workflow) {}

    [[nodiscard]] engine::Workflow const& workflow() const { return workflow_; }
    /// "problem" → "problems", "inspection_lead" → "inspection-leads".
    [[nodiscard]] std::string collection() const;
    /// The instance's id from its place in the path. Where the workflow keys its instances by a
    /// number, that number is enough: "5" → "round-5".
    [[nodiscard]] std::string id_of(std::string_view segment) const;
    /// The other way round.
    [[nodiscard]] std::string segment_of(std::string_view id) const;
    [[nodiscard]] std::string location_of(std::string_view id) const;
    /// The public command that creates one; nullptr when only consequences do.
    [[nodiscard]] engine::CommandInfo const* creating() const;
    /// A public command that does not create; nullptr when there is none of that name.
    [[nodiscard]] engine::CommandInfo const* command(std::string_view name) const;
    /// The public command that edits an instance where it is: it keeps the state, and its fields
    /// are some of the creating command's, none of them required. nullptr when there is none.
    [[nodiscard]] engine::CommandInfo const* editing() const;
    /// The id that a new one shall have; empty: the engine makes one.
    [[nodiscard]] std::string new_id(engine::Fields const& fields) const;

private:
    /// "round-" for a workflow that keys its instances by a number; else empty.
    [[nodiscard]] std::string prefix() const;
    engine::Workflow const& workflow_;
};

} // namespace banjie::api
