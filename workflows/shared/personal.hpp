#pragma once
// What every workflow with personal facts has: who erases them, and the day on which they are
// forgotten. Names are stored for ever: never change one.
//
//   using Forgetting = PersonalFacts<ContactPerson, ContactPhone>;
//   On<ErasePersonal, Stay, By<Coordinator>, If<Forgetting::Kept>, Do<Forgetting::Erase>>
//   On<Forget, Stay, By<System>, If<ForgettingIsDue>, Do<Forgetting::Erase>>

#include "workflows/shared/vocabulary.hpp"

namespace banjie::workflows::shared {

struct ForgetAt : Fact<"forget_at", Kind::time> {};
/// Days from the end of the matter; 0: never.
struct ForgetDays : Limit<"forget_days"> {};

struct ErasePersonal
    : Command<"erase_personal", "personal_erased", Form<ReasonGiven>, NeededForEnd> {};
struct Forget : Command<"forget", "personal_forgotten", Internal> {};

/// Holds while a personal value is kept.
template <class... Facts>
struct SomethingPersonalIsKept : Named<"something_personal_is_kept"> {
    Verdict operator()(Known<Facts...> known) const {
        bool const kept =
            ((known.template has<Facts>() && known.template get<Facts>() != erased_text) || ...);
        if (kept) return std::nullopt;
        return Reason{"nothing_personal"_code, "nothing personal is kept of it"};
    }
};
template <class... Facts>
struct EraseFacts : Joined<"erase(", ", ", ")", Facts...> {
    void operator()(MaySet<ForgetAt, Facts...> sets) const {
        (sets.template erase<Facts>(), ...);
        sets.template clear<ForgetAt>();
    }
};
/// Plans when the values are forgotten, if the policy says so.
template <class... Facts>
struct PlanForgetting : Named<"plan_forgetting"> {
    void operator()(Case const& here, Caps<ForgetDays> caps, Known<Facts...> known,
                    MaySet<ForgetAt> sets) const {
        auto const days = caps.get<ForgetDays>();
        bool const kept =
            ((known.template has<Facts>() && known.template get<Facts>() != erased_text) || ...);
        if (days > 0 && kept) sets.template set<ForgetAt>(here.now + std::chrono::days(days));
    }
};
struct ForgettingIsDue : Named<"forgetting_is_due"> {
    Verdict operator()(Case const& here, Known<ForgetAt> known) const {
        auto const at = known.get<ForgetAt>();
        if (at && *at <= here.now) return std::nullopt;
        return Reason{"not_to_be_forgotten"_code,
                      "its personal values are not to be forgotten yet"};
    }
};

/// The parts of rows that handle those facts.
template <class... Facts>
struct PersonalFacts {
    using Kept = SomethingPersonalIsKept<Facts...>;
    using Erase = EraseFacts<Facts...>;
    using Plan = PlanForgetting<Facts...>;
};

} // namespace banjie::workflows::shared
