#pragma once
// The codes that the rules refuse with: those shared by all workflows, and each workflow's own.

#include "workflows/contract/refusal_code.hpp"

#include <span>
#include <vector>

namespace banjie::workflows {

struct CodeTable {
    std::string_view owner; // a workflow's name, or "" for the codes that all workflows share
    std::span<CodeEntry const> codes;
};

/// Returns the table that all workflows share, and then one for each workflow with codes.
[[nodiscard]] std::vector<CodeTable> code_tables();

} // namespace banjie::workflows
