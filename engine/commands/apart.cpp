#include "engine/commands/apart.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/json_text.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

bool has(Texts const& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// Returns the commands that the actor must not have given before.
Texts kept_apart(Policy const& policy, std::string_view command, Actor const& actor) {
    Texts earlier;
    for (auto const& apart : policy.apart) {
        bool const is_small =
            std::any_of(apart.except.begin(), apart.except.end(),
                        [&](auto const& code) { return is_within(actor.organisation, code); });
        if (has(apart.then, command) && !is_small)
            earlier.insert(earlier.end(), apart.first.begin(), apart.first.end());
    }
    return earlier;
}

/// Returns the command's English label, or else its name as words.
std::string words_of(Policy const& policy, std::string_view command) {
    auto const label = policy.labels.find("command." + std::string(command));
    if (label != policy.labels.end()) return label->second.en;
    std::string words(command);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

Refusal same_person(Policy const& policy, std::string_view command, std::string_view earlier) {
    return {"same_person"_code,
            "Cannot give the command \"" + words_of(policy, command) +
                "\": you have given the command \"" + words_of(policy, earlier) + "\" before.",
            "Ask a colleague."};
}

} // namespace

std::optional<Refusal> refuse_for_same_person(storage::Store& store, Policy const& policy,
                                              Instance const& instance, std::string_view command,
                                              Actor const& actor) {
    if (actor.has(Role::system)) return std::nullopt;
    auto const earlier = kept_apart(policy, command, actor);
    for (std::uint64_t read = 0; !earlier.empty() && read < instance.version;) {
        auto const stored = store.history(instance.id, read, limits::history_page);
        if (!stored) return refusal_of(stored.error(), "read the history");
        if (stored->empty()) break;
        for (auto const& one : *stored) {
            auto const event = recorded_of(one.seq, one.body).event;
            if (event.actor == actor.user && has(earlier, event.command))
                return same_person(policy, command, event.command);
        }
        read += stored->size();
    }
    return std::nullopt;
}

} // namespace banjie::engine
