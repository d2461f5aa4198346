#include "engine/audit/revoked_again.hpp"

#include "engine/events/event_stream.hpp"
#include "workflows/contract/workflow.hpp"

#include <algorithm>

namespace banjie::engine {

using nlohmann::json;
using storage::Failure;
using storage::Fault;
using storage::Result;

namespace {

constexpr std::size_t told_notes = 100;
constexpr std::size_t written_at_once = 500;

/// The moment of the restore, for all that it writes.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Time now) : now_(now) {}
    Time now() override { return now_; }

private:
    Time now_;
};

struct KindOfEvent {
    std::string_view type, kind; // of the document that it is about
};
constexpr KindOfEvent kinds[] = {
    {"user_changed", "user"},
    {"password_changed", "user"},
    {"second_factor_enrolled", "second_factor"},
    {"second_factor_removed", "second_factor"},
    {"second_factor_reset", "second_factor"},
    {"recovery_codes_renewed", "second_factor"},
    {"recovery_code_used", "second_factor"},
    {"api_key_revoked", "api_key"},
    {"security_policy_changed", "security_policy"},
    {"security_policy_reset", "security_policy"},
    {"organisation_changed", "organisation"},
};

std::string quoted(std::string const& name) {
    return "'" + name + "'";
}

} // namespace

bool RevokedAgain::is_revoking(std::string_view type) {
    return std::ranges::find(kinds, type, &KindOfEvent::type) != std::end(kinds);
}

RevokedAgain::RevokedAgain(storage::Store& store, Time now) : store_(store), now_(now) {}
RevokedAgain::~RevokedAgain() = default;

void RevokedAgain::note(std::string sentence) {
    auto& notes = replayed_.notes;
    if (notes.size() < told_notes && std::ranges::find(notes, sentence) == notes.end())
        notes.push_back(std::move(sentence));
}

Result<json*> RevokedAgain::document(std::string const& kind, std::string const& id) {
    if (auto const held = held_.find(Name(kind, id)); held != held_.end())
        return held->second.body.is_null() ? nullptr : &held->second.body;
    auto const found = store_.document(kind, id);
    if (!found) return found.error();
    if (!*found) return nullptr;
    auto body = json::parse((*found)->body, nullptr, false);
    if (!body.is_object()) return Failure{Fault::corrupt, "the " + kind + " " + id + " is no JSON"};
    auto& held = held_[Name(kind, id)];
    held = {(*found)->version, std::move(body)};
    return &held.body;
}

Result<void> RevokedAgain::revoke(json const& event) {
    auto const type = event.value("event", "");
    auto const subject = event.value("subject", "");
    auto const fields = event.value("fields", json::object());
    auto const known = std::ranges::find(kinds, type, &KindOfEvent::type);
    if (known == std::end(kinds)) return {}; // of a later program
    std::string const kind(known->kind);
    auto const found = document(kind, subject);
    if (!found) return found.error();
    if (type == "second_factor_enrolled") {
        auto const user = document("user", subject);
        if (!user) return user.error();
        if (*user) withdraw_password(**user, subject, "another second factor was enrolled");
    }
    if (type == "security_policy_changed" && *found == nullptr)
        held_[Name(kind, subject)] = {0, fields};
    if (*found) change(**found, type, subject, fields);
    return {};
}

void RevokedAgain::change(json& body, std::string const& type, std::string const& subject,
                          json const& fields) {
    if (type == "user_changed") {
        if (fields.value("password_set", false)) withdraw_password(body, subject, "it was changed");
        users_[subject] = fields; // a later one may give back what this one takes away
    } else if (type == "password_changed") {
        withdraw_password(body, subject, "it was changed");
    } else if (type == "recovery_codes_renewed" || type == "recovery_code_used") {
        for (auto& hash : body["recovery"]) hash = "";
        note("The recovery codes of " + quoted(subject) + " are void.");
    } else if (type == "organisation_changed") {
        body = fields;
    } else if (type == "security_policy_changed") {
        body = fields;
        note("The security policy is that of after the copy.");
    } else if (type == "security_policy_reset") {
        body = nullptr;
        note("The security policy is the built-in one again.");
    } else if (type == "api_key_revoked") {
        body = nullptr;
        note("The key " + quoted(subject) + " is revoked again.");
    } else {
        body = nullptr;
        note("The second factor of " + quoted(subject) + " is void.");
    }
}

