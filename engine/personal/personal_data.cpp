#include "engine/personal/personal_data.hpp"

#include "engine/audit/readings.hpp"
#include "engine/invariant.hpp"
#include "engine/limits.hpp"
#include "engine/personal/sealing.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/json_text.hpp"
#include "storage/keyring.hpp"
#include "workflows/contract/personal.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::engine {

namespace {

Refusal may_not_read() {
    return {"may_not_read_personal"_code,
            "Cannot read the personal data: only its masked form is shown to you.",
            "Ask somebody who reports, handles, coordinates or follows it up."};
}

Refusal nothing_personal() {
    return {"nothing_personal"_code,
            "No personal data is kept: none was given, or it has been erased.",
            "Erased data cannot be brought back. Ask the person again."};
}

Refusal unreadable(std::string_view field) {
    return {"personal_unreadable"_code,
            "Cannot read '" + std::string(field) +
                "': the stored value does not belong to its key.",
            "Tell the operator, who runs 'banjie verify'."};
}

} // namespace

PersonalData::PersonalData(storage::Store& store, Rulebook const& rulebook, Documents& documents,
                           Clock& clock)
    : store_(store), rulebook_(rulebook), documents_(documents), clock_(clock) {}

Texts PersonalData::kept_of(Workflow const& workflow, Instance const& instance) {
    Texts kept;
    for (FieldSpec const& fact : workflow.facts())
        if (fact.kind == FieldKind::personal && instance.facts.has(fact.name) &&
            instance.facts.text(fact.name) != workflows::erased_text)
            kept.emplace_back(fact.name);
    return kept;
}

bool PersonalData::may_read(Workflow const& workflow, Actor const& actor,
                            Instance const& instance) {
    auto const parties = workflow.unmasked_by();
    return std::any_of(parties.begin(), parties.end(), [&](std::string_view party) {
        return workflow.is_one_of(party, actor, instance);
    });
}

Outcome<Fields> PersonalData::read(Caller const& actor, Instance const& instance,
                                   std::string_view reason) {
    auto const rules = rulebook_.rules();
    auto const* const workflow = rules->workflows.find(instance.workflow);
    if (workflow == nullptr) broken("an instance of an unknown workflow: " + instance.workflow);
    if (!may_read(*workflow, actor, instance)) return may_not_read();
    Fields values;
    for (auto const& name : kept_of(*workflow, instance)) {
        auto value = value_of(instance, *workflow->personal_fact(name));
        if (!value) return value.error();
        values.set(name, std::move(*value));
    }
    if (values.empty()) return nothing_personal();
    Reading reading{
        .instance = instance.id, .workflow = instance.workflow, .why = std::string(reason)};
    for (auto const& [name, value] : values) reading.fields.emplace_back(std::string_view(name));
    if (auto noted = note_reading(documents_, actor, reading, clock_.now()); !noted)
        return noted.error();
    return values;
}

Outcome<std::string> PersonalData::value_of(Instance const& instance, FieldSpec const& fact) {
    if (instance.key == 0) return value_in_events(instance, fact);
    auto const sealed = store_.sealed(instance.id, instance.key, fact.name);
    if (!sealed) return refusal_of(sealed.error(), "read a personal value");
    if (!*sealed) return value_in_events(instance, fact);
    auto const key = store_.keyring().key(instance.key);
    auto text = key ? unseal(*key, {instance.id, fact.name}, **sealed) : std::nullopt;
    if (!text) return unreadable(fact.name);
    return std::move(*text);
}

/// Earlier programs stored it in the clear, and in nothing else: the newest event that says it.
Outcome<std::string> PersonalData::value_in_events(Instance const& instance,
                                                   FieldSpec const& fact) {
    std::optional<std::string> newest;
    for (std::uint64_t skip = 0; skip < instance.version;) {
        auto const events = store_.history(instance.id, skip, limits::history_page);
        if (!events) return refusal_of(events.error(), "read the history");
        if (events->empty()) break;
        for (auto const& stored : *events) {
            auto const recorded = recorded_of(stored.seq, stored.body);
            auto const* const value = recorded.event.changes.find(fact.name);
            auto const* const text = value ? std::get_if<std::string>(value) : nullptr;
            if (text != nullptr) newest = *text;
        }
        skip += events->size();
    }
    if (!newest) return unreadable(fact.name);
    return std::move(*newest);
}

} // namespace banjie::engine
