#include "engine/people/api_keys.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/people/account_refusals.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/characters.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <tuple>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr std::string_view kind = "api_key";
constexpr std::string_view prefix = "bjk_";
constexpr std::chrono::hours longest_life{24 * limits::api_key_days};
constexpr Role holdable[] = {Role::reporter, Role::coordinator, Role::screener,
                             Role::handler,  Role::visitor,     Role::supervisor};

Refusal unknown_key() {
    return {"api_key_invalid"_code,
            "The API key is unknown, revoked or expired, or the person who made it may no longer "
            "do so.",
            "Ask an administrator for a new key."};
}

Refusal absent_key(std::string_view id) {
    return {"unknown_api_key"_code, "There is no API key with the id '" + std::string(id) + "'.",
            "See the list of keys."};
}

Texts names_of(Roles roles) {
    Texts names;
    for (Role const role : holdable)
        if (roles.has(role)) names.emplace_back(name_of(role));
    return names;
}

/// Returns those of the roles that a key can hold.
Roles held_by_key(Roles roles) {
    Roles held;
    for (Role const role : holdable)
        if (roles.has(role)) held.add(role);
    return held;
}

Roles roles_of(Texts const& names) {
    Roles roles;
    for (auto const& name : names)
        if (auto const role = role_named(name)) roles.add(*role);
    return roles;
}

/// Removes rights that an earlier version granted in excess.
void bound(ApiKey& key) {
    if (auto const held = held_by_key(key.roles); held != key.roles) {
        spdlog::warn("The key {} of {} administers no longer: keys do not", key.id,
                     key.organisation);
        key.roles = held;
    }
    if (auto const last = key.created_at + longest_life; key.expires_at > last) {
        spdlog::warn("The key {} of {} now ends on {}: keys do not last longer", key.id,
                     key.organisation, time_text(last).substr(0, 10));
        key.expires_at = last;
    }
}

json json_of(KeyScope const& scope) {
    return {{"read_only", scope.read_only},
            {"workflows", scope.workflows},
            {"commands", scope.commands},
            {"addresses", scope.addresses.texts()}};
}

/// Keys of an earlier version have no scope: nothing is restricted.
KeyScope scope_in(json const& body) {
    auto const found = body.find("scope");
    if (found == body.end()) return {};
    return {.read_only = found->at("read_only").get<bool>(),
            .workflows = found->at("workflows").get<Texts>(),
            .commands = found->at("commands").get<Texts>(),
            .addresses = AddressList::from(found->at("addresses").get<Texts>()).value()};
}

bool is_listed(Texts const& list, std::string_view name) {
    return list.empty() || std::find(list.begin(), list.end(), name) != list.end();
}

/// Writes the document's body. Its grammar may only be extended.
std::string body_of(std::string const& hash, ApiKey const& key) {
    json body = {{"hash", hash},
                 {"name", key.name},
                 {"organisation", key.organisation},
                 {"roles", names_of(key.roles)},
                 {"created_by", key.created_by},
                 {"created_at", time_text(key.created_at)},
                 {"expires_at", time_text(key.expires_at)}};
    if (key.last_used_at) body["last_used_at"] = time_text(*key.last_used_at);
    body["scope"] = json_of(key.scope);
    return body.dump();
}

std::pair<std::string, ApiKey> read(storage::Document const& document) {
    auto const body = json::parse(document.body);
    auto const time = [&](char const* name) {
        return time_of(body.at(name).get<std::string>()).value();
    };
    ApiKey key;
    key.id = document.id;
    body.at("name").get_to(key.name);
    body.at("organisation").get_to(key.organisation);
    key.roles = roles_of(body.at("roles").get<Texts>());
    body.at("created_by").get_to(key.created_by);
    key.created_at = time("created_at");
    key.expires_at = time("expires_at");
    key.scope = scope_in(body);
    if (body.contains("last_used_at")) key.last_used_at = time("last_used_at");
    return {body.at("hash").get<std::string>(), std::move(key)};
}

