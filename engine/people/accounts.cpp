#include "engine/jurisdiction.hpp"
#include "engine/people/account_directory.hpp"
#include "engine/people/account_refusals.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/characters.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr Role holdable[] = {
    Role::reporter, Role::coordinator, Role::screener,      Role::handler,
    Role::visitor,  Role::supervisor,  Role::administrator, Role::security_administrator,
    Role::auditor};
/// Names that could be mistaken for the program, or for an administrator of everything.
constexpr std::string_view reserved[] = {
    "admin", "administrator", "anonymous", "auditor",  "banjie",    "everybody", "everyone",
    "key",   "nobody",        "root",      "security", "superuser", "system"};

json names_of(Roles roles) {
    json names = json::array();
    for (Role const role : holdable)
        if (roles.has(role)) names.push_back(name_of(role));
    return names;
}

/// Writes the document's body. Its grammar may only be extended.
std::string body_of(User const& user, std::string const& hash) {
    json body = {{"display_name", user.display_name},
                 {"organisation", user.organisation},
                 {"roles", names_of(user.roles)},
                 {"active", user.active},
                 {"must_change_password", user.must_change_password},
                 {"password_hash", hash}};
    if (user.password_set_at) body["password_set_at"] = time_text(*user.password_set_at);
    return body.dump();
}

PasswordRules rules_of(SecurityPolicy const& policy) {
    return {static_cast<std::size_t>(policy.password_characters), policy.password_kinds};
}

/// Writes the payload of a change event: everything but the password.
std::string said_of(User const& user, bool with_password) {
    return json{{"user", user.name},
                {"display_name", user.display_name},
                {"organisation", user.organisation},
                {"roles", names_of(user.roles)},
                {"active", user.active},
                {"password_set", with_password}}
        .dump();
}

bool is_name(std::string_view name) {
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    };
    return name.size() >= 2 && name.size() <= 32 && name[0] >= 'a' && name[0] <= 'z' &&
           std::all_of(name.begin(), name.end(), fits);
}

bool is_reserved(std::string_view name) {
    return std::find(std::begin(reserved), std::end(reserved), name) != std::end(reserved);
}

Refusal not_of_your_office() {
    return {
        "not_of_your_office"_code,
        "Cannot do this with your role: the administrators of system and security are kept apart.",
        "Ask the security administrator to give roles and to change the accounts of "
        "administrators, and the system's administrator to make and change all others."};
}

/// Refuses if the installation separates its administrators and the actor is not the one who may
/// save this.
std::optional<Refusal> refuse_for_separation(Actor const& actor, User const& user,
                                             std::optional<User> const& known) {
    if (!actor.separated || actor.has(Role::system)) return std::nullopt;
    bool const other_roles = known && known->roles != user.roles;
    if (other_roles && user.name == actor.user)
        return Refusal{"not_of_oneself"_code, "Cannot give rights to the account: it is your own.",
                       "Ask another administrator."};
    if (mixes_offices(user.roles))
        return invalid_user({{"roles", "offices_apart"_code,
                              "The roles administrator, security_administrator and auditor belong "
                              "to three people."}});
    bool const is_for_security =
        other_roles || holds_office(user.roles) || (known && holds_office(known->roles));
    auto const may = is_for_security ? secures : administers;
    if (may(actor, user.organisation) && (!known || may(actor, known->organisation)))
        return std::nullopt;
    return not_of_your_office();
}

std::vector<FieldError> check(User const& user, std::optional<std::string> const& password,
                              PasswordRules rules, Organisations const& organisations,
                              bool is_new) {
    std::vector<FieldError> errors;
    if (!is_name(user.name))
        errors.push_back({"name", "invalid"_code,
                          "A name has 2 to 32 small letters, digits, '.', '_' or '-', and begins "
                          "with a letter."});
    auto const length = characters_of(user.display_name);
    if (!length || *length < 1 || *length > 60)
        errors.push_back(
            {"display_name", "invalid"_code, "A display name has 1 to 60 characters."});
    if (!organisations.find(user.organisation))
        errors.push_back({"organisation", "unknown"_code,
                          "There is no organisation '" + user.organisation + "'."});
    if (user.roles.empty())
        errors.push_back({"roles", "required"_code, "At least one role is needed."});
    if (is_new && !password)
        errors.push_back({"password", "required"_code, "A new account needs a password."});
    if (password)
        if (auto error = check_password(*password, user.name, rules))
            errors.push_back(std::move(*error));
    return errors;
}

} // namespace

