#include "api/request/refusal_document.hpp"

#include "api/limits.hpp"
#include "api/request/refusal_codes.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <new>
#include <span>
#include <utility>

namespace banjie::api {

using engine::Refusal;
using engine::RefusalKind;
using nlohmann::json;

namespace {

std::string_view title_of(int status) {
    switch (status) {
    case 400:
        return "The request cannot be read";
    case 401:
        return "Sign in first";
    case 403:
        return "This account may not do this";
    case 404:
        return "Not found";
    case 405:
        return "Method not allowed";
    case 406:
        return "No such representation";
    case 408:
        return "The request took too long";
    case 409:
        return "Not permitted now";
    case 412:
        return "Somebody else has changed it";
    case 413:
        return "The request is too large";
    case 415:
        return "Unsupported kind of body";
    case 422:
        return "Some fields are not valid";
    case 429:
        return "Too many requests";
    case 431:
        return "The header is too large";
    case 503:
        return "Unavailable for now";
    case 507:
        return "The disk is nearly full";
    default:
        return "The request was refused";
    }
}

/// Shortens a text of a refusal, which may quote the caller.
std::string_view shortened(std::string_view text) {
    return text.substr(0, limits::sentence_bytes);
}

json document(int status, Refusal const& refusal) {
    json out = json::object();
    out["type"] = "urn:banjie:refusal:" + std::string(refusal.code.name());
    out["title"] = title_of(status);
    out["status"] = status;
    out["detail"] = shortened(refusal.detail);
    out["code"] = refusal.code.name();
    if (!refusal.help.empty()) out["help"] = refusal.help;
    if (refusal.errors.empty()) return out;
    json errors = json::array();
    for (auto const& error :
         std::span(refusal.errors).first(std::min(refusal.errors.size(), limits::named_errors))) {
        errors.push_back({{"field", shortened(error.field)},
                          {"code", error.code.name()},
                          {"detail", shortened(error.detail)}});
    }
    out["errors"] = std::move(errors);
    return out;
}

// A field's name comes from the caller and may have been cut within a character.
std::string text_of(json const& document) {
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

int status_of(RefusalKind kind) {
    switch (kind) {
    case RefusalKind::malformed:
        return 400;
    case RefusalKind::unauthenticated:
        return 401;
    case RefusalKind::forbidden:
        return 403;
    case RefusalKind::not_found:
        return 404;
    case RefusalKind::version_mismatch:
        return 412;
    case RefusalKind::invalid:
        return 422;
    case RefusalKind::not_permitted:
        return 409;
    case RefusalKind::too_many:
        return 429;
    case RefusalKind::unavailable:
        return 503;
    case RefusalKind::no_space:
        return 507;
    }
    return 500;
}

int status_of(Refusal const& refusal) {
    auto const own = refusal.code.listed().status;
    return own != 0 ? own : status_of(refusal.kind);
}

json refusal_json(Refusal const& refusal) {
    return document(status_of(refusal), refusal);
}

Response refusal_response(Refusal const& refusal) {
    return refusal_response(refusal, status_of(refusal));
}

Response refusal_response(Refusal const& refusal, int status) {
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = text_of(document(status, refusal));
    if (status == 401) {
        response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"banjie\"");
    }
    if (status == 429 || status == 503) {
        int const seconds = refusal.retry_after_s > 0 ? refusal.retry_after_s : 1;
        response.headers.emplace_back("Retry-After", std::to_string(seconds));
    }
    return response;
}

Response body_too_large(std::size_t bytes) {
    return refusal_response({"body_too_large"_code,
                             "The body is larger than " + std::to_string(bytes) + " bytes.",
                             "Send less at once."});
}

Response no_room_for_body() {
    return refusal_response(
        Refusal{.code = "busy"_code,
                .detail = "Cannot receive the body: too many large bodies are in flight.",
                .help = "Try again in a moment.",
                .retry_after_s = 5,
                .kind = RefusalKind::unavailable});
}

Response internal_error(std::exception const& thrown) {
    if (dynamic_cast<std::bad_alloc const*>(&thrown) != nullptr) {
        spdlog::error("Memory ran out for a request");
        return refusal_response(
            Refusal{.code = "busy"_code,
                    .detail = "Cannot carry out the request: no memory is left for it now.",
                    .help = "Try again in a moment.",
                    .retry_after_s = 5,
                    .kind = RefusalKind::unavailable});
    }
    spdlog::error("A request has failed: {}", thrown.what());
    return refusal_response(
        {"internal_error"_code, "The server failed to answer the request.", "Tell the operator."});
}

} // namespace banjie::api
