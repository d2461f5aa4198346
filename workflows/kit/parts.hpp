#pragma once
// Guards, actions and marks. The signature of a part is its declaration: the kit calls a part with
// exactly what its parameters name. From the same signature it derives facts, limits and the fields
// that forms must have.
//
//   Verdict PercentGrows::operator()(Known<Percent> known, Given<Percent> given) const;
//   void CountReturn::operator()(MaySet<ReturnCount> sets) const { sets.count<ReturnCount>(); }
//   bool WasReturned::operator()(Known<ReturnCount> known) const; // a mark: facts alone

#include "workflows/contract/personal.hpp"
#include "workflows/contract/refusal_codes.hpp"
#include "workflows/kit/words.hpp"

#include <optional>
#include <string>
#include <vector>

namespace banjie::workflows::kit {

/// Circumstances of a command that guards and actions may read beside facts.
struct Case {
    Instance const& instance; // before the command
    Actor const& actor;
    Time now;
    Policy const& policy;
    Calendar const& calendar;
    World const& world;
};

/// Reason why a guard does not hold. `clause` ends the sentence "Cannot accept problem 01…:
/// <clause>." and has no full stop. A `field` names something that does not exist. If `help` is
/// empty, that of the code applies.
struct Reason {
    RefusalCode code;
    std::string clause;
    std::string_view field{};
    std::string help{};
};
using Verdict = std::optional<Reason>; // nullopt: it holds

/// Facts after the command: `changes` come before what was known.
struct FactsAhead {
    Fields const& before;
    Fields* changes = nullptr;

    [[nodiscard]] Value const* find(FieldName const& fact) const {
        auto const* changed = changes ? changes->find(fact) : nullptr;
        auto const* value = changed ? changed : before.find(fact);
        return value && std::holds_alternative<std::monostate>(*value) ? nullptr : value;
    }
    /// Clears a fact that is present. An event does not mention what was absent before.
    void clear(FieldName const& fact) const {
        if (find(fact) != nullptr) changes->set(fact, std::monostate{});
    }
};
/// Everything that parts are called with.
struct Scene : FactsAhead {
    Case const& here;
    Fields const& given;
    std::vector<Consequence>* demanded = nullptr;
};

/// Returns the value, or the type's empty value if it is absent or if an older version of the table
/// stored it with another type.
template <Kind K>
decltype(auto) read(Value const* value) {
    if constexpr (is_list(K)) {
        static Texts const none;
        auto const* texts = std::get_if<Texts>(value);
        return static_cast<Texts const&>(texts ? *texts : none);
    } else if constexpr (K == Kind::boolean) {
        auto const* flag = std::get_if<bool>(value);
        return flag != nullptr && *flag;
    } else if constexpr (K == Kind::integer) {
        auto const* number = std::get_if<std::int64_t>(value);
        return number ? *number : std::int64_t{0};
    } else if constexpr (K == Kind::time) {
        auto const* time = std::get_if<Time>(value);
        return time ? std::optional(*time) : std::nullopt;
    } else {
        auto const* text = std::get_if<std::string>(value);
        return text ? std::string_view(*text) : std::string_view();
    }
}
template <class F>
decltype(auto) read_from(Fields const& fields) {
    return read<F::kind>(fields.find(F::field));
}

template <class F, class... Listed>
inline constexpr bool signature_names = mp::mp_contains<mp::mp_list<Listed...>, F>::value;
template <class F, Name Text>
inline constexpr bool is_one_of_its_choices =
    std::find(F::choices.begin(), F::choices.end(), Text.view()) != F::choices.end();

/// Reader of the names in a signature: `get` returns a text, number, flag, list or optional time,
/// `has` whether there is one, and `is` whether it is a given choice.
template <class Source, class... Facts>
class Reads {
public:
    template <class F>
    [[nodiscard]] decltype(auto) get() const {
        return read<F::kind>(find<F>());
    }
    template <class F>
    [[nodiscard]] bool has() const {
        return find<F>() != nullptr;
    }
    template <class F, Name Text>
    [[nodiscard]] bool is() const {
        static_assert(is_one_of_its_choices<F, Text>, "it can never say that");
        return get<F>() == Text.view();
    }

