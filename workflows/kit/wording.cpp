#include "workflows/kit/wording.hpp"

#include "workflows/contract/limits.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>

namespace banjie::workflows::kit {

namespace {

/// Returns the English label; empty if the policy has none.
std::string label(Policy const& policy, std::string_view kind, std::string_view name) {
    auto const found = policy.labels.find(std::string(kind).append(name));
    return found == policy.labels.end() ? std::string() : found->second.en;
}

/// Returns the label, or else the name as words.
std::string words(Policy const& policy, std::string_view kind, std::string_view name) {
    auto text = label(policy, kind, name);
    if (!text.empty()) return text;
    text = name;
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

/// Returns the text after the article "its", "a", "an" or "the".
std::string_view noun(std::string_view phrase) {
    return phrase.substr(phrase.find(' ') + 1);
}

std::string with_article(std::string_view words) {
    bool const vowel =
        !words.empty() && std::string_view("aeio").find(words[0]) != std::string_view::npos;
    return std::string(vowel ? "an " : "a ").append(words);
}

/// Returns the clause, which is not empty, as a sentence.
std::string sentence(std::string clause) {
    clause.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(clause.front())));
    return clause + '.';
}

/// Joins phrases to "one, another or a third".
std::string any_of(std::vector<std::string> const& all) {
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i)
        text += (i == 0 ? "" : i + 1 < all.size() ? ", " : " or ") + all[i];
    return text;
}

} // namespace

std::string Wording::object() const {
    auto noun = words(here.policy, "workflow", "");
    if (noun.empty()) noun = words(here.policy, "", workflow.name());
    noun.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(noun.front())));
    if (here.instance.version == 0) return with_article(noun);
    auto const& [instance, actor, now, policy, calendar, world] = here;
    if (auto const key = workflow.numbering().key_fact; !key.empty())
        return noun + ' ' + std::to_string(instance.facts.number(key));
    return noun + ' ' + (instance.number.empty() ? instance.id : instance.number);
}

std::string Wording::cannot() const {
    auto phrase = label(here.policy, "phrase.", command.name);
    if (phrase.find('*') == std::string::npos) {
        phrase = words(here.policy, "command.", command.name);
        phrase += phrase.find(' ') == std::string::npos ? " *" : " (*)";
    }
    phrase.replace(phrase.find('*'), 1, object());
    return "Cannot " + phrase + ": ";
}

Refusal Wording::refuse(Reason reason) const {
    Refusal refusal{reason.code, cannot() + reason.clause + ".",
                    reason.help.empty() ? std::string(reason.code.listed().help)
                                        : std::move(reason.help)};
    if (!reason.field.empty())
        refusal.errors.push_back(
            {std::string(reason.field), reason.code, sentence(std::move(reason.clause))});
    return refusal;
}

Refusal Wording::forbid(std::span<PartyInfo const> who_may) const {
    std::vector<std::string> parties;
    for (auto const& party : who_may) {
        bool const its = party.en.starts_with("its ");
        bool const is_new = here.instance.version == 0;
        parties.push_back(its && is_new ? with_article(noun(party.en)) : std::string(party.en));
    }
    if (parties.empty()) parties.emplace_back("the system");
    return refuse({"forbidden"_code, "only " + any_of(parties) + " may"});
}

Refusal Wording::refuse_in_state(std::string_view state,
                                 std::span<std::string_view const> possible) const {
    std::string clause;
    if (here.instance.version == 0)
        clause = "it does not exist yet";
    else if (command.creates)
        clause = "it exists already";
    else
        clause = "it is in the state \"" + words(here.policy, "state.", state) + '"';
    std::string help;
    for (auto const name : possible)
        help += (help.empty() ? "Choose a command that is possible now: " : ", ") +
                words(here.policy, "command.", name);
    help = help.empty() ? "No command is possible in this state." : help + '.';
    return refuse({"not_permitted_in_state"_code, std::move(clause), {}, std::move(help)});
}

Refusal Wording::refuse_form(std::vector<FieldError> errors) const {
    auto refusal = refuse({"invalid_fields"_code, "some fields are missing or not valid"});
    refusal.errors = std::move(errors);
    return refusal;
}

std::optional<Refusal> Wording::refuse_far_times(Fields const& fields) const {
    constexpr std::chrono::years most{limits::years_from_now};
    for (auto const& [field, value] : fields) {
        auto const* time = std::get_if<Time>(&value);
        if (!time || (*time >= here.now - most && *time <= here.now + most)) continue;
        return refuse({"time_too_far"_code,
                       "the " + words(here.policy, "field.", field) + " is more than " +
                           std::to_string(most.count()) + " years away",
                       field});
    }
    return std::nullopt;
}

Refusal refuse_unknown(Workflow const& workflow, std::string_view command) {
    constexpr auto code = "unknown_command"_code;
    return {code,
            "There is no command \"" + std::string(command) + "\" in the workflow \"" +
                std::string(workflow.name()) + "\".",
            std::string(code.listed().help)};
}

void unknown_state(std::string_view state) {
    std::fprintf(stderr, "Broken invariant: the state '%s' is not one of this program's\n",
                 std::string(state).c_str());
    std::abort();
}

} // namespace banjie::workflows::kit
