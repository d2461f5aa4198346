#include "engine/views/inboxes.hpp"

#include "engine/limits.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

/// The text after `name` up to the next quote. Events are written by the engine: the names come in
/// a fixed order, and a quote within a text is escaped.
std::string_view text_after(std::string_view text, std::string_view name) {
    auto const at = text.find(name);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + name.size());
    return text.substr(0, text.find('"'));
}

/// The office at that level over the region: its code is the region's beginning.
std::string office_over(std::string_view region, Level level) {
    constexpr std::size_t digits[] = {9, 6, 4, 2}; // township, county, city, province
    return std::string(region.substr(0, digits[static_cast<std::size_t>(level)]));
}

std::vector<Address> addresses_of(std::string_view to, Instance const& instance) {
    auto const& facts = instance.facts;
    auto const region = facts.text("region");
    auto const level = workflows::level_named(facts.text("level")).value_or(Level::province);
    auto const one = [](std::string_view role, std::string_view code) {
        if (code.empty()) return std::vector<Address>();
        return std::vector<Address>{std::string(role) + ':' + std::string(code)};
    };
    if (to == "reporter") return one(to, facts.text("reporting_unit"));
    if (to == "lead_unit") return one("handler", facts.text("lead_unit"));
    if (to == "coordinator" || to == "screener") return one(to, office_over(region, level));
    std::vector<Address> all;
    if (to == "co_handlers")
        for (auto const& unit : facts.texts("co_handlers")) all.push_back("handler:" + unit);
    if (to == "visitor")
        for (auto const at : {Level::county, Level::city, Level::province})
            all.push_back("visitor:" + office_over(region, at));
    return all;
}

} // namespace

std::string_view kind_of(std::string_view event_text) {
    auto const type = text_after(event_text, R"("type":")");
    if (type != "ticked") return type;
    auto const states = event_text.find(R"("states":[")");
    if (states == std::string_view::npos) return type;
    return text_after(event_text.substr(states), R"(",")");
}

void Notifications::Inboxes::deliver(StreamEvent const& event, Instance const& instance,
                                     Policy const& policy) {
    auto const kind = kind_of(event.text);
    auto const actor = std::hash<std::string_view>()(text_after(event.text, R"("actor":")"));
    // A draft is for its reporting unit alone.
    bool const is_draft = event.seen_by.size() == 1 && !event.seen_by.front().ends_with('*');
    for (auto const& rule : policy.notify) {
        if (rule.event != kind) continue;
        for (auto const to : notified) {
            bool const is_named = std::find(rule.to.begin(), rule.to.end(), to) != rule.to.end();
            if (!is_named || (is_draft && to != "reporter")) continue;
            for (auto const& address : addresses_of(to, instance)) {
                auto& inbox = letters[address];
                inbox.push_back({event.seq, actor, to});
                if (inbox.size() > limits::inbox) inbox.pop_front();
            }
        }
    }
}

std::map<std::uint64_t, std::string_view, std::greater<>>
Notifications::Inboxes::of(Actor const& actor) const {
    std::map<std::uint64_t, std::string_view, std::greater<>> found;
    auto const me = std::hash<std::string_view>()(actor.user);
    auto const open = [&](Role role, std::string const& code) {
        if (!actor.has(role)) return;
        auto const inbox = letters.find(std::string(name_of(role)) + ':' + code);
        if (inbox == letters.end()) return;
        for (auto const& letter : inbox->second)
            if (letter.actor != me) found.emplace(letter.seq, letter.to);
    };
    open(Role::handler, actor.organisation);
    if (!actor.of_department) open(Role::reporter, actor.organisation);
    for (auto const role : {Role::coordinator, Role::screener, Role::visitor})
        open(role, actor.region);
    return found;
}

} // namespace banjie::engine
