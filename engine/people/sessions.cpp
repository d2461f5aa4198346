#include "engine/people/sessions.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/people/account_directory.hpp"
#include "engine/people/account_refusals.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <tuple>

namespace banjie::engine {

using nlohmann::json;

namespace {

Refusal not_signed_in() {
    return {RefusalKind::unauthenticated, "session_invalid",
            "Expected the token of a session, but it is unknown or has expired.", "Sign in again."};
}

Refusal wrong_password() {
    return {RefusalKind::unauthenticated, "sign_in_failed",
            "Expected a name and its password, but they do not belong together.",
            "Check both; an administrator sets a new password."};
}

Refusal password_must_change() {
    return {RefusalKind::forbidden, "password_must_change",
            "Expected a password that nobody else knows, but it is still the first one.",
            "Change it: PUT /api/v1/me/password."};
}

Refusal session_not_found() {
    return {RefusalKind::not_found, "session_not_found",
            "Expected a session of yours that is open, but there is none of that id.",
            "GET /api/v1/me/sessions lists those that are."};
}

Actor stranger_at(std::string address) {
    Actor stranger;
    stranger.address = std::move(address);
    return stranger;
}

/// That sessions of the account were ended before their time; what else is told of it in `said`.
DocumentChange revocation_event(User const& user, char const* event, json said, Time now) {
    said["user"] = user.name;
    return {.kind = "revocation",
            .id = user.name,
            .expected_version = std::nullopt,
            .body = time_text(now),
            .event = event,
            .said = said.dump(-1, ' ', false, json::error_handler_t::replace),
            .place = user.organisation};
}

} // namespace

// The document's grammar: only ever added to.
std::string body_of(Session const& session) {
    json body = {{"user", session.user},
                 {"expires_at", time_text(session.expires_at)},
                 {"address", session.address}};
    if (session.opened_at) body["opened_at"] = time_text(*session.opened_at);
    // A proxy may say any bytes of where somebody comes from.
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool Session::is_open(Time now) const {
    constexpr std::chrono::minutes idle{limits::session_idle_minutes};
    return expires_at > now && used_at->load() + idle > now;
}

Session session_of(std::string_view body, Time used_at) {
    json const stored = json::parse(body);
    return {.user = stored.at("user").get<std::string>(),
            .expires_at = time_of(stored.at("expires_at").get<std::string>()).value_or(Time{}),
            .opened_at = time_of(stored.value("opened_at", "")),
            .address = stored.value("address", ""),
            .used_at = std::make_shared<std::atomic<Time>>(used_at)};
}

std::string shown_id_of(std::string_view id) {
    return std::string(id.substr(0, 16));
}

DocumentChange sign_in_event(User const& user, char const* event, Time now) {
    return {.kind = "sign_in",
            .id = user.name,
            .expected_version = std::nullopt,
            .body = time_text(now),
            .event = event,
            .said = json{{"user", user.name}}.dump(),
            .place = user.organisation};
}

Outcome<SignedIn> Accounts::sign_in(std::string name, std::string password, std::string address) {
    using Ending = SignInThrottle::Ending;
    auto& throttle = directory_->throttle;
    if (int const wait_s = throttle.admit(name, address, directory_->clock.now()); wait_s > 0)
        return too_many_attempts(wait_s);
    auto const account = directory_->find(name);
    bool const fits = password_fits(account ? account->hash : "", password);
    bool const admitted = fits && account && account->user.active;
    throttle.ended(name, address, admitted ? Ending::succeeded : Ending::failed,
                   directory_->clock.now());
    if (admitted) return directory_->open_session(*account, std::move(address));
    // Nobody waits for it: an unknown name would be told from a known one by the time it takes.
    if (account)
        directory_->documents.write_soon(
            stranger_at(std::move(address)),
            {sign_in_event(account->user, "sign_in_failed", directory_->clock.now())});
    return wrong_password();
}

void Accounts::sign_in(std::string name, std::string password, std::string address,
                       std::function<void(Outcome<SignedIn>)> done) {
    auto const shared = std::make_shared<std::function<void(Outcome<SignedIn>)>>(std::move(done));
    bool const posted =
        directory_->pool.post([this, shared, name = std::move(name), password = std::move(password),
                               address = std::move(address)]() mutable {
            (*shared)(sign_in(std::move(name), std::move(password), std::move(address)));
        });
    if (!posted)
        (*shared)(Refusal{RefusalKind::too_many,
                          "busy",
                          "Expected to check the password, but too many are waiting.",
                          "Repeat it in a moment.",
                          {},
                          2});
}

Outcome<void> Accounts::sign_out(std::string_view token) {
    auto actor = actor_of(token, Use::newcomer);
    if (!actor) return actor.error();
    return directory_->write_and_end(*actor, {}, {session_id_of(token)});
}

Outcome<Actor> Accounts::actor_of(std::string_view token, Use use) const {
    auto const id = session_id_of(token);
    Time const now = directory_->clock.now();
    std::shared_lock const lock(directory_->mutex);
    auto const session = directory_->sessions.find(id);
    if (session == directory_->sessions.end() || !session->second.is_open(now))
        return not_signed_in();
    auto const account = directory_->accounts.find(session->second.user);
    if (account == directory_->accounts.end() || !account->second.user.active)
        return not_signed_in();
    if (account->second.user.must_change_password && use != Use::newcomer)
        return password_must_change();
    if (use != Use::passive) session->second.used_at->store(now);
    return *account->second.actor;
}

std::vector<OpenSession> Accounts::sessions_of(Actor const& actor,
                                               std::string_view current_token) const {
    auto const current = session_id_of(current_token);
    Time const now = directory_->clock.now();
    std::vector<OpenSession> open;
    std::shared_lock const lock(directory_->mutex);
    for (auto const& [id, session] : directory_->sessions)
        if (session.user == actor.user && session.is_open(now))
            open.push_back({.id = shown_id_of(id),
                            .opened_at = session.opened_at,
                            .used_at = session.used_at->load(),
                            .expires_at = session.expires_at,
                            .address = session.address,
                            .is_this = id == current});
    // All last as long, and of each it is known when it ends.
    std::sort(open.begin(), open.end(), [](OpenSession const& one, OpenSession const& other) {
        return std::tie(one.expires_at, one.id) > std::tie(other.expires_at, other.id);
    });
    return open;
}

Outcome<void> Accounts::end_session(Actor const& actor, std::string_view id, std::string password) {
    auto const session = directory_->open_session_of(actor.user, id);
    auto const known = directory_->find(actor.user);
    if (!session || !known) return session_not_found();
    if (auto own = directory_->confirm_password(*known, password, "password"); !own) return own;
    std::vector<DocumentChange> changes;
    changes.push_back(revocation_event(known->user, "session_ended",
                                       json{{"ended_address", session->second.address}},
                                       directory_->clock.now()));
    return directory_->write_and_end(actor, std::move(changes), {session->first});
}

Outcome<void> Accounts::revoke_sessions(Actor const& actor, std::string_view user) {
    auto const known = directory_->find(user);
    if (!known) return unknown_user(user);
    if (actor.user != user && !administers(actor, known->user.organisation))
        return not_of_your_region();
    std::vector<DocumentChange> changes;
    changes.push_back(
        revocation_event(known->user, "sessions_revoked", json::object(), directory_->clock.now()));
    return directory_->write_and_end(actor, std::move(changes), user, "");
}

} // namespace banjie::engine
