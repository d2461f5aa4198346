#pragma once
// The interface of a workflow to the rest of the program. Includes no MSM header: each machine is
// compiled once, in its own source file, and everything below is derived from its one table.

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
    bool is_private = false; // in no figure; notifies only those who see it
};

struct RowInfo {
    std::string_view source, command, target;
    std::string_view action, guard; // names joined with " and "; empty when none
    std::string_view role;          // names of those who may, joined with " or "
};

/// Command that a command may demand, perhaps of another workflow.
struct DemandInfo {
    std::string_view workflow, command;
};

struct CommandInfo {
    std::string_view name;  // "assign"
    std::string_view event; // "assigned"
    std::span<FieldSpec const> form;
    bool creates = false;        // a row from "new"
    bool internal = false;       // only the system actor gives it; no route, no form
    bool needed_for_end = false; // changes no state, but some end cannot be reached without it
    std::span<DemandInfo const> demands{}; // these demand nothing themselves
    bool covers_earlier = false; // what earlier events say of the texts that it changes is covered
};

/// Circumstances of a decision. References need to be valid during the call only.
struct Context {
    Actor const& actor;
    Time now;
    Policy const& policy;
    Calendar const& calendar;
    World const& world;
};

/// Another command that the system actor gives in the same commit. If `instance` is empty, the
/// command creates one, whose id the demanding instance keeps as a fact. If it is refused, the
/// whole command is refused with its reason.
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
    /// Returns the names that the policy must define for this workflow.
    [[nodiscard]] virtual std::span<std::string_view const> clocks() const = 0;
    [[nodiscard]] virtual std::span<std::string_view const> limits() const = 0;
    /// Returns every fact that an instance may have, with its kind. A `required` fact is present
    /// from the first event on. A choice without choices has those of the commands' field of that
    /// name.
    [[nodiscard]] virtual std::span<FieldSpec const> facts() const = 0;
    /// Returns the names of the machine's regions beside the main one, e.g. "light".
    [[nodiscard]] virtual std::span<std::string_view const> regions_beside() const = 0;
    /// Returns the codes that only this workflow refuses with, beside the shared ones.
    [[nodiscard]] virtual std::span<CodeEntry const> codes() const = 0;
    /// Returns the diagram of the main region in Mermaid, for docs and the console.
    [[nodiscard]] virtual std::string mermaid() const = 0;

    /// Returns an instance in its initial states, version 0, ready for a creating command.
    [[nodiscard]] virtual Instance fresh(std::string id, Time now) const = 0;

    /// Returns the facets that lists, statistics and trends use.
    [[nodiscard]] virtual Facets facets() const = 0;
    /// Returns a bit for each mark that holds.
    [[nodiscard]] virtual std::uint64_t marks_of(Instance const& instance) const = 0;

    /// Returns the places from which the instance is seen in its state, each once. If empty, only
    /// the system sees it.
    [[nodiscard]] virtual std::vector<Place> seen_by(Instance const& instance) const = 0;
    /// Returns the addresses that the instance waits for, each once; empty if it waits for nobody.
    [[nodiscard]] virtual std::vector<Address> waits_for(Instance const& instance) const = 0;
    /// Returns the names that the policy's `notify` may use.
    [[nodiscard]] virtual std::span<PartyInfo const> parties() const = 0;
    /// Returns the addresses of a party, each once; empty for a name that is no party's.
    [[nodiscard]] virtual std::vector<Address> addresses_of(std::string_view party,
                                                            Instance const& instance) const = 0;
    /// Returns whether the actor belongs to that party; false for a name that is no party's.
    [[nodiscard]] virtual bool is_one_of(std::string_view party, Actor const& actor,
                                         Instance const& instance) const = 0;

    /// Returns the parties that may read the personal values of an instance.
    [[nodiscard]] virtual std::span<std::string_view const> unmasked_by() const = 0;

    /// Returns the purposes of attachments; empty if nothing may be attached.
    [[nodiscard]] virtual std::span<AttachmentPurpose const> attachments() const = 0;
    [[nodiscard]] virtual Numbering numbering() const = 0;
    /// Returns whether the engine keeps all instances in memory, because guards read them.
    [[nodiscard]] virtual bool is_kept_at_hand() const = 0;

    /// Returns a refusal, or what happens. Pure. Checks role, state, form and guards, in that order
    /// of precedence. `fields` has been read from JSON by the form. Does not change the instance;
    /// `apply` does. Refuses a command unknown to the workflow with the code "unknown_command".
    [[nodiscard]] virtual Decision decide(Instance const& instance, std::string_view command,
                                          Fields const& fields, Context const& context) const = 0;

    /// Returns every public command that has a row: permitted to this actor now, or the reason why
    /// not. Guards that read the command's fields count as passed.
    [[nodiscard]] virtual std::vector<Permission> explain(Instance const& instance,
                                                          Context const& context) const = 0;

    [[nodiscard]] CommandInfo const* command(std::string_view name) const;
    [[nodiscard]] StateInfo const* state(std::string_view name) const;
    /// Returns the fact by which people know an instance: the first fact that is one line of text.
    [[nodiscard]] std::string_view title_fact() const;
    /// Returns the personal fact of that name; nullptr if there is none.
    [[nodiscard]] FieldSpec const* personal_fact(std::string_view name) const;
};

/// Returns all workflows of this build, in a fixed order. The registry has one line per workflow.
[[nodiscard]] std::span<Workflow const* const> all_workflows();
[[nodiscard]] Workflow const* find_workflow(std::string_view name);

} // namespace banjie::workflows
