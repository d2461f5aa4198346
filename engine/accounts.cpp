#include "engine/account_directory.hpp"
#include "engine/characters.hpp"
#include "engine/json_text.hpp"
#include "engine/limits.hpp"
#include "engine/session_tokens.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr Role holdable[] = {Role::reporter, Role::coordinator, Role::screener,     Role::handler,
                             Role::visitor,  Role::supervisor,  Role::administrator};

json names_of(Roles roles) {
    json names = json::array();
    for (Role const role : holdable)
        if (roles.has(role)) names.push_back(name_of(role));
    return names;
}

std::string body_of(User const& user, std::string const& hash) {
    return json{{"display_name", user.display_name},
                {"organisation", user.organisation},
                {"roles", names_of(user.roles)},
                {"active", user.active},
                {"must_change_password", user.must_change_password},
                {"password_hash", hash}}
        .dump();
}

/// What the event of a change tells: everything but the password.
std::string said_of(User const& user, bool with_password) {
    return json{{"user", user.name},
                {"display_name", user.display_name},
                {"organisation", user.organisation},
                {"roles", names_of(user.roles)},
                {"active", user.active},
                {"password_set", with_password}}
        .dump();
}

Refusal not_signed_in() {
    return {RefusalKind::unauthenticated, "session_invalid",
            "Expected the token of a session, but it is unknown or has expired.", "Sign in again."};
}

Refusal wrong_password() {
    return {RefusalKind::unauthenticated, "sign_in_failed",
            "Expected a name and its password, but they do not belong together.",
            "Check both; an administrator sets a new password."};
}

Refusal too_often(int wait_s) {
    return {RefusalKind::too_many,
            "too_many_attempts",
            "Expected to check the password, but it has been wrong too often.",
            "Wait a few minutes.",
            {},
            wait_s};
}

Refusal password_must_change() {
    return {RefusalKind::forbidden, "password_must_change",
            "Expected a password that nobody else knows, but it is still the first one.",
            "Change it: PUT /api/v1/me/password."};
}

Refusal no_such_user(std::string_view name) {
    return {RefusalKind::not_found, "unknown_user",
            "Expected the account '" + std::string(name) + "', but there is none.",
            "Check the name."};
}

Refusal forbidden() {
    return {RefusalKind::forbidden, "forbidden",
            "Expected to administer that account, but it is not of your region.",
            "Ask the administrator of its region."};
}

Refusal invalid(std::vector<FieldError> errors) {
    return {RefusalKind::invalid, "invalid_user",
            "Expected the data of an account, but something is wrong: " + errors[0].detail,
            "Correct what is listed and send it again.", std::move(errors)};
}

Actor stranger_at(std::string address) {
    Actor stranger;
    stranger.address = std::move(address);
    return stranger;
}

bool is_name(std::string_view name) {
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    };
    return name.size() >= 2 && name.size() <= 32 && name[0] >= 'a' && name[0] <= 'z' &&
           std::all_of(name.begin(), name.end(), fits);
}

std::vector<FieldError> check(User const& user, std::optional<std::string> const& password,
                              Organisations const& organisations, bool is_new) {
    std::vector<FieldError> errors;
    if (!is_name(user.name))
        errors.push_back({"name", "invalid",
                          "a name has 2 to 32 small letters, digits, '.', '_' or '-', and begins "
                          "with a letter."});
    auto const length = characters_of(user.display_name);
    if (!length || *length < 1 || *length > 60)
        errors.push_back({"display_name", "invalid", "it has 1 to 60 characters."});
    if (!organisations.find(user.organisation))
        errors.push_back(
            {"organisation", "unknown", "there is no organisation '" + user.organisation + "'."});
    if (user.roles.empty()) errors.push_back({"roles", "required", "at least one is needed."});
    if (is_new && !password) errors.push_back({"password", "required", "a new account needs one."});
    if (password)
        if (auto error = check_password(*password, user.name)) errors.push_back(std::move(*error));
    return errors;
}

} // namespace

