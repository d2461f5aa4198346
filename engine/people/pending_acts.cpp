#include "engine/people/pending_acts.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr std::string_view kind = "pending_act";

Refusal unknown_act() {
    return {
        "unknown_act"_code, "No act with that id waits for a second person.",
        "It may have expired, or somebody has decided on it. See what waits: GET /api/v1/acts."};
}

/// Writes the document's body. Its grammar may only be extended.
std::string body_of(PendingAct const& act) {
    return json{{"kind", act.kind},
                {"place", act.place},
                {"says", act.says},
                {"request", act.request},
                {"proposed_by", act.proposed_by},
                {"address", act.address},
                {"proposed_at", time_text(act.proposed_at)},
                {"expires_at", time_text(act.expires_at)}}
        .dump();
}

PendingAct act_of(storage::Document const& document) {
    auto const body = json::parse(document.body);
    auto const text = [&](char const* name) { return body.at(name).get<std::string>(); };
    return {.id = document.id,
            .kind = text("kind"),
            .place = text("place"),
            .says = text("says"),
            .request = text("request"),
            .proposed_by = text("proposed_by"),
            .address = text("address"),
            .proposed_at = time_of(text("proposed_at")).value_or(Time{}),
            .expires_at = time_of(text("expires_at")).value_or(Time{})};
}

DocumentChange change_of(PendingAct const& act, std::optional<std::string> body,
                         std::string event) {
    std::string said =
        json{{"act", act.id}, {"says", act.says}, {"proposed_by", act.proposed_by}}.dump();
    return {.kind = std::string(kind),
            .id = act.id,
            .expected_version = std::nullopt,
            .body = std::move(body),
            .event = std::move(event),
            .said = std::move(said),
            .place = act.place};
}

bool may_confirm(Actor const& actor, PendingAct const& act) {
    return act.kind == "policy" ? administers(actor, act.place) : secures(actor, act.place);
}

} // namespace

PendingActs::PendingActs(Documents& documents, Clock& clock, Random& random)
    : documents_(documents), clock_(clock), random_(random) {}

Outcome<void> PendingActs::load() {
    auto const found = documents_.all(kind);
    if (!found) return found.error();
    for (auto const& document : *found) acts_.emplace(document.id, act_of(document));
    return {};
}

std::vector<DocumentChange> PendingActs::expired() const {
    Time const now = clock_.now();
    std::vector<DocumentChange> changes;
    std::lock_guard const lock(mutex_);
    for (auto const& [id, act] : acts_)
        if (act.expires_at <= now) changes.push_back(change_of(act, std::nullopt, "act_expired"));
    return changes;
}

Outcome<PendingAct> PendingActs::propose(Caller const& actor, PendingAct act) {
    std::lock_guard const writing(writing_);
    act.id = make_id(clock_.now(), random_);
    act.proposed_by = actor.user;
    act.address = actor.address;
    act.proposed_at = clock_.now();
    act.expires_at = act.proposed_at + std::chrono::hours(limits::act_hours);
    auto changes = expired();
    {
        std::lock_guard const lock(mutex_);
        auto const of_one = std::count_if(acts_.begin(), acts_.end(), [&](auto const& entry) {
            return entry.second.proposed_by == actor.user &&
                   entry.second.expires_at > act.proposed_at;
        });
        if (acts_.size() - changes.size() >= limits::pending_acts ||
            static_cast<std::size_t>(of_one) >= limits::pending_acts_of_one)
            return Refusal{"too_many_acts"_code,
                           "Cannot propose the act: too many wait for a second person.",
                           "Have some of them confirmed or withdrawn."};
    }
    auto const gone = changes;
    changes.push_back(change_of(act, body_of(act), "act_proposed"));
    auto written = documents_.write(actor, std::move(changes));
    if (!written) return written.error();
    std::lock_guard const lock(mutex_);
    for (auto const& change : gone) acts_.erase(change.id);
    acts_.emplace(act.id, act);
    return act;
}

std::optional<PendingAct> PendingActs::find(Actor const& actor, std::string_view id) const {
    std::lock_guard const lock(mutex_);
    auto const found = acts_.find(id);
    if (found == acts_.end() || found->second.expires_at <= clock_.now()) return std::nullopt;
    auto const& act = found->second;
    bool const is_theirs = act.proposed_by == actor.user || may_confirm(actor, act);
    return is_theirs ? std::optional(act) : std::nullopt;
}

std::vector<PendingAct> PendingActs::list(Actor const& actor) const {
    Time const now = clock_.now();
    std::vector<PendingAct> found;
    std::lock_guard const lock(mutex_);
    for (auto act = acts_.rbegin(); act != acts_.rend(); ++act)
        if (act->second.expires_at > now &&
            (act->second.proposed_by == actor.user || may_confirm(actor, act->second)))
            found.push_back(act->second);
    return found;
}

Outcome<void> PendingActs::take_out(Caller const& actor, PendingAct const& act, char const* event) {
    auto written = documents_.write(actor, {change_of(act, std::nullopt, event)});
    if (!written) return written;
    std::lock_guard const lock(mutex_);
    acts_.erase(act.id);
    return written;
}

Outcome<PendingAct> PendingActs::confirm(Caller const& actor, std::string_view id) {
    std::lock_guard const writing(writing_);
    auto act = find(actor, id);
    if (!act) return unknown_act();
    if (act->proposed_by == actor.user)
        return Refusal{"not_of_oneself"_code,
                       "Cannot confirm the act: you have proposed it yourself.",
                       "Ask another administrator."};
    if (auto taken = take_out(actor, *act, "act_confirmed"); !taken) return taken.error();
    return std::move(*act);
}

Outcome<void> PendingActs::withdraw(Caller const& actor, std::string_view id) {
    std::lock_guard const writing(writing_);
    auto const act = find(actor, id);
    if (!act) return unknown_act();
    return take_out(actor, *act, "act_withdrawn");
}

} // namespace banjie::engine
