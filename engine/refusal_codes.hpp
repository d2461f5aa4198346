#pragma once
// The codes that the engine refuses with, beside those that all workflows share. Sorted by name.

#include "workflows/contract/refusal_codes.hpp"
#include "workflows/refusal_codes.hpp"

namespace banjie::engine {

using workflows::code_named;
using workflows::code_tables;
using workflows::CodeEntry;
using workflows::RefusalCode;
using workflows::RefusalKind;

inline constexpr CodeEntry engine_codes[] = {
    {"api_key_invalid", RefusalKind::unauthenticated, "The API key is unknown, revoked or expired.",
     "Ask an administrator for a new key."},
    {"attachment_not_found", RefusalKind::not_found, "There is no such attachment.",
     "See the list of attachments."},
    {"attachment_of_another", RefusalKind::forbidden,
     "Only the person who attached the file, or a coordinator, may remove it.", "Ask one of them."},
    {"bad_cursor", RefusalKind::malformed, "The cursor does not belong to this list or feed.",
     "Start again without a cursor."},
    {"busy", RefusalKind::too_many, "Too much is in flight.", "Repeat the request in a moment."},
    {"contains_name", std::nullopt, "The password contains the account's name.",
     "Choose another password."},
    {"contains_own_word", std::nullopt, "The password contains a word that attackers try first.",
     "Choose another password."},
    {"history_full", RefusalKind::not_permitted,
     "The instance has as many events as a history can have.",
     "Close it and report the matter again."},
    {"idempotency_key_reused", RefusalKind::invalid,
     "The idempotency key was used for a different request.",
     "Use a new key for every new request."},
    {"idempotency_key_too_long", RefusalKind::invalid, "The idempotency key is too long.",
     "Use a UUID."},
    {"instance_exists", RefusalKind::not_permitted, "An instance with this id exists already.",
     "Choose another id."},
    {"instance_not_found", RefusalKind::not_found,
     "There is no such instance, or the caller may not see it.", "Check the id."},
    {"invalid", std::nullopt, "The value is not valid.", "Correct it as the error says."},
    {"invalid_api_key", RefusalKind::invalid, "The description of the API key is not valid.",
     "Correct the fields listed in \"errors\"."},
    {"invalid_calendar", RefusalKind::invalid, "The calendar is not valid; nothing was saved.",
     "Correct the entries listed in \"errors\"."},
    {"invalid_date", std::nullopt, "The text is not a date of that year.",
     "Write a date such as 2026-03-31."},
    {"invalid_organisation", RefusalKind::invalid, "The organisation is not valid.",
     "Correct the fields listed in \"errors\"."},
    {"invalid_policy", RefusalKind::invalid, "The policy is not valid; nothing was saved.",
     "Correct the entries listed in \"errors\"."},
    {"invalid_query", RefusalKind::invalid, "The list cannot be made: a parameter is not valid.",
     "Correct the parameter listed in \"errors\"."},
    {"invalid_user", RefusalKind::invalid, "The account is not valid.",
     "Correct the fields listed in \"errors\"."},
    {"malformed", std::nullopt, "The text is not a JSON object.", "Send a JSON object."},
    {"no_space", RefusalKind::no_space, "The disk is nearly full; nothing can be written.",
     "The operator frees space. Reading still works."},
    {"not_a_list", RefusalKind::malformed, "The file is not a JSON list of organisations.",
     "Write a list of objects with code, name and parent."},
    {"not_an_object", RefusalKind::malformed, "The body is not a JSON object.",
     "Send a JSON object."},
    {"out_of_bounds", std::nullopt, "The number is outside the allowed bounds.",
     "Choose one within the bounds."},
    {"outcome_unknown", RefusalKind::unavailable,
     "The write failed, and the server does not know whether it took effect.",
     "Repeat the request under the same idempotency key, or read before repeating."},
    {"password_must_change", RefusalKind::forbidden,
     "The account still has the first password, which an administrator knows.",
     "Change it: PUT /api/v1/me/password."},
    {"problem_is_finished", RefusalKind::not_permitted,
     "The instance is finished; its attachments can no longer change.", "Reopen it first."},
    {"reused", std::nullopt, "The idempotency key was used before.", "Use a new key."},
    {"session_invalid", RefusalKind::unauthenticated, "The session is unknown or has expired.",
     "Sign in again."},
    {"session_not_found", RefusalKind::not_found, "The account has no such open session.",
     "See the open sessions: GET /api/v1/me/sessions."},
    {"sign_in_failed", RefusalKind::unauthenticated,
     "The name and the password do not belong together.",
     "Check both. An administrator can set a new password."},
    {"stopping", RefusalKind::unavailable, "The server is stopping.",
     "Repeat the request in a moment."},
    {"store_unreadable", RefusalKind::unavailable, "The store could not be read or written.",
     "Try again. If it stays so, tell the operator."},
    {"too_common", std::nullopt, "The password is a common one.", "Choose another password."},
    {"too_many_api_keys", RefusalKind::not_permitted, "There are too many API keys.",
     "Revoke those that nobody uses."},
    {"too_many_attachments", RefusalKind::not_permitted, "There are too many attachments.",
     "Put several pages into one PDF."},
    {"too_many_attempts", RefusalKind::too_many, "The password has been wrong too often.",
     "Wait a few minutes."},
    {"too_many_consequences", RefusalKind::not_permitted,
     "The command would change too many other instances at once.", "Do it in several parts."},
    {"too_many_removed", RefusalKind::not_permitted,
     "As many removed attachments as can be kept are kept already.",
     "Say in a note what is wrong with the file."},
    {"too_short", std::nullopt, "The password is too short.", "Choose a longer one."},
    {"twice", std::nullopt, "The list has this code twice.", "List every code once."},
    {"unchanged", std::nullopt, "The new password is the old one.", "Choose another password."},
    {"unknown", std::nullopt, "There is nothing of that name.", "Check the name."},
    {"unknown_api_key", RefusalKind::not_found, "There is no such API key.",
     "See the list of keys."},
    {"unknown_user", RefusalKind::not_found, "There is no such account.", "Check the name."},
    {"unknown_value", std::nullopt, "The value is not one of those allowed.",
     "Choose one of those that the error lists."},
    {"unknown_workflow", RefusalKind::not_found, "There is no such workflow.",
     "See the list of workflows: GET /api/v1/workflows."},
    {"user_exists", RefusalKind::not_permitted, "There is an account of this name already.",
     "Choose another name."},
    {"version_mismatch", RefusalKind::version_mismatch,
     "Somebody else has changed it in the meantime.", "Read it again, then decide."},
    {"wrong", std::nullopt, "The password is not the account's.", "Type it again."},
};

/// Refusals to start. The program writes them to the terminal and ends; no caller receives them.
inline constexpr CodeEntry engine_start_codes[] = {
    {"absent", RefusalKind::not_found, "A built-in file is missing from the program.",
     "Build the program again."},
    {"index_unreadable", RefusalKind::unavailable, "An index entry of the store cannot be read.",
     "Run 'banjie verify', and restore the newest backup."},
};

[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return code_named({name, size}, engine_codes, engine_start_codes, workflows::shared_codes);
}

} // namespace banjie::engine
