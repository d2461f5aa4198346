#pragma once
// Personal values in the clear: who may read them, and the record that somebody did.

#include "engine/command.hpp"
#include "engine/documents/documents.hpp"
#include "engine/rules/rulebook.hpp"
#include "storage/store.hpp"

namespace banjie::engine {

class PersonalData {
public:
    PersonalData(storage::Store& store, Rulebook const& rulebook, Documents& documents);

    /// Returns the personal facts of which a value is kept.
    [[nodiscard]] static Texts kept_of(Workflow const& workflow, Instance const& instance);
    /// Returns whether the table names the actor among those who may read them.
    [[nodiscard]] static bool may_read(Workflow const& workflow, Actor const& actor,
                                       Instance const& instance);
    /// Returns the values that are kept of an instance that the actor sees. That they are read, by
    /// whom and why, is durable before. Refused `may_not_read_personal`, `nothing_personal`,
    /// `personal_unreadable`, and as documents are. Not for a thread that must not block.
    [[nodiscard]] Outcome<Fields> read(Caller const& actor, Instance const& instance,
                                       std::string_view reason);

private:
    [[nodiscard]] Outcome<std::string> value_of(Instance const& instance, FieldSpec const& fact);
    [[nodiscard]] Outcome<std::string> value_in_events(Instance const& instance,
                                                       FieldSpec const& fact);
    [[nodiscard]] Outcome<void> note_reading(Caller const& actor, Instance const& instance,
                                             Fields const& values, std::string_view reason);

    storage::Store& store_;
    Rulebook const& rulebook_;
    Documents& documents_;
};

} // namespace banjie::engine
