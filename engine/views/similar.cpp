#include "engine/views/similar.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/text/characters.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

constexpr double least_similarity = 0.3;
constexpr std::chrono::hours lately{24 * 90};

bool is_letter(std::string_view character) {
    auto const first = static_cast<unsigned char>(character.front());
    if (first >= 0x80)
        return !character.starts_with("\xe3\x80") && !character.starts_with("\xef\xbc");
    return (first >= '0' && first <= '9') || (first >= 'a' && first <= 'z');
}

/// Sorted; of a title of one character, that character.
std::vector<std::string> bigrams_of(std::string_view title) {
    auto const text = in_small_letters(title);
    std::vector<std::string> characters;
    for (std::size_t at = 0; at < text.size();) {
        auto end = at + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) ++end;
        auto const character = std::string_view(text).substr(at, end - at);
        if (is_letter(character)) characters.emplace_back(character);
        at = end;
    }
    if (characters.size() < 2) return characters;
    for (std::size_t i = 0; i + 1 < characters.size(); ++i) characters[i] += characters[i + 1];
    characters.pop_back();
    std::sort(characters.begin(), characters.end());
    return characters;
}

double dice(std::vector<std::string> const& one, std::vector<std::string> const& other) {
    if (one.empty() || other.empty()) return 0;
    std::vector<std::string> common;
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                          std::back_inserter(common));
    return 2.0 * static_cast<double>(common.size()) /
           static_cast<double>(one.size() + other.size());
}

/// Every state in which a problem is in hand, and closed.
Texts states_looked_at() {
    Texts states{"closed"};
    for (auto const& state : find_workflow("problem")->states())
        if (state.region == 0 && !state.final && state.name != "new" && state.name != "draft")
            states.emplace_back(state.name);
    return states;
}

std::string_view county_of(std::string_view region) {
    constexpr std::size_t county_digits = 6;
    return region.substr(0, county_digits);
}

Similar told_of(Instance const& problem, bool is_seen, double similarity) {
    auto const region = problem.facts.text("region");
    Similar told{.title = std::string(problem.facts.text("title")),
                 .region = std::string(region),
                 .similarity = similarity};
    if (is_seen) {
        told.id = problem.id;
        told.state = problem.state();
    } else {
        told.ask = county_of(region);
    }
    return told;
}

} // namespace

double similarity(std::string_view one, std::string_view other) {
    return dice(bigrams_of(one), bigrams_of(other));
}

Outcome<std::vector<Similar>> similar_problems(InstanceIndex const& index, Engine& engine,
                                               Actor const& actor, std::string_view title,
                                               std::string_view region, Time now) {
    auto const own = county_of(actor.region);
    auto const asked = county_of(region);
    bool const hears_of_neighbours = !actor.of_department && actor.level == Level::township;
    auto const reader = hears_of_neighbours ? workflows::system_actor() : actor;
    auto const wanted = bigrams_of(title);
    ListQuery query;
    query.state = states_looked_at();
    query.region = asked.starts_with(own) ? asked : own;
    query.sort = Sort::updated;
    query.limit = limits::list_page;
    std::vector<Similar> found;
    for (std::size_t seen = 0; seen < limits::similar_candidates;) {
        auto const page = index.list(reader, query);
        if (!page) return page.error();
        auto const problems = engine.find_all(reader, page->ids);
        if (!problems) return problems.error();
        for (auto const& problem : *problems) {
            if (problem->state() == "closed" && problem->updated_at < now - lately) continue;
            auto const other = problem->facts.text("title");
            double const like = dice(wanted, bigrams_of(other));
            if (like < least_similarity) continue;
            found.push_back(told_of(*problem, may_see(actor, *problem), like));
        }
        seen += page->ids.size();
        if (page->next_cursor.empty()) break;
        query.cursor = page->next_cursor;
    }
    std::stable_sort(found.begin(), found.end(),
                     [](auto const& a, auto const& b) { return a.similarity > b.similarity; });
    if (found.size() > limits::similar_shown) found.resize(limits::similar_shown);
    return found;
}

} // namespace banjie::engine
