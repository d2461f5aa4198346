#include "tests/workflows/added/suggestion.hpp"

#include "workflows/kit/machine_workflow.hpp"
#include "workflows/shared/guards.hpp"

namespace banjie::workflows {

namespace suggestions {

using namespace shared;

constexpr CodeEntry own_codes[] = {
    {"answered_often_enough", RefusalKind::not_permitted,
     "The suggestion has been answered as often as the policy permits.", "Talk to the lead unit."},
    {"rating_is_poor", RefusalKind::not_permitted, "The answer is rated as poor.", ""},
};
[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return code_named({name, size}, own_codes, shared_codes);
}

struct Channel : Fact<"channel", Kind::choice, OneOf<"observer", "open_day", "enterprise">> {};
struct Outcome : Fact<"outcome", Kind::choice, OneOf<"adopted", "planned", "declined">> {};
struct Answer : Fact<"answer", Kind::long_text> {};
struct AnsweredAt : Fact<"answered_at", Kind::time> {};
struct Rating : Fact<"rating", Kind::choice, OneOf<"good", "poor">> {};
struct ReturnCount : Fact<"return_count", Kind::integer> {};
struct SavedYuan : Fact<"saved", Kind::integer, Counted<0>> {};

struct AnswerClock : Clock<"answer"> {};
struct Returns : Limit<"returns"> {};

struct Registered : State<"registered", "hear", Awaits<Coordinator>> {};
struct Assigned : State<"assigned", "answer", Awaits<LeadUnit>, Runs<AnswerClock>> {};
struct Answered : State<"answered", "rate", Awaits<Reporter>> {};
struct Closed : State<"closed", "rate"> {};

struct Register : Command<"register", "registered", Form<Title, Description, RegionIs, Channel>> {};
struct Assign : Command<"assign", "assigned", Form<LeadUnitIs, May<Note>>> {};
struct GiveAnswer : Command<"answer", "answered", Form<Outcome, Answer, May<SavedYuan>>> {};
struct RateAnswer : Command<"rate", "rated", Form<Rating>> {};

struct RatingIsGood : Named<"rating_is_good"> {
    Verdict operator()(Given<Rating> given) const {
        if (given.is<Rating, "good">()) return std::nullopt;
        return Reason{"rating_is_poor"_code, "the answer is rated as poor"};
    }
};
struct ReturnsAreLeft : Named<"returns_are_left"> {
    Verdict operator()(Known<ReturnCount> known, Caps<Returns> caps) const {
        if (known.get<ReturnCount>() < caps.get<Returns>()) return std::nullopt;
        return Reason{"answered_often_enough"_code, "it has been answered often enough"};
    }
};
struct RecordOffice : Named<"record_office"> {
    void operator()(Case const& here, Sets<ReportingUnit, LevelIs> sets) const {
        sets.set<ReportingUnit>(here.actor.organisation);
        sets.set<LevelIs>(name_of(Level::county));
    }
};

using WasAnswered = Mark<"answered", Has<AnsweredAt>>;
using IsRatedGood = Mark<"rated_good", Has<AnsweredAt>, Says<Rating, "good">>;

struct Definition {
    static constexpr std::string_view name = "suggestion";
    static constexpr std::span<CodeEntry const> codes = own_codes;
    // clang-format off
    using table = Table<
        In<New,
           On<Register, Registered, By<Reporter>, If<PlaceIsOwn>,
              Do<Keep<Title, Description, RegionIs, Channel>, RecordOffice>>>,
        In<Registered,
           On<Assign, Assigned, By<Coordinator>, If<UnitsAreFit<>>,
              Do<Keep<LeadUnitIs>, StartClock<AnswerClock>>>>,
        In<Assigned,
           On<GiveAnswer, Answered, By<LeadUnit>,
              Do<Keep<Outcome, Answer, SavedYuan>, Stamp<AnsweredAt>, StopClock<AnswerClock>>>>,
        In<Answered,
           On<RateAnswer, FirstOf<To<Closed, If<RatingIsGood>>,
                                  To<Assigned, If<ReturnsAreLeft>,
                                     Do<Count<ReturnCount>, StartClock<AnswerClock>>>>,
              By<Reporter>, Do<Keep<Rating>>>>>;
    // clang-format on
    using tags = Tags<Channel, RegionIs, ReportingUnit, OfHandlingUnit<LeadUnitIs>>;
    using marks = Marks<WasAnswered, IsRatedGood>;
    using moments = Moments<CreatedAs<"registered">, AnsweredAt>;
    using numbers = Numbers<SavedYuan>;
    using rates = Rates<Rate<"good_rate", IsRatedGood, WasAnswered, AnsweredAt>>;
    using seen_by = SeenBy<OverRegion<RegionIs>, OfUnit<ReportingUnit>, OfUnit<LeadUnitIs>>;
    using attachments = Attachments<Purpose<"answer", LeadUnit>>;
    using numbering = NumberedByYear<"建">;
};

} // namespace suggestions

Workflow const& suggestion() {
    return kit::workflow_of<suggestions::Definition>();
}

} // namespace banjie::workflows
