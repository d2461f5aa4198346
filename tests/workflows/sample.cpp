#include "tests/workflows/sample.hpp"

#include "tests/workflows/calendar_file.hpp"
#include "tests/workflows/cast.hpp"

#include <algorithm>

namespace banjie::workflows::testing {

using std::chrono::days;

std::optional<Unit> SampleWorld::unit(std::string_view code) const {
    return unit_of(code);
}
std::optional<Unit> SampleWorld::region(std::string_view code) const {
    return unit_of(code);
}
std::shared_ptr<Instance const> SampleWorld::instance_at_hand(std::string_view workflow,
                                                              std::string_view id) const {
    Instance round;
    round.id = id;
    round.workflow = workflow;
    round.states = {"collecting"};
    return std::make_shared<Instance>(std::move(round));
}
std::optional<Related> SampleWorld::instance(std::string_view id) const {
    return Related{std::string(id), "problem", "handling", "360731100", Level::county};
}
std::int64_t SampleWorld::unfinished(std::string_view, std::string_view, std::string_view) const {
    return 1;
}

Time sample_time() {
    return local_time("2021-03-01 09:00");
}

namespace {

/// The main state beside which a state of another region is tried: one in which a clock runs, and
/// the most commands can be given.
std::string_view busy_state(Workflow const& workflow) {
    std::string_view busiest;
    std::ptrdiff_t most = -1;
    for (auto const& state : workflow.states()) {
        if (state.region != 0 || state.clock.empty()) continue;
        auto const rows = workflow.rows();
        auto const commands = std::count_if(
            rows.begin(), rows.end(), [&](RowInfo const& row) { return row.source == state.name; });
        if (commands <= most) continue;
        most = commands;
        busiest = state.name;
    }
    return busiest;
}

Fields sample_facts() {
    Fields facts;
    for (auto const& [name, text] :
         std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"title", "A title"},
             {"name", "A name"},
             {"description", "What is the matter."},
             {"region", "360731100"},
             {"level", "county"},
             {"category", "transport"},
             {"source", "reported"},
             {"reporting_unit", "360731100"},
             {"lead_unit", "360731-transport"},
             {"kind", "listed_supervision"},
             {"channel", "audit"}})
        facts.set(name, std::string(text));
    facts.set("co_handlers", Texts{"360731-finance"});
    facts.set("problems", Texts{"other"});
    facts.set("founded", true);
    facts.set("number", std::int64_t{4});
    facts.set("visits_logged", std::int64_t{1});
    Time const now = sample_time();
    facts.set("closed_at", now - days(1));
    facts.set("handle_due_at", now + days(5));
    facts.set("opens_at", now - days(2));
    facts.set("closes_at", now - days(1));
    facts.set("due_at", now + days(5));
    return facts;
}

Value sample_value(FieldSpec const& spec, int place) {
    switch (spec.kind) {
    case FieldKind::boolean:
        return true;
    case FieldKind::integer:
        return std::int64_t{4};
    case FieldKind::time:
        return sample_time() + days(8 + place); // later fields, later dates
    case FieldKind::choice:
        return std::string(spec.choices.empty() ? "a choice" : spec.choices.front());
    case FieldKind::category:
        return std::string("transport");
    case FieldKind::region:
        return std::string("360731100");
    case FieldKind::unit:
        return std::string(spec.name == "unit" ? "360731-finance" : "360731-transport");
    case FieldKind::texts:
        return Texts{"a text"};
    case FieldKind::units:
        return Texts{"360731-finance"};
    case FieldKind::instances:
        return Texts{"other"};
    case FieldKind::text:
    case FieldKind::long_text:
    case FieldKind::instance:
    case FieldKind::personal:
        break;
    }
    return std::string("other");
}

} // namespace

Instance sample_instance(Workflow const& workflow, StateInfo const& state) {
    Instance instance = workflow.fresh("sample", sample_time());
    if (state.name == "new") return instance;
    instance.states.front() = std::string(state.region == 0 ? state.name : busy_state(workflow));
    if (state.region > 0)
        instance.states[static_cast<std::size_t>(state.region)] = std::string(state.name);
    instance.facts = sample_facts();
    instance.version = 1;
    return instance;
}

Fields sample_of_every_fact(Workflow const& workflow) {
    Fields facts;
    int place = 0;
    for (auto const& spec : workflow.facts()) facts.set(spec.name, sample_value(spec, place++));
    return facts;
}

Fields sample_form(CommandInfo const& command) {
    Fields fields;
    int place = 0;
    for (auto const& spec : command.form)
        if (spec.required) fields.set(spec.name, sample_value(spec, place++));
    return fields;
}

} // namespace banjie::workflows::testing
