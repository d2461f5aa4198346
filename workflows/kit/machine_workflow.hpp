#pragma once
// The implementation of `Workflow` for a definition.

#include "workflows/kit/machine.hpp"

namespace banjie::workflows::kit {

template <class Def>
class MachineWorkflow final : public Workflow {
    using D = Derived<Def>;
    static constexpr std::size_t regions = mp::mp_size<typename D::initial>::value;
    using Active = std::array<std::size_t, regions>; // our index of a state, by region

public:
    [[nodiscard]] std::string_view name() const override { return Def::name; }
    [[nodiscard]] std::span<StateInfo const> states() const override { return states_v<Def>; }
    [[nodiscard]] std::span<RowInfo const> rows() const override { return rows_v<Def>; }
    [[nodiscard]] std::span<CommandInfo const> commands() const override { return commands_v<Def>; }
    [[nodiscard]] std::span<std::string_view const> clocks() const override {
        return clocks_v<Def>;
    }
    [[nodiscard]] std::span<std::string_view const> limits() const override {
        return names_v<typename D::limits>;
    }
    [[nodiscard]] std::span<FieldSpec const> facts() const override { return facts_v<Def>; }
    [[nodiscard]] std::span<CodeEntry const> codes() const override {
        if constexpr (requires { Def::codes; }) return Def::codes;
        return {};
    }
    [[nodiscard]] std::string mermaid() const override {
        return mermaid_of(states_v<Def>, rows_v<Def>);
    }
    [[nodiscard]] std::span<std::string_view const> regions_beside() const override {
        return names_v<typename D::beside>;
    }
    [[nodiscard]] Facets facets() const override {
        return {tags_v<Def>, marks_v<Def>, moments_v<Def>, numbers_v<Def>, rates_v<Def>};
    }
    [[nodiscard]] std::uint64_t marks_of(Instance const& instance) const override {
        return kit::marks_of<Def>(instance.facts);
    }
    [[nodiscard]] std::span<PartyInfo const> parties() const override { return parties_v<Def>; }
    [[nodiscard]] std::span<std::string_view const> unmasked_by() const override {
        return names_v<declared<Def, unmasked_by_member>>;
    }
    [[nodiscard]] std::span<AttachmentPurpose const> attachments() const override {
        return attachments_v<Def>;
    }
    [[nodiscard]] Numbering numbering() const override { return numbering_of<Def>::numbering; }
    [[nodiscard]] bool is_kept_at_hand() const override {
        if constexpr (requires { Def::is_kept_at_hand; }) return Def::is_kept_at_hand;
        return false;
    }

    [[nodiscard]] std::vector<Place> seen_by(Instance const& instance) const override {
        auto const* code = code_of(instance);
        return code ? code->seen_by(instance.facts) : std::vector<Place>();
    }
    [[nodiscard]] std::vector<Address> waits_for(Instance const& instance) const override {
        auto const* code = code_of(instance);
        return code ? code->waits_for(instance.facts) : std::vector<Address>();
    }
    [[nodiscard]] std::vector<Address> addresses_of(std::string_view party,
                                                    Instance const& instance) const override {
        for (auto const& known : party_codes_v<Def>)
            if (known.name == party) return known.addresses(instance.facts);
        return {};
    }
    [[nodiscard]] bool is_one_of(std::string_view party, Actor const& actor,
                                 Instance const& instance) const override {
        for (auto const& known : party_codes_v<Def>)
            if (known.name == party) return known.admits(actor, instance.facts);
        return false;
    }

    [[nodiscard]] Instance fresh(std::string id, Time now) const override {
        Instance instance;
        instance.id = std::move(id);
        instance.workflow = Def::name;
        for (auto const name : names_v<typename D::initial>) instance.states.emplace_back(name);
        instance.created_at = instance.updated_at = now;
        return instance;
    }

    [[nodiscard]] Decision decide(Instance const& instance, std::string_view command,
                                  Fields const& fields, Context const& context) const override {
        auto const* info = this->command(command);
        if (info == nullptr || (info->internal && !context.actor.has(Role::system)))
            return refused(refuse_unknown(*this, command));
        auto const here = case_of(instance, context);
        Wording const wording{*this, here, *info};
        auto const active = indices_of(instance);
        if (auto refusal = refused_before_form(wording, active))
            return refused(std::move(*refusal));
        if (auto errors = check_fields(info->form, fields); !errors.empty())
            return refused(wording.refuse_form(std::move(errors)));
        if (auto refusal = wording.refuse_far_times(fields)) return refused(std::move(*refusal));
        return run(wording, active, fields);
    }

    [[nodiscard]] std::vector<Permission> explain(Instance const& instance,
                                                  Context const& context) const override {
        std::vector<Permission> permissions;
        auto const here = case_of(instance, context);
        auto const active = indices_of(instance);
        for (auto const& info : commands_v<Def>) {
            if (info.internal || info.creates) continue;
            Wording const wording{*this, here, info};
            auto refusal = refused_before_form(wording, active);
            if (!refusal) refusal = refused_by_preconditions(wording, active);
            permissions.push_back({info.name, std::move(refusal)});
        }
        return permissions;
    }

private:
    static Decision refused(Refusal refusal) { return {std::move(refusal), {}, {}}; }
    static Case case_of(Instance const& instance, Context const& context) {
        return {instance,       context.actor,    context.now,
                context.policy, context.calendar, context.world};
    }
    static std::size_t index_of(CommandInfo const& command) {
        return static_cast<std::size_t>(&command - commands_v<Def>.data());
    }

