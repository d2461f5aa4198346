#pragma once
// Parts that are ready to use. Their names include what they touch.

#include "workflows/kit/signatures.hpp"

namespace banjie::workflows::kit {

/// Joined name: `Joined<"keep(", ", ", ")", Title, Region>` is "keep(title, region)".
template <Name Before, Name Link, Name After, class... Parts>
struct Joined {
    static constexpr std::size_t size =
        Before.view().size() + After.view().size() + (Parts::name.size() + ... + 0) +
        Link.view().size() * std::max<std::size_t>(sizeof...(Parts), 1);
    static constexpr auto text = [] {
        std::array<char, size> all{};
        auto* at = std::copy_n(Before.text, Before.view().size(), all.data());
        bool first = true;
        auto const append = [&](std::string_view part) {
            if (!first) at = std::copy_n(Link.text, Link.view().size(), at);
            at = std::copy(part.begin(), part.end(), at);
            first = false;
        };
        (append(Parts::name), ...);
        std::copy_n(After.text, After.view().size(), at);
        return all;
    }();
    static constexpr std::string_view name{text.data(), size - Link.view().size()};
};

/// Copies fields of the command to the facts of the same name, where they are given.
template <class... Facts>
struct Keep : Joined<"keep(", ", ", ")", Facts...> {
    using keeps = mp::mp_list<Facts...>;
    void operator()(Given<Facts...> given, MaySet<Facts...> sets) const {
        auto const keep = [&]<class F>(mp::mp_identity<F>) {
            if (auto const* value = given.source().find(F::field)) sets.template take<F>(*value);
        };
        (keep(mp::mp_identity<Facts>{}), ...);
    }
};
template <class... Facts>
struct Clear : Joined<"clear(", ", ", ")", Facts...> {
    void operator()(MaySet<Facts...> sets) const { (sets.template clear<Facts>(), ...); }
};
template <class F>
struct Count : Joined<"count(", "", ")", F> {
    void operator()(MaySet<F> sets) const { sets.template count<F>(); }
};
/// Sets the fact to the time of the command.
template <class F>
struct Stamp : Joined<"stamp(", "", ")", F> {
    void operator()(Case const& here, Sets<F> sets) const { sets.template set<F>(here.now); }
};

// Conditions on facts, for marks and for `While`.

template <class F>
struct Has : Joined<"has(", "", ")", F> {
    bool operator()(Known<F> known) const { return known.template has<F>(); }
};
template <class F>
struct IsTrue : Joined<"is_true(", "", ")", F> {
    bool operator()(Known<F> known) const { return known.template get<F>(); }
};
template <class F>
struct IsPositive : Joined<"is_positive(", "", ")", F> {
    bool operator()(Known<F> known) const { return known.template get<F>() > 0; }
};
template <class F, Name... Choices>
struct Says : Joined<"says(", "", ")", F> {
    bool operator()(Known<F> known) const { return (known.template is<F, Choices>() || ...); }
};
template <class Condition>
struct Not : Joined<"not(", "", ")", Condition> {
    bool
    operator()(mp::mp_rename<named_by<mp::mp_list<Condition>, reads_member>, Known> known) const {
        return !Condition{}(known);
    }
};
/// Mark that holds if all its conditions hold.
template <Name Id, class... Conditions>
struct Mark : Named<Id> {
    bool operator()(
        mp::mp_rename<named_by<mp::mp_list<Conditions...>, reads_member>, Known> known) const {
        return (Conditions{}(known) && ...);
    }
};

} // namespace banjie::workflows::kit
