#include "tests/simulation/invariants.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/text/json_text.hpp"
#include "engine/text/time_text.hpp"
#include "tests/simulation/actors.hpp"

#include <algorithm>
#include <set>

namespace banjie::simulation {

using engine::Actor;
using engine::Instance;
using engine::Office;
using engine::Role;
using engine::Texts;
using engine::Time;

namespace {

Texts const& helpers_of(Instance const& instance) {
    return instance.workflow == "consultation" ? instance.facts.texts("participants")
                                               : instance.facts.texts("co_handlers");
}

/// A township its own problems, a county all below it, a unit what it handles or co-handles, and a
/// consultation whoever convenes it or takes part.
bool ought_to_see(Actor const& actor, Instance const& instance) {
    if (instance.workflow == "round") return true;
    auto const& facts = instance.facts;
    bool const reports = facts.text("reporting_unit") == actor.organisation ||
                         facts.text("convener") == actor.organisation;
    if (instance.state() == "draft" || instance.state() == "discarded") return reports;
    auto const& helpers = helpers_of(instance);
    bool const handles =
        facts.text("lead_unit") == actor.organisation ||
        std::find(helpers.begin(), helpers.end(), actor.organisation) != helpers.end();
    bool overlooks = !actor.of_department;
    for (Role const role :
         {Role::coordinator, Role::screener, Role::visitor, Role::supervisor, Role::administrator})
        overlooks = overlooks || actor.has(role);
    return reports || handles || (overlooks && facts.text("region").starts_with(actor.region));
}

bool is_their_turn(Actor const& actor, Instance const& instance) {
    for (auto const& turn : workflows::find_workflow(instance.workflow)->waits_for(instance)) {
        auto const role = turn.role.value();
        auto const& code = turn.code;
        bool const by_organisation = role == Role::reporter || role == Role::handler;
        if (actor.has(role) && code == (by_organisation ? actor.organisation : actor.region))
            return true;
    }
    return false;
}

/// By which name a request's effects are counted: those with one key are one.
std::string name_of(Request const& request) {
    auto const& key = request.command.idempotency_key;
    return key.empty() ? mark_of(request) : request.user + " " + key;
}

constexpr std::array<std::string_view, 3> lights = {"on_time", "due_soon", "overdue"};

std::size_t light_at(Instance const& instance, Time now) {
    auto const due = instance.facts.time("due_at");
    auto const soon = instance.facts.time("due_soon_at");
    if (due && now > *due) return 2;
    return due && soon && now > *soon ? 1 : 0;
}

bool has_light(Instance const& instance) {
    return instance.workflow == "problem" || instance.workflow == "inspection_lead";
}

bool is_final(Instance const& instance) {
    return workflows::find_workflow(instance.workflow)->state(instance.state())->final;
}

} // namespace

Invariants::Invariants(SimulatedStore& store, std::deque<Request> const& requests)
    : store_(store), requests_(requests) {}

void Invariants::expect(bool holds, std::string const& what) {
    if (!holds && !violation_) violation_ = what;
}

// Durable events ----------------------------------------------------------------------------------

void Invariants::follow() {
    expect(store_.status().last_seq >= events_.size(), "durable events have vanished");
    for (;;) {
        auto const page = store_.events_after(events_.size(), 512).value();
        if (page.empty()) return;
        for (auto const& stored : page) {
            expect(stored.seq == events_.size() + 1,
                   "the sequence has a gap before " + std::to_string(stored.seq));
            events_.push_back({stored.body});
            bool const of_document =
                stored.body.find(R"("workflow":"document")") != std::string::npos;
            if (!of_document) follow_instance(engine::recorded_of(stored.seq, stored.body));
        }
    }
}

void Invariants::follow_instance(engine::Recorded recorded) {
    auto& life = lives_[recorded.subject];
    Instance after;
    if (life.empty()) {
        after.id = recorded.subject;
        after.workflow = recorded.workflow;
    } else {
        after = life.back().after;
    }
    expect(recorded.version == after.version + 1,
           "the history of " + recorded.subject + " skips to " + std::to_string(recorded.version));
    workflows::apply(after, recorded.event);
    auto const* const command =
        workflows::find_workflow(after.workflow)->command(recorded.event.command);
    bool const erases = recorded.event.key == std::uint64_t{0};
    if (command->covers_earlier || erases) covered_.insert(after.id);
    std::string key;
    if (recorded.event.actor != "system")
        key = follow_request(recorded.event.actor_name);
    else if (!life.empty())
        follow_system(life.back().after, after, recorded.event);
    life.push_back({std::move(after), recorded.seq, std::move(key)});
    events_.back().after = &life.back().after;
    changed_.push_back(recorded.subject);
    ++commands_[recorded.workflow + "/" + recorded.event.command];
}

void Invariants::follow_system(Instance const& before, Instance const& after,
                               engine::Event const& event) {
    static std::set<std::string> const timed = {"tick", "remind", "open", "start_handling"};
    if (!timed.contains(event.command)) return;
    std::string const what = event.command + " of " + before.id;
    expect(before.wake && before.wake->command == event.command, "nobody waited for " + what);
    if (!before.wake) return;
    expect(before.wake->at <= event.at, "too early came " + what);
    expect(after.wake != before.wake, "it will come again: " + what);
    auto const timer = what + " at " + engine::time_text(before.wake->at) + ", version " +
                       std::to_string(before.version);
    expect(++fired_[timer] == 1, "a timer fired twice: " + timer);
}

std::string Invariants::follow_request(std::string const& mark) {
    Request const& request = requests_.at(std::stoul(mark.substr(1)));
    auto const& key = request.command.idempotency_key;
    std::string name = name_of(request);
    expect(++effects_[name] == 1 || key.empty(), "the key of " + mark + " has had two effects");
    auto const effects = key.empty() ? effects_[name] : ++effects_[mark];
    expect(effects + request.refusals <= request.arrivals,
           "an effect of " + mark + " that was refused, or never arrived");
    return name;
}

void Invariants::hear(Request const& request, engine::Outcome<engine::Reply> const& outcome) {
    follow();
    std::string const mark = mark_of(request);
    std::string const name = name_of(request);
    if (!outcome) {
        auto const effects = effects_.find(mark);
        expect(effects == effects_.end() || effects->second + request.refusals <= request.arrivals,
               mark + " was refused, but has had an effect");
        auto const life = lives_.find(request.command.instance);
        if (outcome.error().code == "version_mismatch" && life != lives_.end())
            expect(life->second.size() > request.command.expected_version.value_or(0),
                   mark + " was refused for a version that is not durable");
        return;
    }
    auto const& told = *outcome->instance;
    auto const life = lives_.find(told.id);
    bool const durable =
        life != lives_.end() && told.version >= 1 && told.version <= life->second.size();
    expect(durable, mark + " is acknowledged before it is durable");
    if (!durable) return;
    Step const& step = life->second[told.version - 1];
    expect(step.key == name, mark + " is acknowledged with what another one did");
    expect(step.after == told || is_covered(&told),
           mark + " is acknowledged with what was never there");
    auto const expected = request.command.expected_version;
    expect(!expected || told.version == *expected + 1, mark + " moved another version");
    auto const first = acknowledged_.try_emplace(name, told.id, told.version).first->second;
    expect(request.command.idempotency_key.empty() || first == std::pair(told.id, told.version),
           mark + " is acknowledged twice, and differently");
}

// Records and stream ------------------------------------------------------------------------------

void Invariants::look(Office& office, Dice& dice) {
    follow();
    look_at_records();
    look_at_stream(office);
    if (!store_.is_silent()) return; // durable already, but nobody knows yet
    auto const actor = office.accounts.actor_named(dice.one_of(account_names())).value();
    look_at_instance(office, actor, dice);
    look_at_list(office, actor, dice);
    if (dice.percent(10)) look_at_figures(office, actor);
}

void Invariants::look_at_records() {
    for (auto const& id : changed_) {
        Instance const& fold = lives_.at(id).back().after;
        auto const record = store_.instance(id).value();
        expect(record && record->version == fold.version &&
                   engine::instance_of(record->body) == fold,
               "the record of " + id + " is not the fold of its history");
        expect(store_.index_entry(id) ==
                   encode(engine::index_entry_of(*workflows::find_workflow(fold.workflow), fold)),
               "the index entry of " + id + " is not that of its state");
    }
    changed_.clear();
}

void Invariants::restarted(Office& office) {
    follow();
    expect(office.stream.last_seq() == events_.size(), "a new process begins at another event");
    expect(office.index.size() == lives_.size(), "a new process knows another number of instances");
}

/// Returns whether earlier texts of the instance may be shown covered (engine/personal).
bool Invariants::is_covered(Instance const* instance) const {
    return instance != nullptr && covered_.contains(instance->id);
}

void Invariants::look_at_stream(Office& office) {
    auto const last = office.stream.last_seq();
    expect(last <= events_.size(), "the stream runs ahead of what is durable");
    expect(!store_.is_silent() || last == events_.size(), "the stream is behind");
    auto const page = office.stream.read(streamed_, 64);
    expect(page.has_value(), "the stream is unreadable");
    for (auto const& event : page.value()) {
        expect(event->seq == ++streamed_ && streamed_ <= events_.size(),
               "the stream skips to " + std::to_string(event->seq));
        if (violation_) return;
        Told const& told = events_[streamed_ - 1];
        expect(event->text == told.text || is_covered(told.after),
               "the stream tells another event than the store");
        for (auto const& name : account_names()) {
            Actor const actor = office.accounts.actor_named(name).value();
            bool const ought = told.after != nullptr ? ought_to_see(actor, *told.after)
                                                     : actor.has(Role::administrator);
            expect(engine::may_see_codes(actor, event->seen_by) == ought,
                   name + (ought ? " misses event " : " sees event ") + std::to_string(streamed_));
        }
    }
}

// What a person sees ------------------------------------------------------------------------------

void Invariants::look_at_instance(Office& office, Actor const& actor, Dice& dice) {
    if (lives_.empty()) return;
    auto const place = static_cast<std::ptrdiff_t>(dice.below(lives_.size()));
    auto const& [id, life] = *std::next(lives_.begin(), place);
    Instance const& fold = life.back().after;
    bool const ought = ought_to_see(actor, fold);
    auto const found = office.engine.find(actor, fold.workflow, id);
    expect(found.has_value() == ought, actor.user + (ought ? " misses " : " sees ") + id);
    if (found) expect(**found == fold, actor.user + " is shown another state of " + id);
    auto const history = office.engine.history(actor, fold.workflow, id, 0, 500);
    expect(history.has_value() == ought, actor.user + " and the history of " + id);
    if (!history) return;
    bool whole = history->size() == life.size();
    for (std::size_t i = 0; whole && i < life.size(); ++i)
        whole = (*history)[i].seq == life[i].seq && (*history)[i].version == i + 1;
    expect(whole, "the history of " + id + " is shown incomplete");
}

void Invariants::look_at_list(Office& office, Actor const& actor, Dice& dice) {
    static constexpr std::array names = {"problem", "problem", "inspection_lead", "round"};
    engine::ListQuery query;
    query.workflow = dice.one_of(names);
    query.limit = dice.between(1, 30);
    query.descending = dice.percent(50);
    query.sort = static_cast<engine::Sort>(dice.below(3));
    auto const* const workflow = workflows::find_workflow(query.workflow);
    if (dice.percent(30)) query.state = {std::string(dice.one_of(workflow->states()).name)};
    if (query.workflow != "round" && dice.percent(20)) query.where["light"] = {"overdue"};
    if (query.workflow != "round" && dice.percent(20))
        query.where["region"] = {dice.percent(50) ? "3607" : "360731"};
    if (dice.percent(20)) query.unit = "360731-transport";
    if (dice.percent(20)) query.mine = true;

    auto const asked = [&query](char const* name) {
        auto const found = query.where.find(name);
        return found == query.where.end() ? std::string() : found->second.front();
    };
    auto const light = asked("light"), region = asked("region");
    std::set<std::string> ought;
    for (auto const& [id, life] : lives_) {
        Instance const& one = life.back().after;
        auto const& helpers = one.facts.texts("co_handlers");
        bool const fits =
            one.workflow == query.workflow && ought_to_see(actor, one) &&
            (query.state.empty() || query.state[0] == one.state()) &&
            (light.empty() || light == one.states.at(1)) &&
            one.facts.text("region").starts_with(region) &&
            (query.unit.empty() || one.facts.text("lead_unit") == query.unit ||
             std::find(helpers.begin(), helpers.end(), query.unit) != helpers.end()) &&
            (!query.mine || is_their_turn(actor, one));
        if (fits) ought.insert(id);
    }
    std::set<std::string> seen;
    do {
        auto const page = office.index.list(actor, query);
        if (!page) return; // the state drawn is one of another region
        expect(page->total == ought.size(), actor.user + "'s list of " + query.workflow +
                                                " counts " + std::to_string(page->total) +
                                                ", not " + std::to_string(ought.size()));
        for (auto const& id : page->ids)
            expect(seen.insert(id).second, "a list shows " + id + " twice");
        query.cursor = page->next_cursor;
    } while (!query.cursor.empty() && !violation_);
    expect(seen == ought, actor.user + "'s list of " + query.workflow + " shows others");
}

void Invariants::look_at_figures(Office& office, Actor const& actor) {
    std::map<std::string, std::uint64_t> states, shown;
    std::uint64_t total = 0;
    for (auto const& [id, life] : lives_) {
        Instance const& one = life.back().after;
        if (one.workflow != "problem" || !ought_to_see(actor, one)) continue;
        if (one.state() == "draft" || one.state() == "discarded") continue;
        ++total;
        ++states[std::string(one.state())];
        if (!is_final(one)) ++shown[one.states[1]];
    }
    auto const figures = office.index.statistics(actor, {}).value().at(0);
    expect(figures.total == total && figures.by_state == states, actor.user + "'s figures are off");
    for (auto const& [light, count] : figures.by_light)
        expect(count == shown[light], actor.user + "'s figures of lights are off");
    engine::DaySpan const always;
    auto const ever = office.index.trend(actor, {}, {always}).value().at(0);
    auto const& moments = workflows::find_workflow("problem")->facets().moments;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        if (moments[i].name == "reported")
            expect(ever.moments[i] == total, actor.user + "'s trend of reports is off");
        if (moments[i].name == "closed")
            expect(ever.moments[i] == states["closed"], actor.user + "'s trend of closes is off");
    }
    expect(ever.rates == figures.rates, actor.user + "'s trend of rates is off");
    std::uint64_t in_groups = 0;
    for (auto const& group : office.index.statistics(actor, {.group_by = "region"}).value())
        in_groups += group.total;
    expect(in_groups == total, actor.user + "'s figures by region are off");
}

