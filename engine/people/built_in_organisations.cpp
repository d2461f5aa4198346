#include "engine/people/built_in_organisations.hpp"

#include "engine/command.hpp"
#include "engine/embedded.hpp"
#include "engine/invariant.hpp"

#include <nlohmann/json.hpp>

namespace banjie::engine {

using nlohmann::json;

namespace {

/// Returns the entry of "departments" for a region; empty if the region has none.
std::string_view level_with_departments(std::string const& code) {
    auto const region = Region::from(code);
    if (!region || region->level() == Level::township) return {};
    return name_of(region->level());
}

} // namespace

std::string built_in_organisations() {
    auto const file = embedded_file("engine/data/organisations.json");
    if (!file) broken("the built-in organisations are absent");
    json const data = json::parse(*file);
    json list = json::array();
    for (json const& region : data.at("organisations")) {
        auto const code = region.at("code").get<std::string>();
        auto const name = region.at("name").get<std::string>();
        list.push_back({{"code", code}, {"name", name}});
        auto const level = level_with_departments(code);
        if (level.empty()) continue;
        for (json const& department : data.at("departments").at(level)) {
            auto const own = department.at("name").get<std::string>();
            list.push_back({{"code", code + "-" + department.at("slug").get<std::string>()},
                            {"name", level == "province" ? own : name + own}});
        }
    }
    return list.dump();
}

} // namespace banjie::engine