Accounts::Accounts(Documents& documents, Organisations const& organisations,
                   Security const& security, Clock& clock, Random& random)
    : directory_(std::make_unique<Directory>(documents, organisations, security, clock, random)) {}
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
                  .password_set_at = time_of(body.value("password_set_at", "")),
                  .version = document.version};
        for (json const& name : body.at("roles"))
            if (auto const role = role_named(name.get<std::string>())) user.roles.add(*role);
        directory_->put(std::move(user), body.at("password_hash").get<std::string>());
    }
    auto const sessions = directory_->documents.all("session");
    if (!sessions) return sessions.error();
    auto& clock = directory_->clock;
    for (auto const& document : *sessions)
        directory_->sessions.insert_or_assign(
            document.id, session_of(document.body, clock.now(), clock.steady_now()));
    auto const devices = directory_->documents.all("known_devices");
    if (!devices) return devices.error();
    for (auto const& document : *devices)
        directory_->devices.insert_or_assign(document.id, KnownDevices(document.body));
    auto const factors = directory_->documents.all("second_factor");
    if (!factors) return factors.error();
    for (auto const& document : *factors)
        directory_->factors.insert_or_assign(document.id, engine::second_factor_of(document.body));
    return {};
}

Outcome<Actor> Accounts::actor_named(std::string_view name) const {
    auto const account = directory_->find(name);
    if (!account) return unknown_user(name);
    return directory_->actor_of(*account);
}

bool Accounts::has_chief(Role role) const {
    std::shared_lock const lock(directory_->mutex);
    auto const& accounts = directory_->accounts;
    return std::any_of(accounts.begin(), accounts.end(), [role](auto const& entry) {
        auto const& actor = *entry.second.actor;
        return entry.second.user.active && actor.has(role) && !actor.of_department &&
               actor.level == Level::province;
    });
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
        if (below.empty() || is_within(at->second.user.organisation, below))
            found.push_back(at->second.user);
    return found;
}

Outcome<User> Accounts::save(Caller const& actor, User user, std::optional<std::string> password,
                             std::optional<std::uint64_t> expected_version) {
    auto const is_theirs = [&actor](std::string_view code) {
        return administers(actor, code) || secures(actor, code);
    };
    if (!is_theirs(user.organisation)) return not_of_your_region();
    std::lock_guard const writing(directory_->writing);
    auto const known = directory_->find(user.name);
    if (known && !is_theirs(known->user.organisation)) return not_of_your_region();
    if (auto refused =
            refuse_for_separation(actor, user, known ? std::optional(known->user) : std::nullopt))
        return std::move(*refused);
    if (!may_give(actor, user.roles) || (known && !may_give(actor, known->user.roles)))
        return role_beyond_department();
    auto const policy = directory_->security.policy();
    auto errors = check(user, password, rules_of(*policy), directory_->organisations, !known);
    if (!known && !actor.has(Role::system) && is_reserved(user.name))
        errors.push_back({"name", "reserved"_code, "The name is reserved for the program itself."});
    if (!errors.empty()) return invalid_user(std::move(errors));
    auto const version = expected_version.value_or(known ? known->user.version : 0);
    if (known && expected_version == 0)
        return Refusal{"user_exists"_code, "The name '" + user.name + "' is taken.",
                       "Choose another name."};
    if (!actor.has(Role::system))
        user.must_change_password = password
                                        ? user.name != actor.user && policy->first_password_changes
                                        : known->user.must_change_password;
    if (password)
        user.password_set_at = directory_->clock.now();
    else
        user.password_set_at = known->user.password_set_at;
    std::string hash = password ? password_hash(*password) : known->hash;
    DocumentChange change{.kind = "user",
                          .id = user.name,
                          .expected_version = version,
                          .body = body_of(user, hash),
                          .event = known ? "user_changed" : "user_created",
                          .said = said_of(user, password.has_value()),
                          .place = user.organisation};
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

Outcome<void> Accounts::change_password(Caller const& actor, std::string_view keep_token,
                                        std::string old_password, std::string new_password) {
    std::lock_guard const writing(directory_->writing);
    auto known = directory_->find(actor.user);
    if (!known) return unknown_user(actor.user);
    if (auto own = directory_->confirm_password(*known, old_password, "old_password"); !own)
        return own;
    if (new_password == old_password)
        return invalid_user({{"new_password", "unchanged"_code, "That is your present password."}});
    auto const rules = rules_of(*directory_->security.policy());
    if (auto error = check_password(new_password, actor.user, rules)) {
        error->field = "new_password";
        return invalid_user({std::move(*error)});
    }
    std::string hash = password_hash(new_password);
    known->user.must_change_password = false;
    known->user.password_set_at = directory_->clock.now();
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

} // namespace banjie::engine