Accounts::Accounts(Documents& documents, Organisations const& organisations, Clock& clock,
                   Random& random)
    : directory_(std::make_unique<Directory>(documents, organisations, clock, random)) {}
Accounts::~Accounts() = default;

Outcome<void> Accounts::load() {
    auto const users = directory_->documents.all("user");
    if (!users) return users.error();
    for (auto const& document : *users) {
        json const body = json::parse(document.body);
        User user{.name = document.id,
                  .display_name = body.at("display_name").get<std::string>(),
                  .organisation = body.at("organisation").get<std::string>(),
                  .roles = {},
                  .active = body.at("active").get<bool>(),
                  .must_change_password = body.value("must_change_password", false),
                  .version = document.version};
        for (json const& name : body.at("roles"))
            if (auto const role = role_named(name.get<std::string>())) user.roles.add(*role);
        directory_->put(std::move(user), body.at("password_hash").get<std::string>());
    }
    auto const sessions = directory_->documents.all("session");
    if (!sessions) return sessions.error();
    for (auto const& document : *sessions) {
        json const body = json::parse(document.body);
        auto const expires_at = time_of(body.at("expires_at").get<std::string>());
        directory_->sessions.insert_or_assign(
            document.id, Session{body.at("user").get<std::string>(), expires_at.value_or(Time{}),
                                 std::make_shared<std::atomic<Time>>(directory_->clock.now())});
    }
    return {};
}

Outcome<SignedIn> Accounts::sign_in(std::string name, std::string password, std::string address) {
    using Ending = SignInThrottle::Ending;
    auto& throttle = directory_->throttle;
    if (int const wait_s = throttle.admit(name, address, directory_->clock.now()); wait_s > 0)
        return too_often(wait_s);
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
    std::vector<DocumentChange> ended{ended_session(session_id_of(token))};
    auto written = directory_->documents.write(*actor, ended);
    if (written) directory_->forget(ended);
    return written;
}

Outcome<Actor> Accounts::actor_of(std::string_view token, Use use) const {
    constexpr std::chrono::minutes idle{limits::session_idle_minutes};
    auto const id = session_id_of(token);
    Time const now = directory_->clock.now();
    std::shared_lock const lock(directory_->mutex);
    auto const session = directory_->sessions.find(id);
    if (session == directory_->sessions.end() || session->second.expires_at <= now ||
        session->second.used_at->load() + idle <= now)
        return not_signed_in();
    auto const account = directory_->accounts.find(session->second.user);
    if (account == directory_->accounts.end() || !account->second.user.active)
        return not_signed_in();
    if (account->second.user.must_change_password && use != Use::newcomer)
        return password_must_change();
    if (use != Use::passive) session->second.used_at->store(now);
    return *account->second.actor;
}

Outcome<Actor> Accounts::actor_named(std::string_view name) const {
    auto const account = directory_->find(name);
    if (!account) return no_such_user(name);
    return *account->actor;
}

std::optional<User> Accounts::find(std::string_view name) const {
    auto const account = directory_->find(name);
    return account ? std::optional(account->user) : std::nullopt;
}

std::vector<User> Accounts::list(std::string_view below, std::string_view after,
                                 std::size_t limit) const {
    std::shared_lock const lock(directory_->mutex);
    std::vector<User> found;
    auto const& accounts = directory_->accounts;
    for (auto at = accounts.upper_bound(after); at != accounts.end() && found.size() < limit; ++at)
        if (at->second.user.organisation.starts_with(below)) found.push_back(at->second.user);
    return found;
}

