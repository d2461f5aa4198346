#include "api/request/refusal_catalogue.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/request/refusal_document.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace banjie::api {

namespace {

int status_of(CodeEntry const& code) {
    if (code.status != 0) return code.status;
    return code.kind ? api::status_of(*code.kind) : 0;
}

} // namespace

std::vector<CatalogueEntry> refusal_catalogue() {
    std::vector<CatalogueEntry> catalogue;
    auto const add = [&](std::string_view owner, std::span<CodeEntry const> codes) {
        for (auto const& code : codes) catalogue.push_back({owner, code, status_of(code)});
    };
    auto const add_at_start = [&](std::string_view owner, std::span<CodeEntry const> codes) {
        for (auto const& code : codes) catalogue.push_back({owner, code, 0, true});
    };
    for (auto const& [workflow, codes] : engine::code_tables())
        add(workflow.empty() ? "workflows" : workflow, codes);
    add("engine", engine::engine_codes);
    add_at_start("engine", engine::engine_start_codes);
    add("api", door_codes);
    add_at_start("api", door_start_codes);
    std::ranges::sort(catalogue, {}, [](CatalogueEntry const& entry) {
        return std::tuple(entry.owner, entry.code.name);
    });
    return catalogue;
}

} // namespace banjie::api
