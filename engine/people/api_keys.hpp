#pragma once
// Keys of other platforms: a name, an organisation and roles, without an account. The key is shown
// once; the store holds only its hash (document "api_key").
//
// A key is valid only while its maker could make it now: the maker's account is active, administers
// the key's organisation and may grant its roles, and neither organisation is closed. No key
// administers anything.

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

/// Restriction of a key within what its roles permit. Empty lists restrict nothing.
struct KeyScope {
    bool read_only = false;
    Texts workflows;       // only these, and data about them
    Texts commands;        // only these of the commands
    AddressList addresses; // allowed addresses of the caller

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
    std::optional<Time> last_used_at{}; // first use on the last day of use
    KeyScope scope{};
};

struct MadeKey {
    ApiKey key;
    std::string secret; // "bjk_" and 43 characters; can never be read again
};

class ApiKeys {
public:
    ApiKeys(Documents& documents, Organisations const& organisations, Accounts const& accounts,
            Clock& clock, Random& random);

    /// Reads all keys from the store. Removes rights that an earlier version granted in excess: the
    /// role administrator, and days beyond limits::api_key_days. Logs each removal.
    [[nodiscard]] Outcome<void> load();

    [[nodiscard]] static bool is_key(std::string_view token) { return token.starts_with("bjk_"); }
    /// Returns the caller to whom a key belongs: user "key:<id>". Refuses with `unauthenticated` if
    /// the key is unknown, revoked, expired or no longer valid for its maker. Reads memory only;
    /// cheap enough for every request.
    [[nodiscard]] Outcome<Actor> actor_of(std::string_view secret);

    /// Returns the restriction of the key, or nullptr if the key is unknown.
    [[nodiscard]] std::shared_ptr<KeyScope const> scope_of(std::string_view secret) const;

    /// Returns the keys of the organisations that the actor administers, newest first.
    [[nodiscard]] std::vector<ApiKey> list(Actor const& actor) const;
    /// Returns whether the key has not expired and its maker could make it now.
    [[nodiscard]] bool is_in_force(ApiKey const& key) const;
    /// Makes a key with the name, organisation, roles and expiry of `described`. Refuses with
    /// `forbidden` if the actor may not make it, with `invalid`, or with `not_permitted` beyond
    /// limits::api_keys. Blocks on the disk.
    [[nodiscard]] Outcome<MadeKey> make(Caller const& actor, ApiKey described);
    [[nodiscard]] std::optional<ApiKey> find(std::string_view id) const;
    /// Makes the actor responsible for the key in place of its maker, so that it stays valid when
    /// the maker leaves. Refuses an actor who could not make the key.
    [[nodiscard]] Outcome<void> take_over(Caller const& actor, std::string_view id);
    [[nodiscard]] Outcome<void> revoke(Caller const& actor, std::string_view id);

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
