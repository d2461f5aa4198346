#include "tests/workflows/pinned.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

namespace banjie::workflows::testing {

namespace {

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    std::string section; // so that a line says where it stands
    std::istringstream input(text);
    for (std::string line; std::getline(input, line);) {
        if (line.empty()) continue;
        if (line.starts_with('[')) section = line + " ";
        lines.push_back(line.starts_with('[') ? line : section + line);
    }
    return lines;
}

std::string difference(std::string const& pinned, std::string const& actual) {
    auto const old_lines = lines_of(pinned);
    auto const new_lines = lines_of(actual);
    std::set<std::string> const before(old_lines.begin(), old_lines.end());
    std::set<std::string> const after(new_lines.begin(), new_lines.end());
    std::string text;
    for (auto const& line : old_lines)
        if (!after.contains(line)) text += "- " + line + "\n";
    for (auto const& line : new_lines)
        if (!before.contains(line)) text += "+ " + line + "\n";
    return text.empty() ? "(the same lines in another order)\n" : text;
}

} // namespace

void check_pinned(std::string_view path, std::string const& text) {
    std::string const file = std::string(BANJIE_SOURCE_DIRECTORY "/tests/workflows/").append(path);
    char const* pin = std::getenv("BANJIE_PIN");
    if (pin != nullptr && std::string_view(pin) == "1") {
        std::ofstream(file, std::ios::binary) << text;
        MESSAGE("pinned ", file);
        return;
    }
    std::ifstream input(file, std::ios::binary);
    REQUIRE_MESSAGE(input.good(), "Expected the pinned file ", file, "; BANJIE_PIN=1 writes it");
    std::ostringstream pinned;
    pinned << input.rdbuf();
    CHECK_MESSAGE(pinned.str() == text, path, " differs; BANJIE_PIN=1 accepts it:\n",
                  difference(pinned.str(), text));
}

} // namespace banjie::workflows::testing
