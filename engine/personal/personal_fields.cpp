#include "engine/personal/personal_fields.hpp"

#include "engine/invariant.hpp"
#include "engine/personal/sealing.hpp"
#include "workflows/contract/limits.hpp"
#include "workflows/contract/personal.hpp"

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <algorithm>

namespace banjie::engine {

using workflows::erased_text;

namespace {

std::string const* text_of(Value const* value) {
    return value ? std::get_if<std::string>(value) : nullptr;
}

bool says_erased(Value const& value) {
    auto const* text = text_of(&value);
    return text != nullptr && *text == erased_text;
}

bool keeps(Event const& event, PersonalValue const& value) {
    return text_of(event.changes.find(value.field)) != nullptr;
}

/// Returns whether the form accepts the value, so that it may leave the fields.
bool is_fit(FieldSpec const& spec, std::string const& text) {
    Fields only;
    only.set(spec.name, text);
    return check_fields({&spec, 1}, only).empty();
}

} // namespace

void take_personal(Command& command, Workflow const& workflow) {
    auto const* const info = workflow.command(command.verb);
    if (info == nullptr) return;
    for (FieldSpec const& spec : info->form) {
        if (spec.kind != FieldKind::personal) continue;
        auto const* const text = text_of(command.fields.find(spec.name));
        if (text == nullptr || !is_fit(spec, *text)) continue;
        command.personal.push_back({std::string(spec.name), *text});
        command.fields.set(spec.name, workflows::masked(*text, spec.masked_as));
    }
}

std::string personal_digests(Command const& command, storage::Keyring const& keyring) {
    std::string digests;
    if (command.personal.empty()) return digests;
    auto const key = keyring.key(storage::Keyring::common_key);
    if (!key) broken("the common key of the keyring is absent");
    for (auto const& [field, text] : command.personal) {
        std::array<unsigned char, 16> hash{};
        std::array<char, 2 * hash.size() + 1> hexadecimal{};
        crypto_generichash(hash.data(), hash.size(),
                           reinterpret_cast<unsigned char const*>(text.data()), text.size(),
                           key->data(), key->size());
        sodium_bin2hex(hexadecimal.data(), hexadecimal.size(), hash.data(), hash.size());
        digests += "\n" + field + " " + hexadecimal.data();
    }
    return digests;
}

void KeyNumbers::used(std::uint64_t number) {
    std::lock_guard const lock(mutex_);
    last_ = std::max(last_, number);
}

std::uint64_t KeyNumbers::next() {
    std::lock_guard const lock(mutex_);
    do {
        if (++last_ >= storage::Keyring::most_keys) broken("the keyring has no key left");
    } while (!keyring_.has(last_)); // erased after the copy that was restored
    return last_;
}

bool says_new_personal(Instance const& before, std::span<PersonalValue const> values) {
    return std::any_of(values.begin(), values.end(), [&before](PersonalValue const& value) {
        return before.facts.text(value.field) != value.text;
    });
}

void settle_key(Workflow const& workflow, std::span<PersonalValue const> values,
                storage::Keyring const& keyring, KeyNumbers& numbers, Instance& after,
                Event& event) {
    bool const erases =
        std::any_of(event.changes.begin(), event.changes.end(), [&](auto const& change) {
            return says_erased(change.second) && workflow.personal_fact(change.first) != nullptr;
        });
    if (erases) {
        for (FieldSpec const& fact : workflow.facts()) {
            if (fact.kind != FieldKind::personal || !after.facts.has(fact.name)) continue;
            event.changes.set(fact.name, std::string(erased_text));
            after.facts.set(fact.name, std::string(erased_text));
        }
        event.key = after.key = 0;
        return;
    }
    bool const seals = std::any_of(values.begin(), values.end(),
                                   [&](auto const& value) { return keeps(event, value); });
    if (seals && (after.key == 0 || !keyring.has(after.key)))
        event.key = after.key = numbers.next();
}

void add_sealed(storage::Batch& batch, Workflow const& workflow,
                std::span<PersonalValue const> values, Instance const* before,
                Instance const& after, Event const& event, storage::Keyring const& keyring,
                Random& random) {
    if (before != nullptr && before->key != 0 && event.key == 0) {
        for (FieldSpec const& fact : workflow.facts())
            if (fact.kind == FieldKind::personal)
                batch.sealed.push_back(
                    {after.id, before->key, std::string(fact.name), std::nullopt});
        batch.erased.push_back({after.id, before->key});
        return;
    }
    for (PersonalValue const& value : values) {
        if (!keeps(event, value)) continue;
        // A form that was filled in with what is shown says nothing new.
        if (before != nullptr && before->facts.text(value.field) == value.text) continue;
        auto const key = keyring.key(after.key);
        if (!key) broken("a personal value is to be sealed under a key that is erased");
        batch.sealed.push_back({after.id, after.key, value.field,
                                seal(*key, {after.id, value.field}, value.text, random)});
    }
    if (after.key == 0) return;
    for (auto const& [name, change] : event.changes)
        if (std::holds_alternative<std::monostate>(change) && workflow.personal_fact(name))
            batch.sealed.push_back(
                {after.id, after.key, std::string(std::string_view(name)), std::nullopt});
}

void show_masked(Workflow const& workflow, Fields& fields) {
    for (FieldSpec const& fact : workflow.facts()) {
        if (fact.kind != FieldKind::personal) continue;
        auto const* const text = text_of(fields.find(fact.name));
        if (text != nullptr) fields.set(fact.name, workflows::shown(*text, fact.masked_as));
    }
}

void show_masked(Workflow const& workflow, storage::Keyring const& keyring, Instance& instance) {
    show_masked(workflow, instance.facts);
    if (instance.key == 0 || keyring.has(instance.key)) return;
    for (FieldSpec const& fact : workflow.facts())
        if (fact.kind == FieldKind::personal && instance.facts.has(fact.name))
            instance.facts.set(fact.name, std::string(erased_text));
}

bool show_masked(Workflow const& workflow, nlohmann::json& event) {
    bool changed = false;
    for (FieldSpec const& fact : workflow.facts()) {
        if (fact.kind != FieldKind::personal) continue;
        for (auto const* part : {"fields", "changes"}) {
            auto const fields = event.find(part);
            if (fields == event.end()) continue;
            auto const found = fields->find(std::string(fact.name));
            if (found == fields->end() || !found->is_string()) continue;
            auto masked = workflows::shown(found->get_ref<std::string const&>(), fact.masked_as);
            changed = changed || masked != found->get_ref<std::string const&>();
            *found = std::move(masked);
        }
    }
    return changed;
}

} // namespace banjie::engine
