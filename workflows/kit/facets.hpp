#pragma once
// Declarations of a workflow for lists, figures, sight, attachments and numbers.
//
//   using tags = Tags<Category, OfHandlingUnit<LeadUnitIs>>;    // to filter and to group by
//   using marks = Marks<IsHandled, IsHandledLate>;              // named predicates
//   using moments = Moments<CreatedAs<"reported">, ClosedAt>;   // named without "_at"
//   using numbers = Numbers<Cost>;                              // summed
//   using rates = Rates<Rate<"late_rate", IsHandledLate, IsHandled, ClosedAt>>;
//   using seen_by = SeenBy<OverRegion<RegionIs>>;               // for states without a SeenBy
//   using beside = mp::mp_list<Beside<"supervision", Normal>>;  // further regions
//   using tells = Tells<Visitor>;                               // parties only notified
//   using attachments = Attachments<Purpose<"photo", LeadUnit>>;
//   using unmasked_by = UnmaskedBy<LeadUnit>;                   // who may read personal values
//   using numbering = NumberedBy<RoundIs>;   // or NumberedByYear<"督">, or KeyedBy<Number>
//   static constexpr bool is_kept_at_hand = true;               // guards of others read it
//   static constexpr std::span<CodeEntry const> codes = own_codes;  // of its refusals

#include "workflows/kit/derived.hpp"

