#pragma once
// Actions of the workflow `problem`.

#include "workflows/problem/vocabulary.hpp"

namespace banjie::workflows::problems {

/// Records the reporter. If a lead became a problem, the system reports it for a region's
/// government.
struct RecordReporter : Named<"record_reporter"> {
    void operator()(Case const& here, Given<RegionIs, Source> given,
                    Sets<ReportingUnit, ReporterIs, Source, LevelIs> sets) const;
};
/// Sets the level to the one above that of the reporting unit: it screens first.
struct SetFirstLevel : Named<"set_first_level"> {
    void operator()(Case const& here, Known<ReportingUnit> known, Sets<LevelIs> sets) const;
};
struct RaiseLevel : Named<"raise_level"> {
    void operator()(Known<LevelIs> known, Sets<LevelIs> sets) const;
};

/// Records an assignment. The due date is the form's, or else the round's if still ahead, or else
/// the clock's.
struct RecordAssignment : Named<"record_assignment"> {
    void operator()(Case const& here, Known<RoundIs> known,
                    Given<LeadUnitIs, CoHandlersAre, DueAt> given,
                    Sets<AssignedAt, LeadUnitIs> sets,
                    MaySet<CoHandlersAre, OpinionsGiven, OpinionsWaived, ExtensionUntil> may_set,
                    Starts<HandleClock> clock) const;
};
using ForgetAssignment =
    Clear<AssignedAt, LeadUnitIs, CoHandlersAre, OpinionsGiven, OpinionsWaived, Contact,
          ExtensionUntil, AcknowledgeClock::DueAt, DeclineClock::DueAt, HandleClock::DueAt>;
struct RecordOpinion : Named<"record_opinion"> {
    void operator()(Case const& here, MaySet<OpinionsGiven> sets) const;
};
struct RecordWaiver : Named<"record_waiver"> {
    void operator()(Given<UnitIs> given, MaySet<OpinionsWaived> sets) const;
};
struct AskForExtension : Named<"ask_for_extension"> {
    void operator()(Given<Until> given, MaySet<ExtensionUntil> sets) const;
};
struct MoveDueDate : Named<"move_due_date"> {
    void operator()(Known<ExtensionUntil> known, Starts<HandleClock> clock) const;
};
struct RecordLateness : Named<"record_lateness"> {
    void operator()(Case const& here, Known<HandleClock::DueAt> known,
                    Sets<HandledLate> sets) const;
};

struct ForgetVisits : Named<"forget_visits"> {
    void operator()(MaySet<VisitsLogged, VisitsFailed, ReporterSays> sets) const;
};
struct RecordFeedback : Named<"record_feedback"> {
    void operator()(Given<Solved> given, MaySet<ReporterSays> sets) const;
};
struct RecordVisit : Named<"record_visit"> {
    void operator()(Case const& here,
                    Given<Method, VisitedAt, ThoroughlyResolved, AcceptedByGrassroots> given,
                    MaySet<VisitMethod, VisitedAt, VisitCount, VisitsLogged, VisitsFailed>) const;
};

/// Sends the final state to the problems that were merged into this one.
template <class State>
struct TellMerged : Named<"tell_merged"> {
    void operator()(Known<MergedFrom, Result, Measures> known, Demand<HearResult> demand) const {
        for (auto const& id : known.get<MergedFrom>()) {
            auto form = demand.form();
            form.template set<MainState>(State::name);
            if (known.has<Result>()) form.template set<MainResult>(known.get<Result>());
            if (known.has<Measures>()) form.template set<Measures>(known.get<Measures>());
            demand(id, std::move(form));
        }
    }
};
struct JoinMainProblem : Named<"join_main_problem"> {
    void operator()(Case const& here, Given<Into> given, MaySet<MergedInto> sets,
                    Demand<TakeIn> demand) const;
};
struct TakeInOther : Named<"take_in_other"> {
    void operator()(Given<From> given, MaySet<MergedFrom> sets) const;
};
struct RecordMainResult : Named<"record_main_result"> {
    void operator()(Given<MainResult> given, MaySet<Result> sets) const;
};
struct AddConsultation : Named<"add_consultation"> {
    void operator()(Given<ConsultationIs> given, MaySet<Consultations> sets) const;
};

} // namespace banjie::workflows::problems
