#pragma once
// The workflows in force, in order of registration. The engine and the API take workflows only from
// the rulebook, so that a test can add one.

#include "engine/command.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// A workflow with the data that the index needs of it.
struct IndexedWorkflow {
    IndexedWorkflow(Workflow const& the_workflow);

    Workflow const* workflow;
    /// Fingerprint of the workflow's facets: differs if a facet differs in name, fact, kind or
    /// position. Entries made under another declaration are built again at the next start.
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
    /// Returns the workflow with the data of the index, or nullptr.
    [[nodiscard]] IndexedWorkflow const* indexed(std::string_view name) const {
        for (auto const& one : all_)
            if (one.workflow->name() == name) return &one;
        return nullptr;
    }
    /// Returns the default workflow of statistics.
    [[nodiscard]] Workflow const& first() const { return *all_.front().workflow; }

    [[nodiscard]] auto begin() const { return all_.begin(); }
    [[nodiscard]] auto end() const { return all_.end(); }
    [[nodiscard]] std::size_t size() const { return all_.size(); }

private:
    std::vector<IndexedWorkflow> all_;
};

} // namespace banjie::engine