namespace banjie::workflows::kit {

template <class... Facts>
struct Tags {};
template <class F>
struct OfHandlingUnit : F {}; // a tag that the filter `unit=` reads
template <class... Predicates>
struct Marks {};
template <class... Facts>
struct Moments {};
template <Name Id>
struct CreatedAs : Named<Id> {};
template <class... Facts>
struct Numbers {};
template <class... All>
struct Rates {};
template <Name Id, class Part, class Whole, class Moment>
struct Rate : Named<Id> {
    using part = Part;
    using whole = Whole;
    using moment = Moment;
};
template <class... Parties>
using Tells = mp::mp_list<Parties...>;
template <class... Parties>
struct UnmaskedBy {};
template <class... All>
struct Attachments {};
template <Name Id, class P>
struct Purpose : Named<Id> {
    using parties = mp::mp_list<P>;
    static constexpr std::string_view party = P::name;
};
template <class F>
struct NumberedBy {
    using facts = mp::mp_list<F>;
    static constexpr Numbering numbering{.fact = F::name};
};
template <Name Letters = "">
struct NumberedByYear {
    static constexpr Numbering numbering{.letters = Letters.view()};
};
template <class F>
struct KeyedBy {
    using facts = mp::mp_list<F>;
    static constexpr Numbering numbering{.key_fact = F::name};
};

// clang-format off
template <class D> using tags_member = mp::mp_rename<typename D::tags, mp::mp_list>;
template <class D> using marks_member = mp::mp_rename<typename D::marks, mp::mp_list>;
template <class D> using moments_member = mp::mp_rename<typename D::moments, mp::mp_list>;
template <class D> using numbers_member = mp::mp_rename<typename D::numbers, mp::mp_list>;
template <class D> using rates_member = mp::mp_rename<typename D::rates, mp::mp_list>;
template <class D> using seen_by_member = mp::mp_rename<typename D::seen_by, mp::mp_list>;
template <class D> using attachments_member = mp::mp_rename<typename D::attachments, mp::mp_list>;
template <class D> using unmasked_by_member = mp::mp_rename<typename D::unmasked_by, mp::mp_list>;
template <class D> using numbering_member = typename D::numbering;
template <class A> using purpose_parties = typename A::parties;
// clang-format on
/// List that the definition declares under that name; empty if it declares none.
template <class Def, template <class> class Member>
using declared = mp::mp_eval_or<mp::mp_list<>, Member, Def>;

template <class Def>
using numbering_of = mp::mp_eval_or<NumberedByYear<>, numbering_member, Def>;

template <class F>
inline constexpr bool is_handling = false;
template <class F>
inline constexpr bool is_handling<OfHandlingUnit<F>> = true;
template <class M>
struct MomentOf {
    static constexpr MomentInfo info{M::name.substr(0, M::name.rfind('_')), M::name};
};
template <Name Id>
struct MomentOf<CreatedAs<Id>> {
    static constexpr MomentInfo info{Id.view(), ""};
};

template <class Def>
inline constexpr auto tags_v =
    array_of<TagInfo, declared<Def, tags_member>>([]<class F>(mp::mp_identity<F>) {
        return TagInfo{F::name, F::kind, is_handling<F>};
    });
template <class Def>
inline constexpr auto marks_v = array_of<MarkInfo, declared<Def, marks_member>>(
    []<class M>(mp::mp_identity<M>) { return MarkInfo{M::name}; });
template <class Def>
inline constexpr auto moments_v = array_of<MomentInfo, declared<Def, moments_member>>(
    []<class M>(mp::mp_identity<M>) { return MomentOf<M>::info; });
template <class Def>
inline constexpr auto numbers_v =
    array_of<NumberInfo, declared<Def, numbers_member>>([]<class F>(mp::mp_identity<F>) {
        return NumberInfo{F::name, F::decimals};
    });
template <class Def>
inline constexpr auto rates_v =
    array_of<RateInfo, declared<Def, rates_member>>([]<class R>(mp::mp_identity<R>) {
        return RateInfo{R::name, R::part::name, R::whole::name,
                        MomentOf<typename R::moment>::info.name};
    });
template <class Def>
inline constexpr auto attachments_v =
    array_of<AttachmentPurpose, declared<Def, attachments_member>>([]<class A>(mp::mp_identity<A>) {
        return AttachmentPurpose{A::name, A::party};
    });

template <class Def>
std::uint64_t marks_of(Fields const& facts) {
    return [&]<class... M>(mp::mp_list<M...>) {
        std::uint64_t marks = 0;
        int bit = 0;
        ((marks |= std::uint64_t{call<M>(FactsAhead{facts})} << bit++), ...);
        return marks;
    }(declared<Def, marks_member>{});
}

/// Places from which a state is seen: its own, or else the definition's.
template <class Def, class S>
using sight_of =
    mp::mp_if<std::is_same<typename S::seen_by, SeenBy<>>, declared<Def, seen_by_member>,
              mp::mp_rename<typename S::seen_by, mp::mp_list>>;
/// Functions that depend on the main state, kept by its index.
struct StateCode {
    std::vector<Place> (*seen_by)(Fields const&);
    std::vector<Address> (*waits_for)(Fields const&);
};
template <class Def>
inline constexpr auto state_codes_v =
    array_of<StateCode, typename Derived<Def>::states>([]<class S>(mp::mp_identity<S>) {
        return StateCode{
            [](Fields const& facts) { return places_of(sight_of<Def, S>{}, facts); },
            [](Fields const& facts) { return addresses_of(awaits_member<S>{}, facts); }};
    });

/// All parties that the workflow knows by name.
template <class Def>
using parties_of =
    mp::mp_unique<mp::mp_append<typename Derived<Def>::parties, declared<Def, unmasked_by_member>,
                                each_member<declared<Def, attachments_member>, purpose_parties>>>;
/// Drops the article of the English name, which only sentences need.
constexpr PartyInfo info_of(std::string_view name, std::string_view zh, std::string_view en) {
    return {name, zh, en.substr(en.find(' ') + 1)};
}
template <class P>
using has_an_address = mp::mp_not<mp::mp_empty<typename P::facts>>;
template <class Def>
inline constexpr auto parties_v =
    array_of<PartyInfo, mp::mp_copy_if<parties_of<Def>, has_an_address>>(
        []<class P>(mp::mp_identity<P>) { return info_of(P::name, P::zh, P::en); });
struct PartyCode {
    std::string_view name;
    bool (*admits)(Actor const&, Fields const&);
    std::vector<Address> (*addresses)(Fields const&);
};
template <class Def>
inline constexpr auto party_codes_v =
    array_of<PartyCode, parties_of<Def>>([]<class P>(mp::mp_identity<P>) {
        return PartyCode{P::name, &P::admits,
                         [](Fields const& facts) { return addresses_of(mp::mp_list<P>{}, facts); }};
    });

} // namespace banjie::workflows::kit
