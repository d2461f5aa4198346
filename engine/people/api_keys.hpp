#pragma once
// Keys of other platforms: a name, an organisation and roles, without an account. The key is shown
// once; the store knows its hash alone (document "api_key").

#include "engine/documents/documents.hpp"
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

struct ApiKey {
    std::string id;
    std::string name;
    std::string organisation;
    Roles roles;
    std::string created_by;
    Time created_at{};
    Time expires_at{};
    std::optional<Time> last_used_at{}; // for the first time on the last day of use
};

struct MadeKey {
    ApiKey key;
    std::string secret; // "bjk_" and 43 characters; nobody can read it again
};

class ApiKeys {
public:
    ApiKeys(Documents& documents, Organisations const& organisations, Clock& clock, Random& random);

    [[nodiscard]] Outcome<void> load();

    [[nodiscard]] static bool is_key(std::string_view token) { return token.starts_with("bjk_"); }
    /// The caller behind a key: user "key:<id>". Refused `unauthenticated` when unknown, revoked or
    /// expired. From memory; cheap enough for every request.
    [[nodiscard]] Outcome<Actor> actor_of(std::string_view secret);

    /// Those of organisations that the actor covers, newest first.
    [[nodiscard]] std::vector<ApiKey> list(Actor const& actor) const;
    /// `described` says name, organisation, roles and expiry. Who may is for the door to know.
    /// Refused `invalid`, or `not_permitted` beyond limits::api_keys. Waits for the disk.
    [[nodiscard]] Outcome<MadeKey> make(Actor const& actor, ApiKey described);
    [[nodiscard]] std::optional<ApiKey> find(std::string_view id) const;
    [[nodiscard]] Outcome<void> revoke(Actor const& actor, std::string_view id);

private:
    struct Known {
        ApiKey key;
        Actor actor;
    };
    using Keys = std::unordered_map<std::string, Known>; // by hash
    void put(std::string hash, ApiKey key);
    [[nodiscard]] Keys::node_type take_out(std::string_view id);
    void note_use(std::string const& hash, Time now);

    Documents& documents_;
    Organisations const& organisations_;
    Clock& clock_;
    Random& random_;
    std::mutex writing_; // one change at a time
    mutable std::shared_mutex mutex_;
    Keys keys_;
};

} // namespace banjie::engine