DocumentChange change_of(std::string const& hash, ApiKey const& key, std::string event) {
    std::string said = json{{"api_key", key.id},
                            {"name", key.name},
                            {"organisation", key.organisation},
                            {"roles", names_of(key.roles)},
                            {"expires_at", time_text(key.expires_at)},
                            {"read_only", key.scope.read_only},
                            {"workflows", key.scope.workflows},
                            {"commands", key.scope.commands},
                            {"addresses", key.scope.addresses.texts()}}
                           .dump();
    return {.kind = std::string(kind),
            .id = key.id,
            .expected_version = std::nullopt,
            .body = body_of(hash, key),
            .event = std::move(event),
            .said = std::move(said),
            .place = key.organisation};
}

} // namespace

bool KeyScope::has_workflow(std::string_view name) const {
    return is_listed(workflows, name);
}

bool KeyScope::has_command(std::string_view name) const {
    return !read_only && is_listed(commands, name);
}

ApiKeys::ApiKeys(Documents& documents, Organisations const& organisations, Accounts const& accounts,
                 Clock& clock, Random& random)
    : documents_(documents), organisations_(organisations), accounts_(accounts), clock_(clock),
      random_(random) {}

Outcome<void> ApiKeys::load() {
    auto const found = documents_.all(kind);
    if (!found) return found.error();
    for (auto const& document : *found) {
        auto [hash, key] = read(document);
        bound(key);
        put(std::move(hash), std::move(key));
    }
    return {};
}

void ApiKeys::put(std::string hash, ApiKey key) {
    Actor actor;
    actor.user = "key:" + key.id;
    actor.display_name = key.name;
    actor.roles = key.roles;
    actor.organisation = key.organisation;
    actor.region = region_of(key.organisation);
    actor.of_department = actor.region != key.organisation;
    if (auto const organisation = organisations_.find(key.organisation))
        actor.level = organisation->level();
    std::unique_lock const lock(mutex_);
    auto scope = std::make_shared<KeyScope const>(key.scope);
    keys_.insert_or_assign(std::move(hash),
                           Known{std::move(key), std::move(actor), std::move(scope)});
}

bool ApiKeys::is_vouched_for(ApiKey const& key) const {
    auto const maker = accounts_.find(key.created_by);
    auto const actor = accounts_.actor_named(key.created_by);
    return maker && maker->active && actor && secures(*actor, key.organisation) &&
           may_give(*actor, key.roles) && organisations_.is_open(maker->organisation) &&
           organisations_.is_open(key.organisation);
}

bool ApiKeys::is_in_force(ApiKey const& key) const {
    return key.expires_at > clock_.now() && !key.roles.empty() && is_vouched_for(key);
}

Outcome<Actor> ApiKeys::actor_of(std::string_view secret) {
    auto const hash = session_id_of(secret);
    auto const now = clock_.now();
    std::optional<Known> known;
    {
        std::shared_lock const lock(mutex_);
        if (auto const found = keys_.find(hash); found != keys_.end()) known = found->second;
    }
    if (!known || !is_in_force(known->key)) return unknown_key();
    auto const& used = known->key.last_used_at;
    bool const is_first_today =
        !used || time_text(*used).substr(0, 10) != time_text(now).substr(0, 10);
    if (is_first_today) note_use(hash, now);
    return std::move(known->actor);
}

std::shared_ptr<KeyScope const> ApiKeys::scope_of(std::string_view secret) const {
    auto const hash = session_id_of(secret);
    std::shared_lock const lock(mutex_);
    auto const found = keys_.find(hash);
    return found == keys_.end() ? nullptr : found->second.scope;
}

void ApiKeys::note_use(std::string const& hash, Time now) {
    std::unique_lock const lock(mutex_);
    auto const found = keys_.find(hash);
    if (found == keys_.end()) return;
    found->second.key.last_used_at = now;
    documents_.write_soon(Caller{found->second.actor}, {change_of(hash, found->second.key, {})});
}

std::vector<ApiKey> ApiKeys::list(Actor const& actor) const {
    std::vector<ApiKey> found;
    {
        std::shared_lock const lock(mutex_);
        for (auto const& [hash, known] : keys_)
            if (secures(actor, known.key.organisation)) found.push_back(known.key);
    }
    std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.id > b.id; });
    return found;
}