    static std::size_t index_of(std::string_view state) {
        std::size_t index = 0;
        while (index < states_v<Def>.size() && states_v<Def>[index].name != state) ++index;
        return index;
    }
    static StateCode const* code_of(Instance const& instance) {
        auto const index = index_of(instance.state());
        return index < state_codes_v<Def>.size() ? &state_codes_v<Def>[index] : nullptr;
    }
    static Active indices_of(Instance const& instance) {
        Active active{};
        for (std::size_t i = 0; i < regions; ++i) {
            active[i] = index_of(instance.states.at(i));
            if (active[i] == states_v<Def>.size()) unknown_state(instance.states[i]);
        }
        return active;
    }
    static std::size_t region_of(RowCode const& row) {
        return static_cast<std::size_t>(regions_v<Def>[row.source]);
    }
    static bool is_in(RowCode const& row, Active const& active) {
        return active[region_of(row)] == row.source;
    }

    static std::optional<Refusal> refused_before_form(Wording const& wording,
                                                      Active const& active) {
        bool anywhere = false, here = false;
        auto const& [instance, actor, now, policy, calendar, world] = wording.here;
        auto const command = index_of(wording.command);
        for (auto const& row : row_codes_v<Def>) {
            if (row.command != command) continue;
            bool const admits = row.admits(actor, instance.facts), stands = is_in(row, active);
            if (admits && stands) return std::nullopt;
            anywhere = anywhere || admits;
            here = here || stands;
        }
        if (anywhere && !here) return refused_in_state(wording, active);
        return wording.forbid(who_may_v<Def>[command]);
    }

    static Refusal refused_in_state(Wording const& wording, Active const& active) {
        std::vector<std::string_view> possible;
        std::size_t region = 0;
        for (auto const& row : row_codes_v<Def>) {
            auto const& command = commands_v<Def>[row.command];
            if (&command == &wording.command) region = region_of(row);
            if (!is_in(row, active) || command.internal) continue;
            if (std::find(possible.begin(), possible.end(), command.name) == possible.end())
                possible.push_back(command.name);
        }
        return wording.refuse_in_state(states_v<Def>[active[region]].name, possible);
    }

    static std::optional<Refusal> refused_by_preconditions(Wording const& wording,
                                                           Active const& active) {
        Fields const none;
        auto const& here = wording.here;
        Scene const scene{{here.instance.facts}, here, none};
        std::optional<Reason> last;
        for (auto const& row : row_codes_v<Def>) {
            if (row.command != index_of(wording.command) || !is_in(row, active) ||
                !row.admits(here.actor, here.instance.facts))
                continue;
            last = row.refused_by(scene, false);
            if (!last) return std::nullopt;
        }
        return last ? std::optional(wording.refuse(std::move(*last))) : std::nullopt;
    }

    static Decision run(Wording const& wording, Active const& active, Fields const& fields) {
        Decision decision;
        Event& event = decision.event;
        auto const& here = wording.here;
        Judgement judgement{
            {{here.instance.facts, &event.changes}, here, fields, &decision.consequences}};
        Machine<Def> machine;
        machine.judgement = &judgement;
        restore(machine, active);
        if (!fires_v<Def>[index_of(wording.command)](machine))
            return refused(judgement.refused ? wording.refuse(std::move(*judgement.refused))
                                             : refused_in_state(wording, active));
        event.type = wording.command.event;
        event.command = wording.command.name;
        event.fields = fields;
        settle(machine, judgement.scene, event);
        return decision;
    }

    static void restore(Machine<Def>& machine, Active const& active) {
        std::array<int, regions> numbers{};
        for (std::size_t i = 0; i < regions; ++i) numbers[i] = msm_numbers_v<Def>[active[i]];
        StateArchive<regions> archive{numbers, true};
        machine.serialize(archive, 0);
    }
    static Active active_in(Machine<Def>& machine) {
        std::array<int, regions> numbers{};
        StateArchive<regions> archive{numbers, false};
        machine.serialize(archive, 0);
        Active active{};
        for (std::size_t i = 0; i < regions; ++i)
            while (msm_numbers_v<Def>[active[i]] != numbers[i]) ++active[i];
        return active;
    }

    /// Sets the deadline in force and the light, and requests a wake for the light's next change.
    static void settle(Machine<Def>& machine, Scene const& scene, Event& event) {
        auto active = active_in(machine);
        settles_v<Def>[active.front()](scene, event.wake);
        if constexpr (D::timed) {
            static Actor const system = system_actor();
            auto const& [instance, actor, now, policy, calendar, world] = scene.here;
            Case const here{instance, system, now, policy, calendar, world};
            Judgement light{{{scene.before, scene.changes}, here, scene.given, scene.demanded},
                            scene.changes};
            machine.judgement = &light;
            machine.process_event(Tick{});
            active = active_in(machine);
            auto const at = next_tick(Known<DueAt, DueSoonAt>(scene), now);
            if (at && (!event.wake || *at <= event.wake->at))
                event.wake = Wake{*at, std::string(Tick::name)};
        }
        event.states.reserve(regions);
        for (auto const index : active) event.states.emplace_back(states_v<Def>[index].name);
    }
};

/// Returns the workflow of a definition. While a rule is broken there is none: the compiler has
/// reported the culprit.
template <class Def>
Workflow const& workflow_of() {
    if constexpr (keeps_every_rule<Def>()) {
        static MachineWorkflow<Def> const workflow;
        return workflow;
    } else {
        std::abort();
    }
}

} // namespace banjie::workflows::kit