// When nothing is under way -----------------------------------------------------------------------

void Invariants::look_settled(Office& office, Time latest) {
    Time const now = office.clock.now();
    std::map<std::int64_t, std::int64_t> unfinished; // by round
    for (auto const& [id, life] : lives_) {
        Instance const& one = life.back().after;
        expect(!one.wake || one.wake->at > now,
               "the time of " + id +
                   " has come, but nothing happens: " + (one.wake ? one.wake->command : ""));
        if (one.workflow == "problem" && one.facts.has("round") && !is_final(one) &&
            one.state() != "draft")
            ++unfinished[one.facts.number("round")];
        if (!has_light(one)) continue;
        // A clock that was set back leaves a light that is ahead of it.
        auto const first = lights.begin() + light_at(one, now);
        auto const last = lights.begin() + light_at(one, latest) + 1;
        expect(std::find(first, last, one.states[1]) != last,
               "the light of " + id + " is " + one.states[1] + ", not " + std::string(*first) +
                   ": " + engine::instance_text(*workflows::find_workflow(one.workflow), one));
    }
    for (auto const& [number, count] : unfinished)
        expect(office.index.unfinished("problem", "round", std::to_string(number)) == count,
               "what is left over of round " + std::to_string(number) + " is miscounted");
    look_at_documents(office);
}

void Invariants::look_at_documents(Office& office) {
    for (auto const& document : store_.documents("organisation").value()) {
        auto const known = office.organisations.find(document.id);
        expect(known && known->version == document.version,
               "the organisation " + document.id + " is not as stored");
    }
    for (auto const& document : store_.documents("user").value()) {
        auto const known = office.accounts.find(document.id);
        expect(known && known->version == document.version,
               "the user " + document.id + " is not as stored");
    }
}

} // namespace banjie::simulation
