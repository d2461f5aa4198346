#include "workflows/problem/guards.hpp"

#include "workflows/contract/limits.hpp"

namespace banjie::workflows::problems {

namespace {

std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

Verdict check_round(Case const& judged, std::int64_t number) {
    auto const round =
        judged.context.world.instance_at_hand("round", "round-" + std::to_string(number));
    auto const name = "round " + std::to_string(number);
    if (!round)
        return judged.refuse("unknown_round", "there is no " + name, "See the list of rounds.");
    if (round->state() != "collecting")
        return judged.refuse("round_is_not_collecting", name + " is " + std::string(round->state()),
                             "Report it to a round that is collecting, or to none.");
    auto const now = judged.context.now;
    auto const opens_at = round->facts.time("opens_at"), closes_at = round->facts.time("closes_at");
    if ((opens_at && now < *opens_at) || (closes_at && now > *closes_at))
        return judged.refuse("outside_round_window",
                             "today is outside the collection window of " + name,
                             "Report it to a round whose window is open, or to none.");
    return std::nullopt;
}

Verdict check_cap(Case const& judged, std::string_view fact, std::string_view limit,
                  std::string code, std::string what) {
    int const cap = judged.context.policy.limit(limit);
    if (judged.facts.number(fact) < cap) return std::nullopt;
    return judged.refuse(std::move(code),
                         "it has been " + what + " " + std::to_string(judged.facts.number(fact)) +
                             " times, of at most " + std::to_string(cap),
                         "Talk to the coordinator.");
}

} // namespace

Texts missing_opinions(Fields const& facts) {
    Texts missing;
    auto const has = [](Texts const& all, std::string const& unit) {
        return std::find(all.begin(), all.end(), unit) != all.end();
    };
    for (auto const& unit : facts.texts("co_handlers"))
        if (!has(facts.texts("opinions_given"), unit) && !has(facts.texts("opinions_waived"), unit))
            missing.push_back(unit);
    return missing;
}

bool is_unfinished(std::string_view state) {
    bool found = false;
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, Unfinished>>(
        [&](auto wrapped) { found = found || decltype(wrapped)::type::name == state; });
    return found;
}

Verdict RoundIsCollecting::operator()(Case const& judged, Fields const& fields) const {
    return fields.has("round") ? check_round(judged, fields.number("round")) : std::nullopt;
}

Verdict OwnRoundIsCollecting::operator()(Case const& judged) const {
    return judged.facts.has("round") ? check_round(judged, judged.facts.number("round"))
                                     : std::nullopt;
}

Verdict SubmitIsAsked::operator()(Case const& judged, Fields const& fields) const {
    if (fields.flag("submit")) return std::nullopt;
    return judged.refuse("submit_is_not_asked", "it shall stay a draft", "");
}

Verdict LevelIsBelowProvince::operator()(Case const& judged) const {
    if (level_of(judged.facts) < Level::province) return std::nullopt;
    return judged.refuse("already_at_province", "it is at the province already", "Decide it here.");
}

Verdict MainProblemIsOpen::operator()(Case const& judged, Fields const& fields) const {
    auto const into = fields.text("into");
    auto const main = judged.context.world.instance(into);
    if (!main || main->workflow != "problem" || !judged.context.actor.covers(main->region))
        return judged.refuse("unknown_main_problem", "there is no problem " + quoted(into),
                             "Look up the id of the main problem.");
    if (into == judged.instance.id)
        return judged.refuse("merge_into_itself", "it cannot be merged into itself",
                             "Name another problem.");
    if (!is_unfinished(main->state))
        return judged.refuse("main_problem_is_finished",
                             "problem " + quoted(into) + " is in state " + main->state,
                             "Name one that is still in hand.");
    if (!judged.facts.texts("merged_from").empty())
        return judged.refuse("is_main_problem", "others have been merged into it",
                             "Merge the other one into this.");
    return std::nullopt;
}

Verdict UnitIsOfThisLevel::operator()(Case const& judged, Fields const& fields) const {
    auto const unit = judged.context.world.unit(fields.text("lead_unit"));
    if (!unit || unit->level == judged.context.actor.level) return std::nullopt;
    return judged.refuse("unit_of_other_level",
                         quoted(unit->code) + " is of the level " +
                             std::string(name_of(unit->level)),
                         "Name a unit of your own level, or accept and assign it.");
}

Verdict DeclineIsInTime::operator()(Case const& judged) const {
    auto const due = judged.facts.time("decline_due_at");
    if (!due || judged.context.now <= *due) return std::nullopt;
    return judged.refuse("too_late_to_decline", "the time for declining has passed",
                         "Acknowledge it, and ask the coordinator to transfer it.");
}

Verdict DeclinesAreLeft::operator()(Case const& judged) const {
    return check_cap(judged, "decline_count", "declines", "declined_too_often", "declined");
}

Verdict OpinionsAreComplete::operator()(Case const& judged) const {
    auto const missing = missing_opinions(judged.facts);
    if (missing.empty()) return std::nullopt;
    std::string units;
    for (auto const& unit : missing) units += (units.empty() ? "" : ", ") + unit;
    return judged.refuse(
        "opinions_missing", "opinions of co-handlers are missing",
        "Let these give their opinion, or ask the coordinator to waive it: " + units + ".");
}

Verdict OpinionIsMissing::operator()(Case const& judged, Fields const& fields) const {
    auto const missing = missing_opinions(judged.facts);
    if (std::find(missing.begin(), missing.end(), fields.text("unit")) != missing.end())
        return std::nullopt;
    return judged.refuse("opinion_is_not_missing",
                         "no opinion of " + quoted(fields.text("unit")) + " is awaited",
                         "Name a co-handler that has not spoken yet.");
}

Verdict NoExtensionIsPending::operator()(Case const& judged) const {
    if (!judged.facts.has("extension_until")) return std::nullopt;
    return judged.refuse("extension_is_pending", "an extension has been asked for already",
                         "Wait for the coordinator's answer.");
}

Verdict ExtensionIsPending::operator()(Case const& judged) const {
    if (judged.facts.has("extension_until")) return std::nullopt;
    return judged.refuse("no_extension_asked", "no extension has been asked for",
                         "The lead unit asks for it first.");
}

Verdict ExtensionsAreLeft::operator()(Case const& judged) const {
    return check_cap(judged, "extension_count", "extensions", "extended_too_often", "extended");
}

Verdict ExtensionIsWithinCap::operator()(Case const& judged, Fields const& fields) const {
    auto const until = fields.time("until");
    auto const due = judged.facts.time("handle_due_at");
    if (!until || !due) return std::nullopt;
    if (*until <= *due || *until <= judged.context.now)
        return judged.refuse("extension_is_no_later", "that is not later than the due date",
                             "Ask for a later date.");
    int const cap = judged.context.policy.limit("extension_days");
    if (judged.context.calendar.working_days_between(*due, *until) <= cap) return std::nullopt;
    return judged.refuse("extension_too_long",
                         "that is more than " + std::to_string(cap) +
                             " working days after the due date",
                         "Ask for less.");
}

Verdict ReviewIsAhead::operator()(Case const& judged, Fields const& fields) const {
    auto const review = fields.time("review_at");
    if (!review || *review > judged.context.now) return std::nullopt;
    return judged.refuse("review_at_is_past", "the date of review has passed already",
                         "Give a date ahead.");
}

Verdict ReviewIsDue::operator()(Case const& judged) const {
    auto const review = judged.facts.time("review_at");
    if (review && judged.context.now >= *review) return std::nullopt;
    return judged.refuse("review_is_not_due", "its review is not due yet", "");
}

Verdict AVisitIsLogged::operator()(Case const& judged) const {
    if (judged.facts.number("visits_logged") > 0) return std::nullopt;
    return judged.refuse("no_visit_logged", "nobody has gone back and asked yet",
                         "Log a visit first.");
}

Verdict EveryVisitIsGood::operator()(Case const& judged) const {
    if (judged.facts.number("visits_failed") == 0) return std::nullopt;
    return judged.refuse("visit_failed", "a visit found it not thoroughly resolved or not accepted",
                         "");
}

Verdict VisitIsNotAhead::operator()(Case const& judged, Fields const& fields) const {
    auto const visited = fields.time("visited_at");
    if (!visited || *visited <= judged.context.now) return std::nullopt;
    return judged.refuse("visited_at_is_ahead", "the visit lies in the future",
                         "Log it when it has taken place.");
}

Verdict LookBackIsOpen::operator()(Case const& judged) const {
    auto const closed = judged.facts.time("closed_at");
    int const days = judged.context.policy.limit("look_back_days");
    if (closed && judged.context.now <= *closed + std::chrono::days(days)) return std::nullopt;
    return judged.refuse("look_back_is_over",
                         "the look-back period of " + std::to_string(days) + " days is over",
                         "Report the matter anew.");
}

Verdict IsUnfinished::operator()(Case const& judged) const {
    if (is_unfinished(judged.instance.state())) return std::nullopt;
    return judged.refuse("is_finished", "it is in state " + std::string(judged.instance.state()),
                         "Only what is still in hand can be pressed.");
}

Verdict IsOverdueEnough::operator()(Case const& judged) const {
    int const days = judged.context.policy.limit("circulate_after");
    auto const due = judged.facts.time("due_at");
    if (due && judged.context.calendar.working_days_between(*due, judged.context.now) >= days)
        return std::nullopt;
    return judged.refuse("not_overdue_enough",
                         "it is not " + std::to_string(days) + " working days overdue",
                         "Urge or list it until then.");
}

Verdict MergedIsNotFull::operator()(Case const& judged) const {
    if (judged.facts.texts("merged_from").size() < limits::merged) return std::nullopt;
    return judged.refuse("too_many_merged",
                         "it has taken in " + std::to_string(limits::merged) + " already",
                         "Merge into another main problem.");
}

} // namespace banjie::workflows::problems
