#pragma once
// The workflows in force, in the order in which they were registered. Everything in the engine and
// in the API takes them from the rulebook, so that a test can add one.

#include "engine/command.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// A workflow as the index knows it.
struct IndexedWorkflow {
    IndexedWorkflow(Workflow const& the_workflow);

    Workflow const* workflow;
    /// Differs when the workflow's declared facets differ in a name, fact, kind or position:
    /// entries that were made under another declaration are made again at the next start.
    std::uint32_t declaration;
};

class Workflows {
public:
    void add(Workflow const& workflow) { all_.emplace_back(workflow); }

    /// Returns nullptr if there is none of that name.
    [[nodiscard]] Workflow const* find(std::string_view name) const {
        auto const* const found = indexed(name);
        return found == nullptr ? nullptr : found->workflow;
    }
    /// Returns the same with what the index knows of it.
    [[nodiscard]] IndexedWorkflow const* indexed(std::string_view name) const {
        for (auto const& one : all_)
            if (one.workflow->name() == name) return &one;
        return nullptr;
    }
    /// The one that figures are of when none is named.
    [[nodiscard]] Workflow const& first() const { return *all_.front().workflow; }

    [[nodiscard]] auto begin() const { return all_.begin(); }
    [[nodiscard]] auto end() const { return all_.end(); }
    [[nodiscard]] std::size_t size() const { return all_.size(); }

private:
    std::vector<IndexedWorkflow> all_;
};

} // namespace banjie::engine
