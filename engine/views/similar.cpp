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

/// Returns the bigrams of a title, sorted. For a title of one character, returns that character.
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

std::string_view region_tag(Workflow const& workflow) {
    for (auto const& tag : workflow.facets().tags)
        if (tag.kind == FieldKind::region) return tag.name;
    return {};
}

/// Returns the states to search: unfinished ones, and final ones that an instance can still leave.
Texts states_looked_at(Workflow const& workflow) {
    auto const rows = workflow.rows();
    Texts states;
    for (auto const& state : workflow.states()) {
        bool const is_left = std::any_of(rows.begin(), rows.end(), [&state](auto const& row) {
            return row.source == state.name && row.target != row.source;
        });
        bool const is_looked_at = is_left && state.name != "new" && !state.is_private;
        if (state.region == 0 && is_looked_at) states.emplace_back(state.name);
    }
    return states;
}

bool is_finished(Workflow const& workflow, Instance const& instance) {
    auto const* const state = workflow.state(instance.state());
    return state != nullptr && state->final;
}

/// Returns the county of a region. Returns any other text as it is; no region lies in it.
std::string county_of(std::string_view code) {
    auto const region = Region::from(code);
    return std::string(region ? region->office_at(Level::county).code() : code);
}

Similar told_of(Workflow const& workflow, Instance const& instance, std::string_view region_tag,
                bool is_seen, double similarity) {
    auto const region = instance.facts.text(region_tag);
    Similar told{.title = std::string(instance.facts.text(workflow.title_fact())),
                 .region = std::string(region),
                 .similarity = similarity};
    if (is_seen) {
        told.id = instance.id;
        told.state = instance.state();
    } else {
        told.ask = county_of(region);
    }
    return told;
}

} // namespace

double similarity(std::string_view one, std::string_view other) {
    return dice(bigrams_of(one), bigrams_of(other));
}

Outcome<std::vector<Similar>> similar_instances(InstanceIndex const& index, Engine& engine,
                                                Workflow const& workflow, Actor const& actor,
                                                std::string_view title, std::string_view region,
                                                Time now) {
    auto const own = county_of(actor.region);
    auto const asked = county_of(region);
    bool const hears_of_neighbours = !actor.of_department && actor.level == Level::township;
    auto const reader = hears_of_neighbours ? workflows::system_actor() : actor;
    auto const wanted = bigrams_of(title);
    std::string const tag(region_tag(workflow));
    std::vector<Similar> found;
    if (tag.empty()) return found;
    ListQuery query;
    query.workflow = workflow.name();
    query.state = states_looked_at(workflow);
    query.where[tag] = {asked.starts_with(own) ? asked : own};
    query.sort = Sort::updated;
    query.limit = limits::list_page;
    for (std::size_t seen = 0; seen < limits::similar_candidates;) {
        auto const page = index.list(reader, query);
        if (!page) return page.error();
        auto const instances = engine.find_all(reader, page->ids);
        if (!instances) return instances.error();
        for (auto const& instance : *instances) {
            if (is_finished(workflow, *instance) && instance->updated_at < now - lately) continue;
            auto const other = instance->facts.text(workflow.title_fact());
            double const like = dice(wanted, bigrams_of(other));
            if (like < least_similarity) continue;
            bool const is_seen = may_see(actor, workflow, *instance);
            found.push_back(told_of(workflow, *instance, tag, is_seen, like));
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
