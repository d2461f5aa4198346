#include "engine/people/account_directory.hpp"

#include "engine/limits.hpp"
#include "engine/people/account_refusals.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/refusal_codes.hpp"

#include <algorithm>
#include <new>

namespace banjie::engine {

Accounts::Directory::Directory(Documents& the_documents, Organisations const& the_organisations,
                               Security const& the_security, Clock& the_clock, Random& the_random)
    : documents(the_documents), organisations(the_organisations), security(the_security),
      clock(the_clock), random(the_random) {}

std::optional<Account> Accounts::Directory::find(std::string_view name) const {
    std::shared_lock const lock(mutex);
    auto const found = accounts.find(name);
    return found == accounts.end() ? std::nullopt : std::optional(found->second);
}

void Accounts::Directory::put(User user, std::string hash) {
    auto actor = std::make_shared<Actor>();
    actor->user = user.name;
    actor->display_name = user.display_name;
    actor->roles = user.roles;
    actor->organisation = user.organisation;
    actor->region = region_of(user.organisation);
    actor->of_department = actor->region != user.organisation;
    if (auto const organisation = organisations.find(user.organisation))
        actor->level = organisation->level();
    std::unique_lock const lock(mutex);
    std::string name = user.name;
    accounts.insert_or_assign(std::move(name),
                              Account{std::move(user), std::move(hash), std::move(actor)});
}

Actor Accounts::Directory::actor_of(Account const& account) const {
    Actor actor = *account.actor;
    actor.separated = security.policy()->separation;
    return actor;
}

std::vector<std::pair<Time, std::string>>
Accounts::Directory::sessions_of(std::string_view user) const {
    std::vector<std::pair<Time, std::string>> found;
    std::shared_lock const lock(mutex);
    for (auto const& [id, session] : sessions)
        if (session.user == user) found.emplace_back(session.ends_at, id);
    std::sort(found.begin(), found.end());
    return found;
}

std::optional<std::pair<std::string, Session>>
Accounts::Directory::open_session_of(std::string_view user, std::string_view shown_id) const {
    Time const now = clock.steady_now();
    std::shared_lock const lock(mutex);
    for (auto const& [id, session] : sessions)
        if (session.user == user && shown_id_of(id) == shown_id && is_open(session, now))
            return std::pair(id, session);
    return std::nullopt;
}

Outcome<void> Accounts::Directory::confirm_password(Account const& account,
                                                    std::string_view password, char const* field) {
    using Ending = SignInThrottle::Ending;
    auto const& name = account.user.name;
    Time const now = clock.steady_now();
    if (int const wait_s = throttle.admit(signed_in(name), now); wait_s > 0)
        return too_many_attempts(wait_s);
    bool fits = false;
    try {
        fits = password_fits(account.hash, password);
    } catch (std::bad_alloc const&) {
        throttle.ended(signed_in(name), Ending::not_tried, now);
        throw;
    }
    throttle.ended(signed_in(name), fits ? Ending::succeeded : Ending::failed, now);
    if (!fits) return invalid_user({{field, "wrong"_code, "That is not your password."}});
    return {};
}

bool Accounts::Directory::is_open(Session const& session, Time steady_now) const {
    auto const account = accounts.find(session.user);
    auto const roles = account == accounts.end() ? Roles() : account->second.user.roles;
    return session.is_open(steady_now, idle_time(*security.policy(), roles));
}

std::optional<SecondFactor> Accounts::Directory::factor_of(std::string_view name) const {
    std::shared_lock const lock(mutex);
    auto const found = factors.find(name);
    return found == factors.end() ? std::nullopt : std::optional(found->second);
}

std::optional<PendingFactor> Accounts::Directory::pending_of(std::string_view name) const {
    Time const now = clock.steady_now();
    std::shared_lock const lock(mutex);
    auto const found = pending.find(name);
    if (found == pending.end() || found->second.until <= now) return std::nullopt;
    return found->second;
}

Outcome<void> Accounts::Directory::keep_factor(Caller const& actor, Account const& account,
                                               SecondFactor factor, std::string event,
                                               std::string_view kept_session) {
    std::vector<DocumentChange> changes;
    changes.push_back(factor_change(account.user.name, account.user.organisation, body_of(factor),
                                    std::move(event)));
    auto written = kept_session.empty()
                       ? documents.write(actor, std::move(changes))
                       : write_and_end(actor, std::move(changes), account.user.name, kept_session);
    if (!written) return written;
    std::unique_lock const lock(mutex);
    factors.insert_or_assign(account.user.name, std::move(factor));
    return written;
}

Outcome<void> Accounts::Directory::drop_factor(Caller const& actor, Account const& account,
                                               std::string event, bool ends_sessions) {
    std::vector<DocumentChange> changes;
    changes.push_back(factor_change(account.user.name, account.user.organisation, std::nullopt,
                                    std::move(event)));
    auto written = ends_sessions ? write_and_end(actor, std::move(changes), account.user.name, "")
                                 : documents.write(actor, std::move(changes));
    if (!written) return written;
    std::unique_lock const lock(mutex);
    factors.erase(account.user.name);
    pending.erase(account.user.name);
    return written;
}

KnownDevices Accounts::Directory::devices_of(std::string const& name) const {
    std::shared_lock const lock(mutex);
    auto const found = devices.find(name);
    return found == devices.end() ? KnownDevices() : found->second;
}

std::string Accounts::Directory::known_device_of(SignInAttempt const& attempt) const {
    if (attempt.device.empty()) return {};
    auto id = session_id_of(attempt.device);
    return devices_of(attempt.name).know(id, clock.now()) ? id : std::string();
}

Outcome<SignedIn> Accounts::Directory::open_session(Account const& account, SignInAttempt attempt,
                                                    std::vector<DocumentChange> changes) {
    Time const now = clock.now(), steady_now = clock.steady_now();
    std::chrono::hours const life(limits::session_hours);
    SignedIn signed_in{make_token(random), now + life, account.user};
    std::unique_lock met(meeting, std::defer_lock);
    KnownDevices known_devices;
    if (attempt.keeps_device) {
        met.lock();
        // One token for all accounts of a browser: people share desks.
        signed_in.device =
            may_be_device_token(attempt.device) ? attempt.device : make_token(random);
        known_devices = devices_of(account.user.name);
        known_devices.use(session_id_of(signed_in.device), now);
        changes.push_back(known_devices.change_for(account.user.name));
    }
    std::vector<std::string> ended;
    auto known = sessions_of(account.user.name);
    for (std::size_t i = 0; i < known.size(); ++i)
        if (known[i].first <= steady_now || known.size() - i >= limits::sessions_per_user)
            ended.push_back(std::move(known[i].second));
    std::string const id = session_id_of(signed_in.token);
    Session session{.user = account.user.name,
                    .expires_at = signed_in.expires_at,
                    .opened_at = now,
                    .address = attempt.address,
                    .agent = attempt.agent.substr(0, limits::agent_bytes),
                    .ends_at = steady_now + life,
                    .used_at = std::make_shared<std::atomic<Time>>(steady_now)};
    changes.push_back({.kind = "session",
                       .id = id,
                       .expected_version = 0,
                       .body = body_of(session),
                       .event = {},
                       .said = {}});
    changes.push_back(sign_in_event(account.user, "signed_in", now));
    Caller const actor{actor_of(account), std::move(attempt.address)};
    auto const written = write_and_end(actor, std::move(changes), ended);
    if (!written) return written.error();
    std::unique_lock const lock(mutex);
    sessions.insert_or_assign(id, std::move(session));
    if (met) devices.insert_or_assign(account.user.name, std::move(known_devices));
    return signed_in;
}

Outcome<void> Accounts::Directory::write_and_end(Caller const& actor,
                                                 std::vector<DocumentChange> changes,
                                                 std::vector<std::string> const& ended) {
    for (auto const& id : ended)
        changes.push_back({.kind = "session",
                           .id = id,
                           .expected_version = std::nullopt,
                           .body = std::nullopt,
                           .event = {},
                           .said = {}});
    auto written = documents.write(actor, std::move(changes));
    if (!written) return written;
    std::unique_lock const lock(mutex);
    for (auto const& id : ended) sessions.erase(id);
    return written;
}

Outcome<void> Accounts::Directory::write_and_end(Caller const& actor,
                                                 std::vector<DocumentChange> changes,
                                                 std::string_view user,
                                                 std::string_view kept_session) {
    std::vector<std::string> ended;
    for (auto& [expires_at, id] : sessions_of(user))
        if (id != kept_session) ended.push_back(std::move(id));
    return write_and_end(actor, std::move(changes), ended);
}

} // namespace banjie::engine