Outcome<User> Accounts::save(Actor const& actor, User user, std::optional<std::string> password,
                             std::optional<std::uint64_t> expected_version) {
    bool const may = actor.has(Role::system) ||
                     (actor.has(Role::administrator) && actor.covers(user.organisation));
    if (!may) return forbidden();
    std::lock_guard const writing(directory_->writing);
    auto const known = directory_->find(user.name);
    if (known && !actor.has(Role::system) && !actor.covers(known->user.organisation))
        return forbidden();
    auto errors = check(user, password, directory_->organisations, !known);
    if (!errors.empty()) return invalid(std::move(errors));
    auto const version = expected_version.value_or(known ? known->user.version : 0);
    if (known && expected_version == 0)
        return Refusal{RefusalKind::not_permitted, "user_exists",
                       "Expected a new name, but '" + user.name + "' is taken.", "Choose another."};
    if (!actor.has(Role::system))
        user.must_change_password =
            password ? user.name != actor.user : known->user.must_change_password;
    std::string hash = password ? password_hash(*password) : known->hash;
    DocumentChange change{.kind = "user",
                          .id = user.name,
                          .expected_version = version,
                          .body = body_of(user, hash),
                          .event = known ? "user_changed" : "user_created",
                          .said = said_of(user, password.has_value()),
                          .region = user.organisation.substr(0, user.organisation.find('-'))};
    bool const revokes = known && (password || !user.active || known->user.roles != user.roles ||
                                   known->user.organisation != user.organisation);
    std::vector<DocumentChange> changes;
    changes.push_back(std::move(change));
    auto written = revokes ? directory_->write_and_end(actor, std::move(changes), user.name, "")
                           : directory_->documents.write(actor, std::move(changes));
    if (!written) return written.error();
    user.version = version + 1;
    directory_->put(user, std::move(hash));
    return user;
}

Outcome<void> Accounts::change_password(Actor const& actor, std::string_view keep_token,
                                        std::string old_password, std::string new_password) {
    using Ending = SignInThrottle::Ending;
    std::lock_guard const writing(directory_->writing);
    auto known = directory_->find(actor.user);
    if (!known) return no_such_user(actor.user);
    Time const now = directory_->clock.now();
    if (int const wait_s = directory_->throttle.admit(actor.user, "", now); wait_s > 0)
        return too_often(wait_s);
    bool const fits = password_fits(known->hash, old_password);
    directory_->throttle.ended(actor.user, "", fits ? Ending::succeeded : Ending::failed, now);
    if (!fits) return invalid({{"old_password", "wrong", "that is not your password."}});
    if (new_password == old_password)
        return invalid({{"new_password", "unchanged", "that is the password that you have."}});
    if (auto error = check_password(new_password, actor.user)) {
        error->field = "new_password";
        return invalid({std::move(*error)});
    }
    std::string hash = password_hash(new_password);
    known->user.must_change_password = false;
    std::vector<DocumentChange> changes;
    changes.push_back({.kind = "user",
                       .id = actor.user,
                       .expected_version = known->user.version,
                       .body = body_of(known->user, hash),
                       .event = "password_changed",
                       .said = json{{"user", actor.user}}.dump()});
    auto written =
        directory_->write_and_end(actor, std::move(changes), actor.user, session_id_of(keep_token));
    if (!written) return written;
    ++known->user.version;
    directory_->put(std::move(known->user), std::move(hash));
    return {};
}

Outcome<void> Accounts::revoke_sessions(Actor const& actor, std::string_view user) {
    auto const known = directory_->find(user);
    if (!known) return no_such_user(user);
    bool const may = actor.user == user || actor.has(Role::system) ||
                     (actor.has(Role::administrator) && actor.covers(known->user.organisation));
    if (!may) return forbidden();
    auto const& organisation = known->user.organisation;
    std::vector<DocumentChange> changes;
    changes.push_back({.kind = "revocation",
                       .id = known->user.name,
                       .expected_version = std::nullopt,
                       .body = time_text(directory_->clock.now()),
                       .event = "sessions_revoked",
                       .said = json{{"user", known->user.name}}.dump(),
                       .region = organisation.substr(0, organisation.find('-'))});
    return directory_->write_and_end(actor, std::move(changes), user, "");
}

} // namespace banjie::engine
