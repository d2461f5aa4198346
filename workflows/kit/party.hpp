#pragma once
// A party is one answer to five questions: who may, who is awaited, who is notified, who sees, and
// what people call them. All answers follow from a role and a place.
//
//   struct LeadUnit : Party<"lead_unit", "牵头单位", "its lead unit", Role::handler,
//                           OfUnit<LeadUnitIs>> {};

#include "workflows/contract/region.hpp"
#include "workflows/kit/ready_parts.hpp"

namespace banjie::workflows::kit {

template <class F, Kind K>
inline constexpr bool is_of_kind = F::kind == K;

/// Reads a fact that names a place.
template <class F, Kind K = F::kind>
decltype(auto) place_in(Fields const& facts) {
    static_assert(is_of_kind<F, K>, "a place is named by a fact of another kind");
    return read_from<F>(facts);
}
/// Returns the office of a level over a region; empty if there is none.
[[nodiscard]] std::string office_of(std::string_view region, Level level);
/// Returns the level that a fact names, or the province's if it names none.
[[nodiscard]] inline Level level_in(std::string_view text) {
    return level_named(text).value_or(Level::province);
}

// A place decides whether an actor `holds` it, and yields the offices, units or persons that it
// `addresses` and what is `seen` from it. `facts` are those that name the place.

/// Everywhere. Addresses nobody in particular.
struct Everybody {
    using facts = mp::mp_list<>;
    static bool holds(Actor const&, Fields const&) { return true; }
    static void addresses(Fields const&, auto const&) {}
    static void seen(Fields const&, auto const& yield) { yield(Sight::everybody, {}); }
};
/// Everywhere, without signing in.
struct Everyone : Everybody {
    static void seen(Fields const&, auto const& yield) { yield(Sight::everyone, {}); }
};
/// The offices of that level or above, in any region.
template <Level Least>
struct FromLevel : Everybody {
    static bool holds(Actor const& actor, Fields const&) { return actor.level >= Least; }
};
/// The governments of the region and above. Offices of counties and above are addressed.
template <class RegionFact>
struct OverRegion {
    using facts = mp::mp_list<RegionFact>;
    static std::string_view region(Fields const& facts) {
        return place_in<RegionFact, Kind::region>(facts);
    }
    static bool holds(Actor const& actor, Fields const& facts) {
        return actor.covers(region(facts));
    }
    static void addresses(Fields const& facts, auto const& yield) {
        for (auto const level : {Level::county, Level::city, Level::province})
            yield(office_of(region(facts), level));
    }
    static void seen(Fields const& facts, auto const& yield) {
        yield(Sight::region, region(facts));
    }
};
/// The office of one level over the region.
template <class LevelFact, class RegionFact>
struct OfOffice {
    using facts = mp::mp_list<LevelFact, RegionFact>;
    static std::string office(Fields const& facts) {
        return office_of(OverRegion<RegionFact>::region(facts),
                         level_in(read_from<LevelFact>(facts)));
    }
    static bool holds(Actor const& actor, Fields const& facts) {
        return actor.level == level_in(read_from<LevelFact>(facts)) &&
               OverRegion<RegionFact>::holds(actor, facts);
    }
    static void addresses(Fields const& facts, auto const& yield) { yield(office(facts)); }
    static void seen(Fields const& facts, auto const& yield) { yield(Sight::unit, office(facts)); }
};
/// The offices of that level or above over the region.
template <class LevelFact, class RegionFact>
struct FromOffice : OfOffice<LevelFact, RegionFact> {
    static bool holds(Actor const& actor, Fields const& facts) {
        return actor.level >= level_in(read_from<LevelFact>(facts)) &&
               OverRegion<RegionFact>::holds(actor, facts);
    }
};
/// The office of the province.
template <class RegionFact>
struct OfProvince : FromLevel<Level::province> {
    using facts = mp::mp_list<RegionFact>;
    static void addresses(Fields const& facts, auto const& yield) {
        yield(office_of(OverRegion<RegionFact>::region(facts), Level::province));
    }
};
template <class UnitFact>
struct OfUnit {
    static_assert(is_of_kind<UnitFact, Kind::unit>, "a place is named by a fact of another kind");
    using facts = mp::mp_list<UnitFact>;
    static std::string_view unit(Fields const& facts) {
        return place_in<UnitFact, Kind::unit>(facts);
    }
    static bool holds(Actor const& actor, Fields const& facts) {
        return !actor.organisation.empty() && actor.organisation == unit(facts);
    }
    static void addresses(Fields const& facts, auto const& yield) { yield(unit(facts)); }
    static void seen(Fields const& facts, auto const& yield) { yield(Sight::unit, unit(facts)); }
};
/// A government that reported the instance; before creation, any that may report.
template <class UnitFact>
struct OfGovernment : OfUnit<UnitFact> {
    static bool holds(Actor const& actor, Fields const& facts) {
        return !actor.of_department && (facts.empty() || OfUnit<UnitFact>::holds(actor, facts));
    }
};
/// The units in a list that are in none of the other lists.
template <class UnitsFact, class... Except>
struct OfUnits {
    using facts = mp::mp_list<UnitsFact, Except...>;
    static void each(Fields const& facts, auto const& yield) {
        auto const lists = [](Texts const& all, std::string const& unit) {
            return std::find(all.begin(), all.end(), unit) != all.end();
        };
        for (auto const& unit : place_in<UnitsFact, Kind::units>(facts))
            if (!(lists(place_in<Except, Kind::units>(facts), unit) || ...)) yield(unit);
    }
    static bool holds(Actor const& actor, Fields const& facts) {
        bool found = false;
        each(facts, [&](std::string const& unit) { found = found || unit == actor.organisation; });
        return found;
    }
    static void addresses(Fields const& facts, auto const& yield) { each(facts, yield); }
    static void seen(Fields const& facts, auto const& yield) {
        each(facts, [&](std::string const& unit) { yield(Sight::unit, unit); });
    }
};
/// One person. A role that someone has only as this person applies wherever they are.
template <class PersonFact>
struct OfPerson {
    using facts = mp::mp_list<PersonFact>;
    static constexpr bool is_a_person = true;
    static std::string_view person(Fields const& facts) {
        return place_in<PersonFact, Kind::text>(facts);
    }
    static bool holds(Actor const& actor, Fields const& facts) {
        return actor.user == person(facts);
    }
    static void addresses(Fields const& facts, auto const& yield) { yield(person(facts)); }
    static void seen(Fields const& facts, auto const& yield) {
        yield(Sight::person, person(facts));
    }
};

/// A role at a place. `En` ends a sentence: "only its lead unit may".
template <Name Id, Name Zh, Name En, Role Part, class Where = Everybody>
struct Party : Named<Id> {
    static constexpr std::string_view zh = Zh.view(), en = En.view();
    using facts = typename Where::facts;
    static bool admits(Actor const& actor, Fields const& known) {
        return actor.has(Part) && Where::holds(actor, known);
    }
    static void addresses(Fields const& known, auto const& yield) {
        Where::addresses(known, [&](std::string_view code) {
            constexpr bool is_a_person = requires { Where::is_a_person; };
            yield(Address{is_a_person ? std::nullopt : std::optional(Part), std::string(code)});
        });
    }
};
struct System : Party<"system", "系统", "the system", Role::system> {};

/// Several parties under one name.
template <Name Id, Name Zh, Name En, class... Parties>
struct AnyOf : Named<Id> {
    static constexpr std::string_view zh = Zh.view(), en = En.view();
    using facts = each_member<mp::mp_list<Parties...>, facts_member>;
    static bool admits(Actor const& actor, Fields const& known) {
        return (Parties::admits(actor, known) || ...);
    }
    static void addresses(Fields const& known, auto const& yield) {
        (Parties::addresses(known, yield), ...);
    }
};

/// The party while a condition holds.
template <class Condition, class P>
struct While : P {
    using facts = mp::mp_append<typename P::facts, named_by<mp::mp_list<Condition>, reads_member>>;
    using party = P;
    static bool admits(Actor const& actor, Fields const& known) {
        return call<Condition>(FactsAhead{known}) && P::admits(actor, known);
    }
    static void addresses(Fields const& known, auto const& yield) {
        if (call<Condition>(FactsAhead{known})) P::addresses(known, yield);
    }
};
template <class P>
constexpr auto bare_party() {
    if constexpr (requires { typename P::party; })
        return mp::mp_identity<typename P::party>{};
    else
        return mp::mp_identity<P>{};
}

template <class P>
inline constexpr bool is_a_party = requires(Actor const& actor, Fields const& facts) {
    { P::admits(actor, facts) } -> std::same_as<bool>;
    { P::zh.empty() && P::en.empty() } -> std::same_as<bool>;
    typename P::facts;
};

template <class T>
void add_new(std::vector<T>& all, T one) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
}
// An absent fact names nobody.
template <class... P>
std::vector<Address> addresses_of(mp::mp_list<P...>, Fields const& facts) {
    std::vector<Address> all;
    auto const add = [&](Address address) {
        if (!address.code.empty()) add_new(all, std::move(address));
    };
    (P::addresses(facts, add), ...);
    return all;
}
template <class... W>
std::vector<Place> places_of(mp::mp_list<W...>, Fields const& facts) {
    std::vector<Place> all;
    auto const add = [&](Sight sight, std::string_view code) {
        bool const is_open = sight == Sight::everybody || sight == Sight::everyone;
        if (is_open || !code.empty()) add_new(all, Place{sight, std::string(code)});
    };
    (W::seen(facts, add), ...);
    return all;
}

} // namespace banjie::workflows::kit