    [[nodiscard]] Source const& source() const { return source_; }

protected:
    explicit Reads(Source const& source) : source_(source) {}

private:
    template <class F>
    Value const* find() const {
        static_assert(signature_names<F, Facts...>, "name it in the part's signature");
        return source_.find(F::field);
    }
    Source const& source_;
};

/// Reader of facts: in a guard those before the command, in an action as they will be.
template <class... Facts>
struct Known : Reads<FactsAhead, Facts...> {
    using reads = mp::mp_list<Facts...>;
    explicit Known(FactsAhead const& facts) : Reads<FactsAhead, Facts...>(facts) {}
    template <class... More>
    Known(Known<More...> const& more) : Reads<FactsAhead, Facts...>(more.source()) {
        static_assert((signature_names<Facts, More...> && ...), "name it in the part's signature");
    }
};
/// Reader of the command's fields. An optional field that is absent reads as empty.
template <class... Facts>
struct Given : Reads<Fields, Facts...> {
    using asks = mp::mp_list<Facts...>;
    explicit Given(Scene const& scene) : Reads<Fields, Facts...>(scene.given) {}
};
/// Reader of the policy's caps.
template <class... Limits>
struct Caps {
    using caps = mp::mp_list<Limits...>;
    explicit Caps(Scene const& scene) : policy(scene.here.policy) {}
    Policy const& policy;
    template <class L>
    [[nodiscard]] int get() const {
        static_assert(signature_names<L, Limits...>, "name it in the part's signature");
        return policy.limit(L::name);
    }
};

template <Kind K>
using stored_as =
    mp::mp_cond<mp::mp_bool<K == Kind::boolean>, bool, mp::mp_bool<K == Kind::integer>,
                std::int64_t, mp::mp_bool<K == Kind::time>, Time, mp::mp_bool<is_list(K)>, Texts,
                mp::mp_true, std::string_view>;
template <class F>
void put(Fields& fields, stored_as<F::kind> value) {
    if constexpr (std::is_same_v<decltype(value), std::string_view>)
        fields.set(F::field, std::string(value));
    else
        fields.set(F::field, std::move(value));
}

template <class... Facts>
class Writes {
public:
    template <class F>
    void set(std::type_identity_t<stored_as<F::kind>> value) const {
        put<named<F>>(*scene_.changes, std::move(value));
    }
    /// Sets a fact to a value that a form has checked.
    template <class F>
    void take(Value value) const {
        scene_.changes->set(named<F>::field, std::move(value));
    }
    template <class F>
    void clear() const {
        scene_.clear(named<F>::field);
    }
    /// Erases the personal value, if there is one.
    template <class F>
    void erase() const {
        static_assert(named<F>::kind == Kind::personal, "only personal values are erased");
        if (scene_.find(F::field) != nullptr) set<F>(erased_text);
    }
    template <class F>
    void count() const {
        set<F>(read<Kind::integer>(scene_.find(F::field)) + 1);
    }
    /// Adds a text to a list, unless the list has it already.
    template <class F>
    void add(std::string_view text) const {
        Texts all = read<named<F>::kind>(scene_.find(F::field));
        if (std::find(all.begin(), all.end(), text) == all.end()) all.emplace_back(text);
        set<F>(std::move(all));
    }

protected:
    explicit Writes(Scene const& scene) : scene_(scene) {}

private:
    template <class F>
    static constexpr auto named_fact() {
        static_assert(signature_names<F, Facts...>, "name it in the part's signature");
        return mp::mp_identity<F>{};
    }
    template <class F>
    using named = typename decltype(named_fact<F>())::type;
    Scene const& scene_;
};
/// Writer of the facts that an action sets whenever it runs.
template <class... Facts>
struct Sets : Writes<Facts...> {
    using writes = mp::mp_list<Facts...>;
    using surely = mp::mp_list<Facts...>;
    explicit Sets(Scene const& scene) : Writes<Facts...>(scene) {}
};
/// Writer of the facts that an action may set or clear.
template <class... Facts>
struct MaySet : Writes<Facts...> {
    using writes = mp::mp_list<Facts...>;
    explicit MaySet(Scene const& scene) : Writes<Facts...>(scene) {}
};

/// The form of a demanded command.
template <class C>
struct Filled {
    Fields fields;
    template <class F>
    void set(std::type_identity_t<stored_as<F::kind>> value) {
        []<class... G>(Form<G...>) {
            static_assert(signature_names<F, bare<G>...>,
                          "it is not in the demanded command's form");
        }(typename C::fields{});
        put<F>(fields, std::move(value));
    }
};
/// Demand of a command of an instance, in the same commit.
template <class C>
struct Demand {
    using demands = mp::mp_list<C>;
    explicit Demand(Scene const& the_scene) : scene(the_scene) {}
    Scene const& scene;
    [[nodiscard]] Filled<C> form() const { return {}; }
    void operator()(std::string_view instance, Filled<C> form) const {
        scene.demanded->push_back({std::string(C::workflow),
                                   std::string(instance),
                                   std::string(C::name),
                                   std::move(form.fields),
                                   {}});
    }
};
/// Demand of a new instance, whose id becomes the fact `Became`.
template <class C, class Became>
struct Creates {
    using demands = mp::mp_list<C>;
    using writes = mp::mp_list<Became>;
    explicit Creates(Scene const& the_scene) : scene(the_scene) {}
    Scene const& scene;
    [[nodiscard]] Filled<C> form() const { return {}; }
    void operator()(Filled<C> form) const {
        scene.demanded->push_back({std::string(C::workflow),
                                   {},
                                   std::string(C::name),
                                   std::move(form.fields),
                                   Became::name});
    }
};

} // namespace banjie::workflows::kit
