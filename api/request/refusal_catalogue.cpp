#include "api/request/refusal_catalogue.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/request/refusal_document.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace banjie::api {

std::vector<CatalogueEntry> refusal_catalogue() {
    std::vector<CatalogueEntry> catalogue;
    auto const add = [&](std::string_view owner, std::span<RefusalCode const> codes) {
        for (auto const& code : codes)
            catalogue.push_back({owner, code, code.kind ? status_of(*code.kind) : 0});
    };
    auto const add_at_start = [&](std::string_view owner, std::span<RefusalCode const> codes) {
        for (auto const& code : codes) catalogue.push_back({owner, code, 0, true});
    };
    for (auto const& [workflow, codes] : engine::code_tables())
        add(workflow.empty() ? "workflows" : workflow, codes);
    add("engine", engine::engine_codes);
    add_at_start("engine", engine::engine_start_codes);
    add("api", door_codes);
    for (auto const& [code, status] : http_codes) catalogue.push_back({"api", code, status});
    add_at_start("api", door_start_codes);
    std::ranges::sort(catalogue, {}, [](CatalogueEntry const& entry) {
        return std::tuple(entry.owner, entry.code.name);
    });
    return catalogue;
}

} // namespace banjie::api
