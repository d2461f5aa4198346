#pragma once
// What the rest of the program sees of a workflow. No MSM header in here: each machine is compiled
// once, in its own source file, and everything below is derived from its one table.

#include "workflows/contract/actor.hpp"
#include "workflows/contract/calendar.hpp"
#include "workflows/contract/declaration.hpp"
#include "workflows/contract/form.hpp"
#include "workflows/contract/instance.hpp"
#include "workflows/contract/policy.hpp"
#include "workflows/contract/refusal.hpp"
#include "workflows/contract/world.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::workflows {

/// A state. `region` 0 is the main region; an instance's `states` has one name per region.
/// The source of the row that creates an instance is the state "new", which is never stored.
struct StateInfo {
    std::string_view name;
    std::string_view stage; // "collect" …; empty in the other regions
    std::string_view clock; // the deadline in force, e.g. "handle"; empty when none
    int region = 0;
    bool final = false;      // no row leaves it, or its definition says that it counts as finished
    bool is_private = false; // in no figure, and told to nobody but who sees it
};

struct RowInfo {
    std::string_view source, command, target;
    std::string_view action, guard; // names joined with " and "; empty when none
    std::string_view role;          // the name of who may, e.g. "lead_unit"
};

/// A command, perhaps of another workflow, that a command may bring about.
struct DemandInfo {
    std::string_view workflow, command;
};

struct CommandInfo {
    std::string_view name;  // "assign"
    std::string_view event; // "assigned"
    std::span<FieldSpec const> form;
    bool creates = false;        // a row from "new"
    bool internal = false;       // only the system actor gives it; no route, no form
    bool needed_for_end = false; // changes no state, yet some end is out of reach without it
    std::span<DemandInfo const> demands{}; // these demand nothing themselves
};

/// What a guard sees. References outlive the call only.
struct Context {
    Actor const& actor;
    Time now;
    Policy const& policy;
    Calendar const& calendar;
    World const& world;
};

/// Another command that must happen in the same commit, given by the system actor.
/// An empty `instance` creates one, whose id the demanding instance remembers as a fact. If it is
/// refused, the whole command is refused with its reason.
struct Consequence {
    std::string workflow;
    std::string instance;
    std::string command;
    Fields fields;
    std::string_view remembered_as{}; // the name of that fact
};

/// Either a refusal, or an event with its consequences.
struct Decision {
    std::optional<Refusal> refusal;
    Event event;
    std::vector<Consequence> consequences;
};

struct Permission {
    std::string_view command;
    std::optional<Refusal> refusal; // nullopt: this actor may give it now
};

class Workflow {
public:
    virtual ~Workflow() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual std::span<StateInfo const> states() const = 0;
    [[nodiscard]] virtual std::span<RowInfo const> rows() const = 0;
    [[nodiscard]] virtual std::span<CommandInfo const> commands() const = 0;
    /// Names that the policy must define for this workflow.
    [[nodiscard]] virtual std::span<std::string_view const> clocks() const = 0;
    [[nodiscard]] virtual std::span<std::string_view const> limits() const = 0;
    /// Every fact that an instance may remember, with its kind; `required`: from its first event
    /// on. A choice without choices has those of the commands' field of that name.
    [[nodiscard]] virtual std::span<FieldSpec const> facts() const = 0;
    /// Returns the names of the machine's regions beside the main one, e.g. "light".
    [[nodiscard]] virtual std::span<std::string_view const> regions_beside() const = 0;
    /// Returns the codes that only this workflow refuses with, beside the shared ones.
    [[nodiscard]] virtual std::span<CodeEntry const> codes() const = 0;
    /// Text of the diagram of the main region, for docs and the console.
    [[nodiscard]] virtual std::string mermaid() const = 0;

    /// An instance in its initial states, version 0, to be given a creating command.
    [[nodiscard]] virtual Instance fresh(std::string id, Time now) const = 0;

    /// Returns what lists, statistics and trends work on.
    [[nodiscard]] virtual Facets facets() const = 0;
    /// Returns a bit for each mark that holds.
    [[nodiscard]] virtual std::uint64_t marks_of(Instance const& instance) const = 0;

    /// Returns who sees the instance in its state: each place once. None: nobody but the system.
    [[nodiscard]] virtual std::vector<Place> seen_by(Instance const& instance) const = 0;
    /// Returns whose turn it is, each once; empty if nobody is awaited.
    [[nodiscard]] virtual std::vector<Address> waits_for(Instance const& instance) const = 0;
    /// Returns the names that the policy's `notify` may use.
    [[nodiscard]] virtual std::span<PartyInfo const> parties() const = 0;
    /// Returns where a party is found, each place once; nowhere for a name that is no party's.
    [[nodiscard]] virtual std::vector<Address> addresses_of(std::string_view party,
                                                            Instance const& instance) const = 0;
    /// Returns whether the actor is of that party; false for a name that is no party's.
    [[nodiscard]] virtual bool is_one_of(std::string_view party, Actor const& actor,
                                         Instance const& instance) const = 0;

    /// Returns what may be attached; empty if nothing may.
    [[nodiscard]] virtual std::span<AttachmentPurpose const> attachments() const = 0;
    [[nodiscard]] virtual Numbering numbering() const = 0;
    /// Returns whether the engine keeps all instances in memory, because guards read them.
    [[nodiscard]] virtual bool is_kept_at_hand() const = 0;

    /// Pure: checks form, role, state and guards in that order of precedence and says what happens.
    /// `fields` has been read from JSON by the form. The instance is not changed; `apply` does
    /// that. A command unknown to the workflow is refused with code "unknown_command".
    [[nodiscard]] virtual Decision decide(Instance const& instance, std::string_view command,
                                          Fields const& fields, Context const& context) const = 0;

    /// Every public command that has a row: permitted to this actor now, or why not. Guards that
    /// look at the command's fields count as passed.
    [[nodiscard]] virtual std::vector<Permission> explain(Instance const& instance,
                                                          Context const& context) const = 0;

    [[nodiscard]] CommandInfo const* command(std::string_view name) const;
    [[nodiscard]] StateInfo const* state(std::string_view name) const;
    /// Returns the fact by which people know an instance: the first that is one line of text.
    [[nodiscard]] std::string_view title_fact() const;
};

/// All workflows of this build, in a fixed order. The registry has one line per workflow.
[[nodiscard]] std::span<Workflow const* const> all_workflows();
[[nodiscard]] Workflow const* find_workflow(std::string_view name);

} // namespace banjie::workflows
