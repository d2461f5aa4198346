#pragma once
// Keys of other platforms: a name, an organisation and roles, without an account. The key is shown
// once; the store knows its hash alone (document "api_key").
//
// A key is worth something only as long as its maker could make it now: their account is active,
// administers the key's organisation and may give its roles, and no organisation of both is closed
// down. No key administers anything.

#include "engine/documents/documents.hpp"
#include "engine/people/accounts.hpp"
#include "engine/people/organisations.hpp"
#include "engine/ports.hpp"

#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace banjie::engine {

/// What a key may do of what its roles permit. Empty lists bound nothing.
struct KeyScope {
    bool read_only = false;
    Texts workflows;       // these alone, and what is about them
    Texts commands;        // these alone of what changes something
    AddressList addresses; // whence it is used

    [[nodiscard]] bool has_workflow(std::string_view name) const;
    [[nodiscard]] bool has_command(std::string_view name) const;
};

struct ApiKey {
    std::string id;
    std::string name;
    std::string organisation;
    Roles roles; // never administrator
    std::string created_by;
    Time created_at{};
    Time expires_at{};
    std::optional<Time> last_used_at{}; // for the first time on the last day of use
    KeyScope scope{};
};

struct MadeKey {
    ApiKey key;
    std::string secret; // "bjk_" and 43 characters; nobody can read it again
};

class ApiKeys {
public:
    ApiKeys(Documents& documents, Organisations const& organisations, Accounts const& accounts,
            Clock& clock, Random& random);

    /// Reads all keys from the store. What an older program gave too much is taken away: the role
    /// administrator, and days beyond limits::api_key_days. Each of those is logged.
    [[nodiscard]] Outcome<void> load();

    [[nodiscard]] static bool is_key(std::string_view token) { return token.starts_with("bjk_"); }
    /// The caller behind a key: user "key:<id>". Refused `unauthenticated` when unknown, revoked,
    /// expired or no longer vouched for. From memory; cheap enough for every request.
    [[nodiscard]] Outcome<Actor> actor_of(std::string_view secret);

    /// What the key may do of it; nullptr for one that is unknown.
    [[nodiscard]] std::shared_ptr<KeyScope const> scope_of(std::string_view secret) const;

    /// Those of organisations that the actor administers, newest first.
    [[nodiscard]] std::vector<ApiKey> list(Actor const& actor) const;
    /// Whether the key has not expired and its maker could make it now.
    [[nodiscard]] bool is_in_force(ApiKey const& key) const;
    /// `described` says name, organisation, roles and expiry. Refused `forbidden` to whoever may
    /// not make it, `invalid`, or `not_permitted` beyond limits::api_keys. Waits for the disk.
    [[nodiscard]] Outcome<MadeKey> make(Actor const& actor, ApiKey described);
    [[nodiscard]] std::optional<ApiKey> find(std::string_view id) const;
    /// Makes the actor answer for the key in its maker's place, so that it goes on when they leave.
    /// Refused to whoever could not make it.
    [[nodiscard]] Outcome<void> take_over(Actor const& actor, std::string_view id);
    [[nodiscard]] Outcome<void> revoke(Actor const& actor, std::string_view id);

private:
    struct Known {
        ApiKey key;
        Actor actor;
        std::shared_ptr<KeyScope const> scope;
    };
    using Keys = std::unordered_map<std::string, Known>; // by hash
    void put(std::string hash, ApiKey key);
    [[nodiscard]] bool is_vouched_for(ApiKey const& key) const;
    [[nodiscard]] Keys::node_type take_out(std::string_view id);
    void note_use(std::string const& hash, Time now);

    Documents& documents_;
    Organisations const& organisations_;
    Accounts const& accounts_;
    Clock& clock_;
    Random& random_;
    std::mutex writing_; // one change at a time
    mutable std::shared_mutex mutex_;
    Keys keys_;
};

} // namespace banjie::engine
