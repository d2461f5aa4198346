#pragma once
// The collection of one workflow's instances in the API: "/api/v1/problems".

#include "engine/command.hpp"

#include <string>
#include <string_view>

namespace banjie::api {

class InstanceResource {
public:
    explicit InstanceResource(engine::Workflow const& workflow) : workflow_(workflow) {}

    [[nodiscard]] engine::Workflow const& workflow() const { return workflow_; }
    /// Returns the name of the collection: "problem" → "problems", "inspection_lead" →
    /// "inspection-leads".
    [[nodiscard]] std::string collection() const;
    /// Returns the instance's id from its segment in the path. If the workflow keys its instances
    /// by a number, the number suffices: "5" → "round-5".
    [[nodiscard]] std::string id_of(std::string_view segment) const;
    /// Returns the segment of an id; the inverse of `id_of`.
    [[nodiscard]] std::string segment_of(std::string_view id) const;
    [[nodiscard]] std::string location_of(std::string_view id) const;
    /// Returns the public command that creates an instance, or nullptr if only consequences create
    /// one.
    [[nodiscard]] engine::CommandInfo const* creating() const;
    /// Returns the public command of that name that does not create, or nullptr.
    [[nodiscard]] engine::CommandInfo const* command(std::string_view name) const;
    /// Returns the public command that edits an instance: it keeps the state, and its fields are
    /// some of the creating command's, none of them required. Returns nullptr if there is none.
    [[nodiscard]] engine::CommandInfo const* editing() const;
    /// Returns the id for a new instance; if empty, the engine makes one.
    [[nodiscard]] std::string new_id(engine::Fields const& fields) const;

private:
    /// Returns "round-" for a workflow that keys its instances by a number, else an empty text.
    [[nodiscard]] std::string prefix() const;
    engine::Workflow const& workflow_;
};

} // namespace banjie::api
