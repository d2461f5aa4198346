#include "workflows/kit/derived.hpp"

namespace banjie::workflows::kit {

std::string mermaid_of(std::span<StateInfo const> states, std::span<RowInfo const> rows) {
    std::string text = "stateDiagram-v2\n";
    auto const is_main = [&](std::string_view name) {
        return std::any_of(states.begin(), states.end(), [&](StateInfo const& state) {
            return state.name == name && state.region == 0;
        });
    };
    for (auto const& row : rows) {
        if (!is_main(row.source) || row.source == row.target) continue;
        text += "  " + (row.source == New::name ? "[*]" : std::string(row.source)) + " --> " +
                std::string(row.target) + " : " + std::string(row.command) + "\n";
    }
    for (auto const& state : states)
        if (state.region == 0 && state.final) text += "  " + std::string(state.name) + " --> [*]\n";
    return text;
}

} // namespace banjie::workflows::kit
