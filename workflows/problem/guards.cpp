#include "workflows/problem/guards.hpp"

#include "workflows/contract/limits.hpp"
#include "workflows/problem/refusal_codes.hpp"

namespace banjie::workflows::problems {

namespace {

Verdict judge_round(Case const& here, std::int64_t number) {
    auto const round = round_of(here.world, number);
    auto const name = "round " + std::to_string(number);
    if (!round) return Reason{"unknown_round"_code, "there is no " + name};
    if (round->state() != "collecting")
        return Reason{"round_is_not_collecting"_code, name + " is not collecting"};
    auto const opens_at = round->facts.time("opens_at"), closes_at = round->facts.time("closes_at");
    if ((opens_at && here.now < *opens_at) || (closes_at && here.now > *closes_at))
        return Reason{"outside_round_window"_code,
                      "today is outside the collection window of " + name};
    return std::nullopt;
}

Verdict judge_cap(std::int64_t count, int cap, RefusalCode code, std::string_view what) {
    if (count < cap) return std::nullopt;
    return Reason{code, "it has been " + std::string(what) + ' ' + std::to_string(count) +
                            " times, and the policy permits " + std::to_string(cap)};
}

using MissingOpinions = OfUnits<CoHandlersAre, OpinionsGiven, OpinionsWaived>;

} // namespace

std::shared_ptr<Instance const> round_of(World const& world, std::int64_t number) {
    return world.instance_at_hand("round", "round-" + std::to_string(number));
}

bool is_unfinished(std::string_view state) {
    return []<class... S>(Each<S...>, std::string_view name) {
        return ((S::name == name) || ...);
    }(Unfinished{}, state);
}

Verdict RoundIsCollecting::operator()(Case const& here, Given<RoundIs> given) const {
    return given.has<RoundIs>() ? judge_round(here, given.get<RoundIs>()) : std::nullopt;
}

Verdict OwnRoundIsCollecting::operator()(Case const& here, Known<RoundIs> known) const {
    return known.has<RoundIs>() ? judge_round(here, known.get<RoundIs>()) : std::nullopt;
}

Verdict SubmitIsAsked::operator()(Given<SubmitAtOnce> given) const {
    if (given.get<SubmitAtOnce>()) return std::nullopt;
    return Reason{"submit_is_not_asked"_code, "it is to stay a draft"};
}

Verdict LevelIsBelowProvince::operator()(Known<LevelIs> known) const {
    if (level_in(known.get<LevelIs>()) < Level::province) return std::nullopt;
    return Reason{"already_at_province"_code, "it is at the province already"};
}

Verdict MainProblemIsOpen::operator()(Case const& here, Known<MergedFrom> known,
                                      Given<Into> given) const {
    auto const into = given.get<Into>();
    auto const main = here.world.instance(into);
    if (!main || main->workflow != "problem" || !here.actor.covers(main->region))
        return Reason{"unknown_main_problem"_code, "there is no problem " + quoted(into)};
    if (into == here.instance.id)
        return Reason{"merge_into_itself"_code, "a problem cannot be merged into itself"};
    if (!is_unfinished(main->state))
        return Reason{"main_problem_is_finished"_code, "problem " + quoted(into) + " is finished"};
    if (!known.get<MergedFrom>().empty())
        return Reason{"is_main_problem"_code, "other problems have been merged into it"};
    return std::nullopt;
}

Verdict UnitIsOfThisLevel::operator()(Case const& here, Given<LeadUnitIs> given) const {
    auto const unit = here.world.unit(given.get<LeadUnitIs>());
    if (!unit || unit->level == here.actor.level) return std::nullopt;
    return Reason{"unit_of_other_level"_code,
                  quoted(unit->code) + " is of the level " + std::string(name_of(unit->level)),
                  "Name a unit of your own level, or accept and assign it."};
}

Verdict DeclineIsInTime::operator()(Case const& here, Known<DeclineClock::DueAt> known) const {
    auto const due = known.get<DeclineClock::DueAt>();
    if (!due || here.now <= *due) return std::nullopt;
    return Reason{"too_late_to_decline"_code, "the time for declining has passed"};
}

Verdict DeclinesAreLeft::operator()(Known<DeclineCount> known, Caps<Declines> caps) const {
    return judge_cap(known.get<DeclineCount>(), caps.get<Declines>(), "declined_too_often"_code,
                     "declined");
}

Verdict OpinionsAreComplete::operator()(Case const& here,
                                        Known<CoHandlersAre, OpinionsGiven, OpinionsWaived>) const {
    std::string units;
    MissingOpinions::each(here.instance.facts, [&](std::string const& unit) {
        units += (units.empty() ? "" : ", ") + unit;
    });
    if (units.empty()) return std::nullopt;
    return Reason{"opinions_missing"_code,
                  "opinions of co-handlers are missing",
                  {},
                  "Let these give their opinion, or ask the coordinator to waive it: " + units +
                      "."};
}

Verdict OpinionIsMissing::operator()(Case const& here,
                                     Known<CoHandlersAre, OpinionsGiven, OpinionsWaived>,
                                     Given<UnitIs> given) const {
    bool missing = false;
    MissingOpinions::each(here.instance.facts, [&](std::string const& unit) {
        missing = missing || unit == given.get<UnitIs>();
    });
    if (missing) return std::nullopt;
    return Reason{"opinion_is_not_missing"_code,
                  "no opinion of " + quoted(given.get<UnitIs>()) + " is awaited"};
}

Verdict NoExtensionIsPending::operator()(Known<ExtensionUntil> known) const {
    if (!known.has<ExtensionUntil>()) return std::nullopt;
    return Reason{"extension_is_pending"_code, "an extension has been requested already"};
}

Verdict ExtensionIsPending::operator()(Known<ExtensionUntil> known) const {
    if (known.has<ExtensionUntil>()) return std::nullopt;
    return Reason{"no_extension_asked"_code, "no extension has been requested"};
}

Verdict ExtensionsAreLeft::operator()(Known<ExtensionCount> known, Caps<Extensions> caps) const {
    return judge_cap(known.get<ExtensionCount>(), caps.get<Extensions>(), "extended_too_often"_code,
                     "extended");
}

Verdict ExtensionIsWithinCap::operator()(Case const& here, Known<HandleClock::DueAt> known,
                                         Given<Until> given, Caps<ExtensionDays> caps) const {
    auto const until = given.get<Until>(), due = known.get<HandleClock::DueAt>();
    if (!until || !due) return std::nullopt;
    if (*until <= *due || *until <= here.now)
        return Reason{"extension_is_no_later"_code,
                      "the date asked for is not later than the due date"};
    int const cap = caps.get<ExtensionDays>();
    if (here.calendar.working_days_between(*due, *until) <= cap) return std::nullopt;
    return Reason{"extension_too_long"_code, "the date asked for is more than " +
                                                 std::to_string(cap) +
                                                 " working days after the due date"};
}

Verdict ReviewIsAhead::operator()(Case const& here, Given<ReviewAt> given) const {
    auto const review = given.get<ReviewAt>();
    if (!review || *review > here.now) return std::nullopt;
    return Reason{"review_at_is_past"_code, "the date of review has passed already"};
}

Verdict ReviewIsDue::operator()(Case const& here, Known<ReviewAt> known) const {
    auto const review = known.get<ReviewAt>();
    if (review && here.now >= *review) return std::nullopt;
    return Reason{"review_is_not_due"_code, "its review is not due yet"};
}

Verdict AVisitIsLogged::operator()(Known<VisitsLogged> known) const {
    if (known.get<VisitsLogged>() > 0) return std::nullopt;
    return Reason{"no_visit_logged"_code, "no visit has been logged yet"};
}

Verdict EveryVisitIsGood::operator()(Known<VisitsFailed> known) const {
    if (known.get<VisitsFailed>() == 0) return std::nullopt;
    return Reason{"visit_failed"_code, "a visit found it not thoroughly resolved, or not accepted"};
}

Verdict VisitIsNotAhead::operator()(Case const& here, Given<VisitedAt> given) const {
    auto const visited = given.get<VisitedAt>();
    if (!visited || *visited <= here.now) return std::nullopt;
    return Reason{"visited_at_is_ahead"_code, "the visit is in the future"};
}

Verdict LookBackIsOpen::operator()(Case const& here, Known<ClosedAt> known,
                                   Caps<LookBackDays> caps) const {
    auto const closed = known.get<ClosedAt>();
    int const days = caps.get<LookBackDays>();
    if (closed && here.now <= *closed + std::chrono::days(days)) return std::nullopt;
    return Reason{"look_back_is_over"_code,
                  "the look-back period of " + std::to_string(days) + " days is over"};
}

Verdict IsUnfinished::operator()(Case const& here) const {
    if (is_unfinished(here.instance.state())) return std::nullopt;
    return Reason{"is_finished"_code, "it is finished"};
}

Verdict IsOverdueEnough::operator()(Case const& here, Known<DueAt> known,
                                    Caps<CirculateAfter> caps) const {
    int const days = caps.get<CirculateAfter>();
    auto const due = known.get<DueAt>();
    if (due && here.calendar.working_days_between(*due, here.now) >= days) return std::nullopt;
    return Reason{"not_overdue_enough"_code,
                  "it is not " + std::to_string(days) + " working days overdue"};
}

Verdict MergedIsNotFull::operator()(Known<MergedFrom> known) const {
    if (known.get<MergedFrom>().size() < limits::merged) return std::nullopt;
    return Reason{"too_many_merged"_code,
                  std::to_string(limits::merged) + " problems have been merged into it already"};
}

} // namespace banjie::workflows::problems
