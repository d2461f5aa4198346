#include "engine/views/inboxes.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

/// Returns the text after `name` up to the next quote. Events are written by the engine: names come
/// in a fixed order, and quotes within texts are escaped.
std::string_view text_after(std::string_view text, std::string_view name) {
    auto const at = text.find(name);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + name.size());
    return text.substr(0, text.find('"'));
}

/// Returns whether the holders of a role at a place could see the event, so that private events
/// stay private. A person's office is unknown here; it is checked when the notification is read.
bool hears(Address const& address, std::vector<std::string> const& codes) {
    if (!address.role) return true;
    auto const region = Region::of_organisation(address.code);
    Actor holder;
    holder.roles.add(*address.role);
    holder.organisation = address.code;
    if (region) holder.region = region->code();
    holder.of_department = holder.region != holder.organisation;
    return may_see_codes(holder, codes);
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
                                     Workflow const& workflow, Policy const& policy) {
    auto const kind = kind_of(event.text);
    auto const actor = std::hash<std::string_view>()(text_after(event.text, R"("actor":")"));
    for (auto const& rule : policy.notify) {
        if (rule.event != kind) continue;
        for (auto const& party : workflow.parties()) {
            if (std::find(rule.to.begin(), rule.to.end(), party.name) == rule.to.end()) continue;
            for (auto const& address : workflow.addresses_of(party.name, instance)) {
                if (!hears(address, event.seen_by)) continue;
                auto& inbox = letters[address.text()];
                inbox.push_back({event.seq, actor, party.name});
                if (inbox.size() > limits::inbox) inbox.pop_front();
            }
        }
    }
}

std::map<std::uint64_t, std::string_view, std::greater<>>
Notifications::Inboxes::of(Actor const& actor) const {
    std::map<std::uint64_t, std::string_view, std::greater<>> found;
    auto const me = std::hash<std::string_view>()(actor.user);
    for (auto const& address : addresses_of(actor)) {
        auto const inbox = letters.find(address);
        if (inbox == letters.end()) continue;
        for (auto const& letter : inbox->second)
            if (letter.actor != me) found.emplace(letter.seq, letter.to);
    }
    return found;
}

} // namespace banjie::engine
