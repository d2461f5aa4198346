#include "engine/people/sessions.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/people/account_directory.hpp"
#include "engine/people/account_refusals.hpp"
#include "engine/people/address_block.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <new>
#include <tuple>

namespace banjie::engine {

using nlohmann::json;

namespace {

Refusal not_signed_in() {
    return {"session_invalid"_code, "The token of the session is unknown or has expired.",
            "Sign in again."};
}

Refusal wrong_password() {
    return {"sign_in_failed"_code, "The name and the password do not belong together.",
            "Check both. An administrator can set a new password."};
}

Refusal out_of_memory() {
    return {.code = "busy"_code,
            .detail = "Cannot check the password: there is no memory for it now.",
            .help = "Try again in a moment.",
            .retry_after_s = 5,
            .kind = RefusalKind::unavailable};
}

Refusal password_expired() {
    return {"password_expired"_code, "The password has expired.",
            "Change it: PUT /api/v1/me/password."};
}

Refusal second_factor_must_enrol() {
    return {"second_factor_must_enrol"_code,
            "The account's roles need a second factor, and it has none.",
            "Enrol a device: POST /api/v1/me/second-factor."};
}

Refusal second_factor_required() {
    return {"second_factor_required"_code, "The code of the second factor is missing.",
            "Send it as \"code\", with name and password."};
}

Refusal second_factor_wrong() {
    return {"second_factor_wrong"_code, "The code of the second factor is wrong or has been used.",
            "Wait for the next code of the device, or use a recovery code."};
}

std::optional<Refusal> refusal_of(Owed owed) {
    switch (owed) {
    case Owed::own_password:
        return password_must_change();
    case Owed::new_password:
        return password_expired();
    case Owed::second_factor:
        return second_factor_must_enrol();
    case Owed::nothing:
        break;
    }
    return std::nullopt;
}

bool is_expired(User const& user, SecurityPolicy const& policy, Time now) {
    if (policy.password_days == 0) return false;
    // A password of unknown age ages from the day of the rule.
    auto const since = user.password_set_at ? user.password_set_at : policy.password_days_since;
    return since && *since + std::chrono::days(policy.password_days) <= now;
}

Owed owed_of(User const& user, bool has_factor, SecurityPolicy const& policy, Time now) {
    if (user.must_change_password) return Owed::own_password;
    if (is_expired(user, policy, now)) return Owed::new_password;
    if (!has_factor && owes_second_factor(policy, user.roles)) return Owed::second_factor;
    return Owed::nothing;
}

Refusal session_not_found() {
    return {"session_not_found"_code, "You have no open session with that id.",
            "See your open sessions: GET /api/v1/me/sessions."};
}

Caller stranger_at(std::string address) {
    return {{}, std::move(address)};
}

/// Returns the event that sessions of the account were ended early. `said` holds further members of
/// its payload.
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

// The document's grammar may only be extended.
std::string body_of(Session const& session) {
    json body = {{"user", session.user},
                 {"expires_at", time_text(session.expires_at)},
                 {"address", session.address},
                 {"agent", session.agent}};
    if (session.opened_at) body["opened_at"] = time_text(*session.opened_at);
    // Invalid UTF-8 is replaced, since a proxy may send any bytes as the address.
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool Session::is_open(Time steady_now, std::chrono::minutes idle) const {
    return ends_at > steady_now && used_at->load() + idle > steady_now;
}

Session session_of(std::string_view body, Time now, Time steady_now) {
    json const stored = json::parse(body);
    auto const expires_at = time_of(stored.at("expires_at").get<std::string>()).value_or(Time{});
    std::chrono::milliseconds const longest = std::chrono::hours(limits::session_hours);
    return {.user = stored.at("user").get<std::string>(),
            .expires_at = expires_at,
            .opened_at = time_of(stored.value("opened_at", "")),
            .address = stored.value("address", ""),
            .agent = stored.value("agent", ""),
            .ends_at = steady_now + std::min(expires_at - now, longest),
            .used_at = std::make_shared<std::atomic<Time>>(steady_now)};
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

Outcome<SignedIn> Accounts::sign_in(SignInAttempt attempt) {
    using Ending = SignInThrottle::Ending;
    auto& throttle = directory_->throttle;
    std::string const name = attempt.name, address = attempt.address;
    auto const device = directory_->known_device_of(attempt);
    Guesser const guesser{.name = name, .address = address, .device = device};
    if (int const wait_s = throttle.admit(guesser, directory_->clock.steady_now()); wait_s > 0)
        return too_many_attempts(wait_s);
    auto const account = directory_->find(name);
    bool admitted = false;
    auto const try_it = [&]() -> Outcome<SignedIn> {
        bool const fits = password_fits(account ? account->hash : "", attempt.password);
        admitted = fits && account && account->user.active;
        if (!admitted) return wrong_password();
        return directory_->admit(*account, std::move(attempt));
    };
    Outcome<SignedIn> signed_in = out_of_memory();
    try {
        signed_in = try_it();
    } catch (std::bad_alloc const&) { // it stays refused, and is no failure
    }
    auto const ending = [&] {
        if (signed_in) return Ending::succeeded;
        auto const& code = signed_in.error().code;
        bool const guessed = code == "sign_in_failed"_code || code == "second_factor_wrong"_code;
        return guessed ? Ending::failed : Ending::not_tried;
    }();
    throttle.ended(guesser, ending, directory_->clock.steady_now());
    if (ending != Ending::failed || !account) return signed_in;
    // Not awaited, so that response time does not reveal whether the account exists.
    auto const* const event = admitted ? "second_factor_failed" : "sign_in_failed";
    directory_->documents.write_soon(
        stranger_at(address), {sign_in_event(account->user, event, directory_->clock.now())});
    return signed_in;
}

Outcome<SignedIn> Accounts::Directory::admit(Account const& account, SignInAttempt attempt) {
    auto const actor = actor_of(account);
    std::unique_lock codes(consuming, std::defer_lock);
    std::vector<DocumentChange> changes;
    auto factor = factor_of(account.user.name);
    if (factor) {
        if (attempt.code.empty()) return second_factor_required();
        codes.lock();
        factor = factor_of(account.user.name); // the code may have been used meanwhile
        if (!factor) return second_factor_wrong();
        auto const taken = take_code(*factor, attempt.code, clock.now());
        if (!taken) return second_factor_wrong();
        bool const of_paper = *taken == CodeTaken::of_paper;
        changes.push_back(factor_change(account.user.name, account.user.organisation,
                                        body_of(*factor), of_paper ? "recovery_code_used" : ""));
    }
    if (auto allowed = security.admits(actor, attempt.address); !allowed) return allowed.error();
    auto signed_in = open_session(account, std::move(attempt), std::move(changes));
    if (!signed_in || !factor) return signed_in;
    std::unique_lock const lock(mutex);
    factors.insert_or_assign(account.user.name, std::move(*factor));
    return signed_in;
}

void Accounts::sign_in(SignInAttempt attempt, std::function<void(Outcome<SignedIn>)> done) {
    auto const shared = std::make_shared<std::function<void(Outcome<SignedIn>)>>(std::move(done));
    bool const is_known = !directory_->known_device_of(attempt).empty();
    auto const network = is_known ? std::string() : network_of(attempt.address);
    bool const posted =
        directory_->pool.post(network, [this, shared, attempt = std::move(attempt)]() mutable {
            (*shared)(sign_in(std::move(attempt)));
        });
    if (!posted)
        (*shared)(Refusal{"busy"_code,
                          "Cannot check the password: too many are waiting.",
                          "Repeat it in a moment.",
                          {},
                          2});
}

Outcome<void> Accounts::sign_out(std::string_view token) {
    auto actor = actor_of(token, Use::newcomer);
    if (!actor) return actor.error();
    return directory_->write_and_end(Caller{*actor}, {}, {session_id_of(token)});
}

Outcome<Actor> Accounts::actor_of(std::string_view token, Use use) const {
    auto const id = session_id_of(token);
    Time const now = directory_->clock.now(), steady_now = directory_->clock.steady_now();
    std::shared_lock const lock(directory_->mutex);
    auto const session = directory_->sessions.find(id);
    if (session == directory_->sessions.end() || !directory_->is_open(session->second, steady_now))
        return not_signed_in();
    auto const account = directory_->accounts.find(session->second.user);
    if (account == directory_->accounts.end() || !account->second.user.active)
        return not_signed_in();
    if (use != Use::newcomer) {
        bool const has_factor = directory_->factors.contains(session->second.user);
        if (auto owed = refusal_of(
                owed_of(account->second.user, has_factor, *directory_->security.policy(), now)))
            return std::move(*owed);
    }
    if (use != Use::passive) session->second.used_at->store(steady_now);
    return directory_->actor_of(account->second);
}

std::vector<OpenSession> Accounts::sessions_of(Actor const& actor,
                                               std::string_view current_token) const {
    auto const current = session_id_of(current_token);
    Time const now = directory_->clock.now(), steady_now = directory_->clock.steady_now();
    std::vector<OpenSession> open;
    std::shared_lock const lock(directory_->mutex);
    for (auto const& [id, session] : directory_->sessions)
        if (session.user == actor.user && directory_->is_open(session, steady_now))
            open.push_back({.id = shown_id_of(id),
                            .opened_at = session.opened_at,
                            .used_at = now - (steady_now - session.used_at->load()),
                            .expires_at = now + (session.ends_at - steady_now),
                            .address = session.address,
                            .agent = session.agent,
                            .is_this = id == current});
    // All sessions have the same lifetime, so sorting by expiry sorts by age.
    std::sort(open.begin(), open.end(), [](OpenSession const& one, OpenSession const& other) {
        return std::tie(one.expires_at, one.id) > std::tie(other.expires_at, other.id);
    });
    return open;
}

Outcome<void> Accounts::end_session(Caller const& actor, std::string_view id,
                                    std::string password) {
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

Outcome<void> Accounts::end_other_sessions(Caller const& actor, std::string_view keep_token,
                                           std::string password) {
    auto const known = directory_->find(actor.user);
    if (!known) return session_not_found();
    if (auto own = directory_->confirm_password(*known, password, "password"); !own) return own;
    std::vector<DocumentChange> changes;
    changes.push_back(revocation_event(known->user, "other_sessions_ended", json::object(),
                                       directory_->clock.now()));
    return directory_->write_and_end(actor, std::move(changes), actor.user,
                                     session_id_of(keep_token));
}

Owed Accounts::owed_by(User const& user) const {
    if (!directory_->find(user.name)) return Owed::nothing; // a key
    return owed_of(user, directory_->factor_of(user.name).has_value(),
                   *directory_->security.policy(), directory_->clock.now());
}

Outcome<void> Accounts::revoke_sessions(Caller const& actor, std::string_view user) {
    auto const known = directory_->find(user);
    if (!known) return unknown_user(user);
    if (actor.user != user && !administers(actor, known->user.organisation) &&
        !secures(actor, known->user.organisation))
        return not_of_your_region();
    std::vector<DocumentChange> changes;
    changes.push_back(
        revocation_event(known->user, "sessions_revoked", json::object(), directory_->clock.now()));
    return directory_->write_and_end(actor, std::move(changes), user, "");
}

} // namespace banjie::engine
