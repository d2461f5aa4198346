#pragma once
// The codes that only the door refuses with. Sorted by name.

#include "engine/refusal_codes.hpp"

namespace banjie::api {

using engine::CodeEntry;
using engine::RefusalCode;
using engine::RefusalKind;

inline constexpr CodeEntry door_codes[] = {
    {"answer_lost", RefusalKind::not_permitted,
     "The request was carried out, but its answer was lost when the server stopped.",
     "Look at the result. The request is not carried out again."},
    {"attachment_too_dense", RefusalKind::invalid,
     "The ZIP has too many or too large parts, or a password.",
     "Divide it, and leave out the password.", 415},
    {"bad_idempotency_key", RefusalKind::malformed,
     "Idempotency-Key is not 1 to 128 visible ASCII characters.", "Use a UUID."},
    {"bad_if_match", RefusalKind::malformed, "If-Match is not one ETag of this server.",
     "Send the ETag of the answer that you read, such as \"3\"."},
    {"bad_transfer_encoding", RefusalKind::malformed,
     "The body has neither a Content-Length nor chunks.", "Send one of them.", 501},
    {"body_too_large", RefusalKind::invalid, "The body is too large.", "Send less at once.", 413},
    {"cannot_inspect", RefusalKind::unavailable, "The system has no room to inspect the file now.",
     "Send it again in a moment."},
    {"csrf_token_missing", RefusalKind::forbidden,
     "X-CSRF-Token is missing or does not belong to the session's cookie.",
     "Send the csrf_token of the answer to signing in or of GET /api/v1/me."},
    {"damaged_photo", RefusalKind::invalid, "The photo or video cannot be read to its end.",
     "Open it, save it again and send that.", 415},
    {"foreign_origin", RefusalKind::forbidden, "The request came from a page of another host.",
     "Open the console at the server's own address."},
    {"head_too_large", RefusalKind::malformed, "The header fields are too large.", "", 431},
    {"internal_error", RefusalKind::unavailable, "The server failed to answer the request.",
     "Tell the operator.", 500},
    {"invalid_json", RefusalKind::malformed, "The body is not JSON.", "Correct the body."},
    {"invalid_utf8", RefusalKind::malformed, "The request has bytes that are not UTF-8.",
     "Send UTF-8."},
    {"json_out_of_bounds", RefusalKind::malformed, "The JSON is too deep or has too many values.",
     "Send less at once."},
    {"key_out_of_scope", RefusalKind::forbidden, "The API key does not permit this.",
     "Ask the administrator who answers for the key."},
    {"macros_in_attachment", RefusalKind::invalid, "The office file has macros.",
     "Save it without macros, or as PDF.", 415},
    {"malformed_http", RefusalKind::malformed, "The request is not valid HTTP/1.1.", ""},
    {"malware_found", RefusalKind::invalid, "The scanner found malware in the file.",
     "Do not open it. Tell the person who looks after your computer.", 415},
    {"method_not_allowed", RefusalKind::not_permitted, "The path does not have this method.",
     "Use one of the methods in Allow.", 405},
    {"needs_second_person", std::nullopt,
     "The change needs a second person, which is not possible in this request.",
     "Make the account with another role, then give it this one. Send a password separately."},
    {"no_backup_directory", RefusalKind::not_permitted,
     "The server was started without a folder for backups.", "Start it with --backups FOLDER."},
    {"no_session", RefusalKind::unauthenticated, "The request carries no token.",
     "Sign in: POST /api/v1/sessions."},
    {"not_a_date", std::nullopt, "The text is not a date.", "Write a date such as 2026-03-31."},
    {"not_json", RefusalKind::malformed, "The body is not of type application/json.",
     "Send Content-Type: application/json.", 415},
    {"office_without_holder", std::nullopt,
     "One of the three administrators' roles has no account in the province's government.",
     "Give the role to an account first."},
    {"proposer_gone", RefusalKind::not_permitted,
     "The account of the person who proposed the act has been closed.", "Propose it again."},
    {"scanner_unavailable", RefusalKind::unavailable, "The scanner for malware does not answer.",
     "Send it again in a moment. If it stays so, tell the operator."},
    {"secret_shown_once", RefusalKind::not_permitted,
     "The first answer held a secret, which is shown only once.",
     "If the secret is lost, revoke it and make another."},
    {"target_too_long", RefusalKind::malformed, "The URL is too long.", "", 414},
    {"too_many_connections", RefusalKind::unavailable,
     "The server has as many connections as it accepts.", "Connect again in a moment."},
    {"too_many_requests", RefusalKind::too_many, "The account or address sends requests too fast.",
     "Wait as long as Retry-After says, and ask for larger pages."},
    {"too_slow", RefusalKind::unavailable, "The request did not arrive in time.",
     "Send the whole request at once.", 408},
    {"unknown_code", std::nullopt, "There is no organisation with this code.",
     "Look it up: GET /api/v1/organisations?q=."},
    {"unknown_expectation", RefusalKind::malformed, "Expect is not 100-continue.",
     "Send no Expect, or 100-continue.", 417},
    {"unknown_organisation", RefusalKind::not_found, "There is no such organisation.",
     "Look it up: GET /api/v1/organisations?q=."},
    {"unknown_page", RefusalKind::not_found, "The program has no such page or file.",
     "Reload the page: the console may have been updated."},
    {"unknown_parameter", std::nullopt, "The route has no such parameter.",
     "Use the parameters that the refusal lists."},
    {"unknown_path", RefusalKind::not_found, "The API has no such path.", "See /docs."},
    {"unknown_year", RefusalKind::not_found, "There is no calendar for that year.",
     "Ask an administrator to add it with PUT."},
    {"unsupported_attachment", RefusalKind::invalid,
     "The file is not a photo, PDF, OFD or office file, MP4 video or ZIP of these.",
     "Save it as one of these.", 415},
    {"websocket_version", RefusalKind::malformed, "The WebSocket is not of version 13.", "", 426},
    {"wrong_value", std::nullopt, "The value is not allowed here.", "Send what the error expects."},
};

/// Refusals to start. The program writes them to the terminal and ends; no caller receives them.
inline constexpr CodeEntry door_start_codes[] = {
    {"bad_address", RefusalKind::unavailable, "The address to listen at is not valid.",
     "Give an IP address with --address."},
    {"bad_certificate", RefusalKind::unavailable, "The certificate or its key cannot be used.",
     "Check both files."},
    {"bad_proxy", RefusalKind::unavailable,
     "--proxy is neither an address nor a block of addresses.", "Give 10.0.0.5 or 10.0.0.0/24."},
    {"bad_public_origin", RefusalKind::unavailable, "--public-origin is not a scheme and a host.",
     "Give https://banjie.example.cn, without a path."},
    {"cannot_listen", RefusalKind::unavailable, "The server cannot listen at the address.",
     "Choose another address or port."},
};

[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return engine::code_named({name, size}, door_codes, door_start_codes, engine::engine_codes,
                              workflows::shared_codes);
}

} // namespace banjie::api
