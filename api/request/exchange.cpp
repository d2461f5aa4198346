#include "api/request/exchange.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/request/thread_time.hpp"
#include "engine/once/replies.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/digest.hpp"

namespace banjie::api {

using engine::Outcome;
using nlohmann::json;

namespace {

// The key stands for the whole request. Never change this text, or the replies of the last days are
// lost.
Outcome<std::string> canonical(Exchange const& exchange) {
    auto const& request = exchange.request;
    std::string text(name_of(request.method));
    text += ' ';
    text += request.path;
    for (auto const& [name, value] : request.query)
        text.append("\n").append(name).append("=").append(value);
    text += '\n';
    text += request.if_match;
    text += '\n';
    if (exchange.route.body != Body::file) return text + request.body;
    auto const bytes = file_bytes(request);
    if (!bytes) return bytes.error();
    return text + engine::sha256_text(*bytes);
}

std::string kept_text(Response const& response) {
    json kept = {{"status", response.status},
                 {"content_type", response.content_type},
                 {"body", response.body},
                 {"headers", json::object()}};
    for (auto const& [name, value] : response.headers) kept["headers"][name] = value;
    return kept.dump();
}

Response response_of(std::string const& kept_text) {
    auto const kept = json::parse(kept_text);
    Response response;
    response.status = kept.at("status").get<int>();
    response.content_type = kept.at("content_type").get<std::string>();
    response.body = kept.at("body").get<std::string>();
    for (auto const& [name, value] : kept.at("headers").items()) {
        response.headers.emplace_back(name, value.get<std::string>());
    }
    return response;
}

Response secret_was_shown() {
    return refusal_response(
        {"secret_shown_once"_code,
         "Cannot repeat the first answer: it held a secret, which is shown only once.",
         "If the secret is lost, revoke it and make another."});
}

Response answer_was_lost() {
    return refusal_response({"answer_lost"_code,
                             "Cannot repeat the first answer: it was lost when the server stopped. "
                             "The request was carried out.",
                             "Look at the result. The request is not carried out again."});
}

Outcome<Response> first_or_kept(Answer answer, Exchange& exchange, std::string const& request) {
    auto& store = exchange.office().store;
    auto const& user = exchange.actor.user;
    auto const& key = exchange.request.idempotency_key;
    auto const recalled = engine::recall(store, user, key, request);
    if (!recalled) return recalled.error();
    if (*recalled == engine::reply_lost) return answer_was_lost();
    if (*recalled) return response_of(**recalled);
    exchange.actor.idempotency_key = key;
    exchange.actor.request = request;
    auto response = answer(exchange);
    if (!response) return response.error();
    auto const& to_keep = response->holds_secret ? secret_was_shown() : *response;
    auto kept = engine::keep_reply(store, user, key, request, kept_text(to_keep),
                                   exchange.office().clock.now());
    if (!kept) return kept.error();
    return response;
}

Response shown(Outcome<Response> outcome) {
    return outcome ? std::move(*outcome) : refusal_response(outcome.error());
}

Response attempted(std::function<Outcome<Response>()> const& attempt) {
    try {
        return shown(attempt());
    } catch (std::exception const& thrown) {
        return internal_error(thrown);
    }
}

/// Answers once for all requests that repeat the key meanwhile.
void answer_once(Answer answer, ExchangePointer const& exchange) {
    using Claim = engine::KeysUnderWay<ExchangePointer>::Claim;
    auto& keys = *exchange->services.keys;
    auto const& user = exchange->actor.user;
    auto const& key = exchange->request.idempotency_key;
    auto const request = canonical(*exchange);
    if (!request) return exchange->respond(refusal_response(request.error()));
    switch (keys.claim(user, key, *request, exchange)) {
    case Claim::waits:
        return;
    case Claim::reused:
        return exchange->respond(refusal_response(engine::reused_key(key)));
    case Claim::first:
        break;
    }
    auto response = attempted([&] { return first_or_kept(answer, *exchange, *request); });
    for (auto const& other : keys.release(user, key)) other->respond(response);
    exchange->respond(std::move(response));
}

} // namespace

Outcome<std::string_view> file_bytes(Request const& request) {
    if (!request.file) return std::string_view(request.body);
    auto const bytes = request.file->bytes();
    if (!bytes) return engine::refusal_of(bytes.error(), "look at the file");
    return *bytes;
}

std::string json_text(json const& body) {
    // Details may quote text of the caller that was cut within a character.
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

Response json_response(json const& body, int status) {
    return {.status = status, .body = json_text(body), .headers = {}};
}

std::string etag_of(std::uint64_t version) {
    return '"' + std::to_string(version) + '"';
}

Response answered(Answer answer, Exchange& exchange) {
    return shown(answer(exchange));
}

Timed::Timed(Exchange const& exchange) : services_(exchange.services) {
    if (exchange.request.of_this_machine || !services_.took) return;
    caller_ = exchange.counted();
    began_ = time_of_this_thread();
}

Timed::~Timed() {
    if (!caller_.empty()) services_.took(caller_, time_of_this_thread() - began_);
}

void run_on_worker(ExchangePointer const& exchange, std::function<void()> work) {
    auto timed = [exchange, work = std::move(work)] {
        Timed const time(*exchange);
        work();
    };
    if (exchange->services.post(exchange->counted(), std::move(timed))) return;
    exchange->respond(refusal_response(
        engine::Refusal{.code = "busy"_code,
                        .detail = "Cannot carry out the request: too many are waiting.",
                        .help = "Try again in a moment.",
                        .retry_after_s = 1,
                        .kind = engine::RefusalKind::unavailable}));
}

void answer_on_worker(Answer answer, ExchangePointer exchange) {
    run_on_worker(exchange, [answer, exchange] {
        bool const once = !exchange->request.idempotency_key.empty() &&
                          exchange->route.method != Method::get &&
                          exchange->route.caller != Caller::anyone;
        if (!once) return exchange->respond(attempted([&] { return answer(*exchange); }));
        try {
            answer_once(answer, exchange);
        } catch (std::bad_alloc const& thrown) { // before the answer began
            exchange->respond(internal_error(thrown));
        }
    });
}

} // namespace banjie::api