/// Nothing that was given after the copy comes back; what was taken away stays so.
void RevokedAgain::change_user(json& user, std::string const& name, json const& fields) {
    bool const has_moved = fields.value("organisation", "") != user.value("organisation", "");
    if (user.value("active", true) && (!fields.value("active", true) || has_moved)) {
        user["active"] = false;
        note("The account " + quoted(name) + " is closed: it was " +
             (has_moved ? "moved to another organisation." : "closed after the copy."));
    }
    auto const kept = fields.value("roles", json::array());
    json roles = json::array();
    for (auto const& role : user.value("roles", json::array()))
        if (std::find(kept.begin(), kept.end(), role) != kept.end())
            roles.push_back(role);
        else
            note("The account " + quoted(name) + " has lost the role " + role.get<std::string>() +
                 " again.");
    user["roles"] = std::move(roles);
}

void RevokedAgain::withdraw_password(json& user, std::string const& name, char const* why) {
    user["password_hash"] = ""; // which no password fits
    locked_.insert(name);
    note("The account " + quoted(name) + " needs a new password from an administrator: " + why +
         " after the copy.");
}

Result<void> RevokedAgain::suspend_keys() {
    auto const keys = store_.documents("api_key");
    if (!keys) return keys.error();
    for (auto const& key : *keys) {
        auto const body = document("api_key", key.id);
        if (!body) return body.error();
        (**body)["created_by"] = "";
        note("The key " + quoted(key.id) + " is worth nothing until somebody takes it over.");
    }
    return {};
}

Result<void> RevokedAgain::lock_accounts() {
    auto const users = store_.documents("user");
    if (!users) return users.error();
    for (auto const& user : *users) {
        auto const body = document("user", user.id);
        if (!body) return body.error();
        (**body)["password_hash"] = "";
        locked_.insert(user.id);
    }
    note("All " + std::to_string(users->size()) +
         " accounts need a new password: 'banjie user password NAME' sets the first one.");
    return {};
}

Result<void> RevokedAgain::remove_all(std::string const& kind, std::uint64_t& count) {
    auto const found = store_.documents(kind);
    if (!found) return found.error();
    for (auto const& document : *found)
        held_[Name(kind, document.id)] = {document.version, nullptr};
    count += found->size();
    return {};
}

Result<std::string> RevokedAgain::top() {
    auto const organisations = store_.documents("organisation");
    if (!organisations) return organisations.error();
    auto const found = std::ranges::min_element(
        *organisations, {}, [](auto const& organisation) { return organisation.id.size(); });
    return found == organisations->end() ? std::string() : found->id;
}

Result<Replayed> RevokedAgain::write(json said) {
    for (auto const& [name, fields] : users_) {
        auto const user = document("user", name);
        if (!user) return user.error();
        if (*user) change_user(**user, name, fields);
    }
    auto const place = top();
    if (!place) return place.error();
    std::uint64_t acts = 0;
    if (auto removed = remove_all("session", replayed_.sessions); !removed) return removed.error();
    if (auto removed = remove_all("pending_act", acts); !removed) return removed.error();
    FixedClock clock(now_);
    EventStream stream(store_);
    Documents documents(store_, stream, clock);
    auto const actor = system_caller();
    std::vector<DocumentChange> changes;
    auto const write_them = [&] {
        auto written = documents.write(actor, std::exchange(changes, {}));
        return written ? Result<void>() : Failure{Fault::unreadable, written.error().detail};
    };
    for (auto const& [name, held] : held_) {
        changes.push_back(
            {.kind = name.first,
             .id = name.second,
             .expected_version = held.version,
             .body = held.body.is_null() ? std::nullopt : std::optional(held.body.dump()),
             .event = {},
             .said = {}});
        if (changes.size() < written_at_once) continue;
        if (auto written = write_them(); !written) return written.error();
    }
    said["sessions"] = replayed_.sessions;
    said["acts"] = acts;
    said["accounts_locked"] = locked_.size();
    said["notes"] = replayed_.notes;
    changes.push_back({.kind = "restore",
                       .id = "store",
                       .expected_version = std::nullopt,
                       .body = said.dump(),
                       .event = "restored",
                       .said = said.dump(),
                       .place = *place});
    if (auto written = write_them(); !written) return written.error();
    return std::move(replayed_);
}

} // namespace banjie::engine
