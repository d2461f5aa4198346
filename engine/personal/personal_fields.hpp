#pragma once
// Personal fields on the path of commands: the value is taken out before anything else looks at the
// command, and is sealed into the batch that has its event. Inside of the engine.

#include "engine/command.hpp"
#include "engine/ports.hpp"
#include "storage/keyring.hpp"
#include "storage/store.hpp"

#include <nlohmann/json_fwd.hpp>

#include <mutex>
#include <span>
#include <string>

namespace banjie::engine {

/// Takes the personal values out of a command, whose fields keep the masked form. What its form
/// refuses anyway stays.
void take_personal(Command& command, Workflow const& workflow);
/// Returns what stands for the values in the canonical text of a request: digests that tell nobody
/// the value; empty if there are none.
[[nodiscard]] std::string personal_digests(Command const& command, storage::Keyring const& keyring);

/// Gives every number of a key once. Thread-safe.
class KeyNumbers {
public:
    explicit KeyNumbers(storage::Keyring const& keyring) : keyring_(keyring) {}
    /// Excludes this number and all before it.
    void used(std::uint64_t number);
    [[nodiscard]] std::uint64_t next();

private:
    storage::Keyring const& keyring_;
    std::mutex mutex_;
    std::uint64_t last_ = storage::Keyring::common_key;
};

/// Returns whether a value is another than what is shown: two may be masked alike.
[[nodiscard]] bool says_new_personal(Instance const& before, std::span<PersonalValue const> values);
/// Gives the instance a key if the event keeps a value and it has none; takes it away if the event
/// erases one: then every personal fact is erased.
void settle_key(Workflow const& workflow, std::span<PersonalValue const> values,
                storage::Keyring const& keyring, KeyNumbers& numbers, Instance& after,
                Event& event);
/// Adds to the batch what the event seals, removes and erases.
void add_sealed(storage::Batch& batch, Workflow const& workflow,
                std::span<PersonalValue const> values, Instance const* before,
                Instance const& after, Event const& event, storage::Keyring const& keyring,
                Random& random);

/// Masks facts that an earlier program stored in the clear, and shows as erased those whose key is
/// gone: after a restore the records may not know it.
void show_masked(Workflow const& workflow, storage::Keyring const& keyring, Instance& instance);
void show_masked(Workflow const& workflow, Fields& fields);
/// The same for the members "fields" and "changes" of an event's JSON; returns whether any changed.
[[nodiscard]] bool show_masked(Workflow const& workflow, nlohmann::json& event);

} // namespace banjie::engine
