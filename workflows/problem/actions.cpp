#include "workflows/problem/actions.hpp"

#include "workflows/problem/guards.hpp"

namespace banjie::workflows::problems {

namespace {

Level above(Level level) {
    return level >= Level::city ? Level::province : static_cast<Level>(static_cast<int>(level) + 1);
}

std::string_view first_level(World const& world, std::string_view reporting_unit) {
    auto const unit = world.region(reporting_unit);
    return name_of(above(unit ? unit->level : Level::township));
}

} // namespace

void RecordReporter::operator()(Case const& here, Given<RegionIs, Source> given,
                                Sets<ReportingUnit, ReporterIs, Source, LevelIs> sets) const {
    bool const for_region = here.actor.has(Role::system);
    auto const unit =
        for_region ? given.get<RegionIs>() : std::string_view(here.actor.organisation);
    sets.set<ReportingUnit>(unit);
    sets.set<ReporterIs>(here.actor.user);
    sets.set<Source>(given.has<Source>() ? given.get<Source>() : "reported");
    sets.set<LevelIs>(first_level(here.world, unit));
}

void SetFirstLevel::operator()(Case const& here, Known<ReportingUnit> known,
                               Sets<LevelIs> sets) const {
    sets.set<LevelIs>(first_level(here.world, known.get<ReportingUnit>()));
}

void RaiseLevel::operator()(Known<LevelIs> known, Sets<LevelIs> sets) const {
    sets.set<LevelIs>(name_of(above(level_in(known.get<LevelIs>()))));
}

void RecordAssignment::operator()(
    Case const& here, Known<RoundIs> known, Given<LeadUnitIs, CoHandlersAre, DueAt> given,
    Sets<AssignedAt, LeadUnitIs> sets,
    MaySet<CoHandlersAre, OpinionsGiven, OpinionsWaived, ExtensionUntil> may_set,
    Starts<HandleClock> clock) const {
    sets.set<AssignedAt>(here.now);
    sets.set<LeadUnitIs>(given.get<LeadUnitIs>());
    if (given.has<CoHandlersAre>())
        may_set.set<CoHandlersAre>(given.get<CoHandlersAre>());
    else
        may_set.clear<CoHandlersAre>();
    may_set.clear<OpinionsGiven>();
    may_set.clear<OpinionsWaived>();
    may_set.clear<ExtensionUntil>();
    auto due = given.get<DueAt>();
    if (!due && known.has<RoundIs>()) {
        auto const round = round_of(here.world, known.get<RoundIs>());
        due = round ? round->facts.time("due_at") : std::nullopt;
        if (due && *due <= here.now) due.reset();
    }
    if (due)
        clock.end_at(*due);
    else
        clock();
}

void RecordOpinion::operator()(Case const& here, MaySet<OpinionsGiven> sets) const {
    sets.add<OpinionsGiven>(here.actor.organisation);
}

void RecordWaiver::operator()(Given<UnitIs> given, MaySet<OpinionsWaived> sets) const {
    sets.add<OpinionsWaived>(given.get<UnitIs>());
}

void AskForExtension::operator()(Given<Until> given, MaySet<ExtensionUntil> sets) const {
    sets.set<ExtensionUntil>(given.get<Until>().value());
}

void MoveDueDate::operator()(Known<ExtensionUntil> known, Starts<HandleClock> clock) const {
    if (auto const until = known.get<ExtensionUntil>()) clock.end_at(*until);
}

void RecordLateness::operator()(Case const& here, Known<HandleClock::DueAt> known,
                                Sets<HandledLate> sets) const {
    auto const due = known.get<HandleClock::DueAt>();
    sets.set<HandledLate>(due && here.now > *due);
}

void ForgetVisits::operator()(MaySet<VisitsLogged, VisitsFailed, ReporterSays> sets) const {
    sets.set<VisitsLogged>(0);
    sets.set<VisitsFailed>(0);
    sets.clear<ReporterSays>();
}

void RecordFeedback::operator()(Given<Solved> given, MaySet<ReporterSays> sets) const {
    sets.set<ReporterSays>(given.get<Solved>());
}

void RecordVisit::operator()(
    Case const& here, Given<Method, VisitedAt, ThoroughlyResolved, AcceptedByGrassroots> given,
    MaySet<VisitMethod, VisitedAt, VisitCount, VisitsLogged, VisitsFailed> sets) const {
    sets.set<VisitMethod>(given.get<Method>());
    sets.set<VisitedAt>(given.get<VisitedAt>().value_or(here.now));
    sets.count<VisitCount>();
    sets.count<VisitsLogged>();
    if (!given.is<ThoroughlyResolved, "yes">() || given.is<AcceptedByGrassroots, "dissatisfied">())
        sets.count<VisitsFailed>();
}

void JoinMainProblem::operator()(Case const& here, Given<Into> given, MaySet<MergedInto> sets,
                                 Demand<TakeIn> demand) const {
    sets.set<MergedInto>(given.get<Into>());
    auto form = demand.form();
    form.set<From>(here.instance.id);
    demand(given.get<Into>(), std::move(form));
}

void TakeInOther::operator()(Given<From> given, MaySet<MergedFrom> sets) const {
    sets.add<MergedFrom>(given.get<From>());
}

void RecordMainResult::operator()(Given<MainResult> given, MaySet<Result> sets) const {
    if (given.has<MainResult>()) sets.set<Result>(given.get<MainResult>());
}

void AddConsultation::operator()(Given<ConsultationIs> given, MaySet<Consultations> sets) const {
    sets.add<Consultations>(given.get<ConsultationIs>());
}

} // namespace banjie::workflows::problems
