#include "workflows/problem/turns.hpp"

#include "workflows/problem/guards.hpp"

namespace banjie::workflows::problems {

Texts turns_of(Instance const& problem) {
    auto const& facts = problem.facts;
    auto const state = problem.state();
    auto const region = facts.text("region");
    std::string const office = office_at(level_of(facts), region);
    std::string const lead(facts.text("lead_unit"));
    if (state == Draft::name || state == Supplementing::name)
        return {"reporter:" + std::string(facts.text("reporting_unit"))};
    if (state == Screening::name) return {"coordinator:" + office, "screener:" + office};
    if (state == AwaitingDispatch::name || state == Reviewing::name || state == AwaitingClose::name)
        return {"coordinator:" + office};
    if (state == AwaitingAcknowledgement::name) return {"handler:" + lead};
    if (state == Handling::name) {
        Texts turns{"handler:" + lead};
        for (auto const& unit : missing_opinions(facts)) turns.push_back("handler:" + unit);
        if (facts.has("extension_until")) turns.push_back("coordinator:" + office);
        return turns;
    }
    if (state == AwaitingVisit::name) {
        Texts turns;
        for (auto level = Level::county; level <= Level::province;
             level = static_cast<Level>(static_cast<int>(level) + 1))
            turns.push_back("visitor:" + office_at(level, region));
        return turns;
    }
    if (state == Shelved::name && !facts.has("review_at"))
        return {"coordinator:" + office_at(Level::province, region)};
    return {};
}

std::uint64_t outcomes_of(Fields const& facts) {
    bool const handled = facts.has("handled_at"), late = facts.flag("handled_late");
    bool const visited = facts.has("thoroughly_resolved");
    bool const resolved = facts.text("thoroughly_resolved") == "yes";
    auto const accepted = facts.text("accepted_by_grassroots");
    bool const satisfied = accepted == "satisfied" || accepted == "mostly_satisfied";
    std::uint64_t marks = 0, bit = 1;
    for (bool const holds :
         {handled, handled && !late, handled && late, handled && facts.number("rework_count") > 0,
          visited, visited && resolved, visited && !resolved, visited && satisfied,
          visited && !satisfied}) {
        marks |= holds ? bit : 0;
        bit <<= 1U;
    }
    return marks;
}

bool takes_part(Actor const& actor, Fields const& facts) {
    bool const reports =
        actor.has(Role::reporter) && facts.text("reporting_unit") == actor.organisation;
    bool const oversees =
        actor.covers(facts.text("region")) &&
        (actor.has(Role::coordinator) || actor.has(Role::screener) || actor.has(Role::visitor));
    return reports || oversees || (actor.has(Role::handler) && handles(facts, actor.organisation));
}

} // namespace banjie::workflows::problems
