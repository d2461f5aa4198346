#pragma once
// The catalogue of refusal codes: the tables of all parts of the program together.

#include "engine/refusal_codes.hpp"

#include <string_view>
#include <vector>

namespace banjie::api {

struct CatalogueEntry {
    /// Origin of the code: "api", "engine", "workflows" for the codes that all workflows share, or
    /// the name of one workflow.
    std::string_view owner;
    engine::CodeEntry code;
    int status = 0; // HTTP; 0 for a code that occurs only in `errors`, and for refusals to start
    bool at_start = false; // a refusal to start: written to the terminal, never sent to a caller
};

/// Returns all codes, sorted by owner and within it by name.
[[nodiscard]] std::vector<CatalogueEntry> refusal_catalogue();

} // namespace banjie::api
