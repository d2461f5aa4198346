#include "workflows/problem/actions.hpp"

namespace banjie::workflows::problems {

namespace {

Time now(Effect const& effect) {
    return effect.before.context.now;
}

/// Every rework begins with a whole handling time of its own.
void rearm(Effect const& effect) {
    start_clock(effect, "handle");
    for (std::string_view const fact : {"extension_until", "handle_days_left", "closed_at"}) {
        if (effect.fact(fact)) effect.clear(fact);
    }
}

} // namespace

void RecordReport::operator()(Effect const& effect) const {
    auto const& actor = effect.before.context.actor;
    for (std::string_view const field :
         {"title", "description", "category", "region", "round", "source"})
        effect.keep(field);
    if (!effect.fields.has("source")) effect.changes.set("source", std::string("reported"));
    // The system reports for a region's government: what an inspection lead became.
    bool const for_region = actor.has(Role::system);
    effect.changes.set("reporting_unit",
                       for_region ? std::string(effect.fields.text("region")) : actor.organisation);
    effect.changes.set("reporter", actor.user);
    SetFirstLevel{}(effect);
}

void SetFirstLevel::operator()(Effect const& effect) const {
    auto const& judged = effect.before;
    auto const* reported_by = effect.fact("reporting_unit");
    auto const unit = judged.context.world.region(std::get<std::string>(*reported_by));
    auto const own = unit ? unit->level : Level::township;
    auto const above =
        own >= Level::city ? Level::province : static_cast<Level>(static_cast<int>(own) + 1);
    effect.changes.set("level", std::string(name_of(above)));
}

void RaiseLevel::operator()(Effect const& effect) const {
    auto const above = static_cast<Level>(static_cast<int>(level_of(effect.before.facts)) + 1);
    effect.changes.set("level", std::string(name_of(above)));
}

void RecordAssignment::operator()(Effect const& effect) const {
    auto const& judged = effect.before;
    effect.changes.set("assigned_at", now(effect));
    effect.keep("lead_unit");
    if (effect.fields.has("co_handlers"))
        effect.keep("co_handlers");
    else if (effect.fact("co_handlers"))
        effect.clear("co_handlers");
    for (std::string_view const fact : {"opinions_given", "opinions_waived", "extension_until"})
        if (effect.fact(fact)) effect.clear(fact);
    auto due = effect.fields.time("due_at");
    if (!due && judged.facts.has("round")) {
        auto const round = judged.context.world.instance_at_hand(
            "round", "round-" + std::to_string(judged.facts.number("round")));
        auto const due_at = round ? round->facts.time("due_at") : std::nullopt;
        if (due_at > now(effect)) due = due_at;
    }
    if (due)
        effect.changes.set("handle_due_at", *due);
    else
        start_clock(effect, "handle");
}

void ForgetAssignment::operator()(Effect const& effect) const {
    for (std::string_view const fact :
         {"assigned_at", "lead_unit", "co_handlers", "opinions_given", "opinions_waived", "contact",
          "extension_until", "acknowledge_due_at", "decline_due_at", "handle_due_at"})
        if (effect.fact(fact)) effect.clear(fact);
}

void CountDecline::operator()(Effect const& effect) const {
    effect.count("decline_count");
}

void RecordOpinion::operator()(Effect const& effect) const {
    effect.add("opinions_given", effect.before.context.actor.organisation);
}

void RecordWaiver::operator()(Effect const& effect) const {
    effect.add("opinions_waived", std::string(effect.fields.text("unit")));
}

void AskForExtension::operator()(Effect const& effect) const {
    effect.changes.set("extension_until", *effect.fields.time("until"));
}

void MoveDueDate::operator()(Effect const& effect) const {
    effect.changes.set("handle_due_at", *effect.before.facts.time("extension_until"));
    effect.count("extension_count");
    effect.clear("extension_until");
}

void ForgetExtension::operator()(Effect const& effect) const {
    effect.clear("extension_until");
}

void RecordResult::operator()(Effect const& effect) const {
    effect.keep("result");
    effect.keep("measures");
    auto const due = effect.before.facts.time("handle_due_at");
    effect.changes.set("handled_at", now(effect));
    effect.changes.set("handled_late", due && now(effect) > *due);
    if (effect.fact("extension_until")) effect.clear("extension_until");
}

void StartRework::operator()(Effect const& effect) const {
    effect.count("rework_count");
    rearm(effect);
}

void ForgetVisits::operator()(Effect const& effect) const {
    effect.changes.set("visits_logged", std::int64_t{0});
    effect.changes.set("visits_failed", std::int64_t{0});
    effect.clear("reporter_says");
}

void RecordFeedback::operator()(Effect const& effect) const {
    effect.changes.set("reporter_says", std::string(effect.fields.text("solved")));
}

void RecordVisit::operator()(Effect const& effect) const {
    auto const& fields = effect.fields;
    effect.changes.set("visit_method", std::string(fields.text("method")));
    effect.keep("thoroughly_resolved");
    effect.keep("accepted_by_grassroots");
    effect.changes.set("visited_at", fields.time("visited_at").value_or(now(effect)));
    effect.count("visit_count");
    effect.count("visits_logged");
    if (fields.text("thoroughly_resolved") != "yes" ||
        fields.text("accepted_by_grassroots") == "dissatisfied")
        effect.count("visits_failed");
}

void RecordClose::operator()(Effect const& effect) const {
    effect.changes.set("closed_at", now(effect));
    TellMerged{}(effect);
}

void CountReopening::operator()(Effect const& effect) const {
    effect.count("reopened_count");
    rearm(effect);
}

void TellMerged::operator()(Effect const& effect) const {
    auto const& facts = effect.before.facts;
    for (auto const& id : facts.texts("merged_from")) {
        Fields told;
        bool const closed = effect.before.command == Close::name;
        told.set("main_state", std::string(closed ? Closed::name : Rejected::name));
        for (std::string_view const fact : {"result", "measures"})
            if (facts.has(fact)) told.set(fact, std::string(facts.text(fact)));
        effect.demand("problem", id, std::string(HearResult::name), std::move(told));
    }
}

void JoinMainProblem::operator()(Effect const& effect) const {
    std::string const into(effect.fields.text("into"));
    effect.changes.set("merged_into", into);
    Fields told;
    told.set("from", effect.before.instance.id);
    effect.demand("problem", into, std::string(TakeIn::name), std::move(told));
}

void TakeInOther::operator()(Effect const& effect) const {
    effect.add("merged_from", std::string(effect.fields.text("from")));
}

void RecordMainResult::operator()(Effect const& effect) const {
    effect.keep("main_state");
    effect.keep("result");
    effect.keep("measures");
}

void AddConsultation::operator()(Effect const& effect) const {
    effect.add("consultations", std::string(effect.fields.text("consultation")));
}

void CountUrge::operator()(Effect const& effect) const {
    effect.count("urge_count");
}

void ForgetReview::operator()(Effect const& effect) const {
    effect.clear("review_at");
}

} // namespace banjie::workflows::problems