std::optional<ApiKey> ApiKeys::find(std::string_view id) const {
    std::shared_lock const lock(mutex_);
    for (auto const& [hash, known] : keys_)
        if (known.key.id == id) return known.key;
    return std::nullopt;
}

Outcome<MadeKey> ApiKeys::make(Caller const& actor, ApiKey described) {
    if (!secures(actor, described.organisation)) return not_of_your_region();
    if (!may_give(actor, described.roles)) return role_beyond_department();
    auto const now = clock_.now();
    std::vector<FieldError> errors;
    auto const length = characters_of(described.name);
    if (!length || *length < 1 || *length > 60)
        errors.push_back({"name", "invalid"_code, "A name has 1 to 60 characters."});
    if (!organisations_.find(described.organisation))
        errors.push_back({"organisation", "unknown"_code,
                          "There is no organisation '" + described.organisation + "'."});
    if (described.roles.empty())
        errors.push_back({"roles", "required"_code, "At least one role is needed."});
    if (held_by_key(described.roles) != described.roles)
        errors.push_back(
            {"roles", "role_not_for_keys"_code, "An API key cannot have a role that administers."});
    for (auto const* list : {&described.scope.workflows, &described.scope.commands})
        if (list->size() > limits::scope_entries)
            errors.push_back({"scope", "too_long"_code, "Each list has at most 64 entries."});
    if (described.expires_at <= now || described.expires_at > now + longest_life)
        errors.push_back({"expires_at", "out_of_range"_code,
                          "The key expires at a time within the next two years."});
    if (!errors.empty())
        return Refusal{"invalid_api_key"_code, "The API key is not valid. " + errors[0].detail,
                       "Correct the fields listed in \"errors\".", std::move(errors)};
    std::lock_guard const lock(writing_);
    {
        std::shared_lock const reading(mutex_);
        if (keys_.size() >= limits::api_keys)
            return Refusal{"too_many_api_keys"_code,
                           "Cannot make another API key: there are too many.",
                           "Revoke those that nobody uses."};
    }
    described.id = make_id(now, random_);
    described.created_by = actor.user;
    described.created_at = now;
    std::string secret = std::string(prefix) + make_token(random_);
    auto const hash = session_id_of(secret);
    auto change = change_of(hash, described, "api_key_made");
    change.expected_version = 0;
    auto written = documents_.write(actor, {std::move(change)});
    if (!written) return written.error();
    put(hash, described);
    return MadeKey{std::move(described), std::move(secret)};
}

ApiKeys::Keys::node_type ApiKeys::take_out(std::string_view id) {
    std::unique_lock const lock(mutex_);
    auto const found = std::find_if(keys_.begin(), keys_.end(),
                                    [&](auto const& known) { return known.second.key.id == id; });
    return keys_.extract(found);
}

Outcome<void> ApiKeys::take_over(Caller const& actor, std::string_view id) {
    std::lock_guard const lock(writing_);
    std::string hash;
    std::optional<ApiKey> key;
    {
        std::shared_lock const reading(mutex_);
        for (auto const& [known_hash, known] : keys_)
            if (known.key.id == id) std::tie(hash, key) = std::pair(known_hash, known.key);
    }
    if (!key) return absent_key(id);
    if (!secures(actor, key->organisation)) return not_of_your_region();
    if (!may_give(actor, key->roles)) return role_beyond_department();
    key->created_by = actor.user;
    auto written = documents_.write(actor, {change_of(hash, *key, "api_key_taken_over")});
    if (written) put(std::move(hash), std::move(*key));
    return written;
}

Outcome<void> ApiKeys::revoke(Caller const& actor, std::string_view id) {
    std::lock_guard const lock(writing_);
    auto const key = find(id);
    if (!key) return absent_key(id);
    // Removed from memory first, so that a concurrent note of its use cannot write the key again.
    auto forgotten = take_out(id);
    auto change = change_of({}, *key, "api_key_revoked");
    change.body = std::nullopt;
    auto written = documents_.write(actor, {std::move(change)});
    if (written) return written;
    std::unique_lock const changing(mutex_);
    keys_.insert(std::move(forgotten));
    return written;
}

} // namespace banjie::engine
