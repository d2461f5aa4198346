#pragma once
// Personal values in the clear: who may read them, and the record that somebody did.

#include "engine/command.hpp"
#include "engine/documents/documents.hpp"
#include "engine/ports.hpp"
#include "engine/rules/rulebook.hpp"
#include "storage/store.hpp"

namespace banjie::engine {

class PersonalData {
public:
    PersonalData(storage::Store& store, Rulebook const& rulebook, Documents& documents,
                 Clock& clock);

    /// Returns the personal facts of which a value is kept.
    [[nodiscard]] static Texts kept_of(Workflow const& workflow, Instance const& instance);
    /// Returns whether the table names the actor among those who may read them.
    [[nodiscard]] static bool may_read(Workflow const& workflow, Actor const& actor,
                                       Instance const& instance);
    /// Returns the values of an instance that the actor may see, after the event of the reading is
    /// durable (audit/readings.hpp). Refuses with `may_not_read_personal`, `nothing_personal`,
    /// `personal_unreadable`, and like Documents::write. Blocks on the disk.
    [[nodiscard]] Outcome<Fields> read(Caller const& actor, Instance const& instance,
                                       std::string_view reason);

private:
    [[nodiscard]] Outcome<std::string> value_of(Instance const& instance, FieldSpec const& fact);
    [[nodiscard]] Outcome<std::string> value_in_events(Instance const& instance,
                                                       FieldSpec const& fact);

    storage::Store& store_;
    Rulebook const& rulebook_;
    Documents& documents_;
    Clock& clock_;
};

} // namespace banjie::engine
