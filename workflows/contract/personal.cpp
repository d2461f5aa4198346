#include "workflows/contract/personal.hpp"

#include <algorithm>
#include <vector>

namespace banjie::workflows {

namespace {

constexpr std::string_view hidden = "***";

/// Returns where each character begins, and the end.
std::vector<std::size_t> places_of(std::string_view text) {
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) places.push_back(at);
    places.push_back(text.size());
    return places;
}

/// Shows so many characters at the beginning and at the end.
std::string with_ends(std::string_view text, std::size_t front, std::string_view stars,
                      std::size_t back) {
    auto const places = places_of(text);
    auto const count = places.size() - 1;
    return std::string(text.substr(0, places[front])) + std::string(stars) +
           std::string(text.substr(places[count - back]));
}

} // namespace

std::string masked(std::string_view text, MaskedAs how) {
    auto const count = places_of(text).size() - 1;
    switch (how) {
    case MaskedAs::name:
        return count < 2 ? std::string(hidden) : with_ends(text, 1, "**", 0);
    case MaskedAs::telephone:
        if (count < 7) return std::string(hidden);
        return with_ends(text, 3, "****", std::min<std::size_t>(count - 7, 4));
    case MaskedAs::identity:
        if (count < 8) return std::string(hidden);
        return with_ends(text, 1, "****************", 1);
    case MaskedAs::other:
        break;
    }
    return std::string(hidden);
}

std::string shown(std::string_view stored, MaskedAs how) {
    return stored == erased_text ? std::string(stored) : masked(stored, how);
}

} // namespace banjie::workflows
