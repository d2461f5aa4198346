#pragma once
// Requirements that an installation has for its accounts: passwords, second factors, idle time,
// addresses. One document ("security_policy") overrides the built-in values; the chief
// administrator changes it while the program runs.

#include "engine/documents/documents.hpp"
#include "engine/limits.hpp"
#include "engine/people/address_list.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace banjie::engine {

struct SecurityPolicy {
    Roles second_factor_roles;                 // roles that require a second factor
    int password_days = 0;                     // lifetime of a password; 0: unlimited
    std::optional<Time> password_days_since{}; // when passwords began to age
    int password_characters = static_cast<int>(limits::password_characters_min);
    int password_kinds = 0; // least number of kinds: small letters, capitals, digits, others
    bool first_password_changes = true; // owners must change passwords that others have set
    int idle_minutes = limits::session_idle_minutes;
    int administrator_idle_minutes = limits::administrator_idle_minutes;
    AddressList administrator_addresses; // allowed for administrators; empty: any
    AddressList key_addresses;           // likewise, for API keys
    /// Set if the administrators of system, security and audit must be three people (三员分立).
    bool separation = false;
    Texts second_person;       // acts that wait for one: "roles", "keys", "policy", "security"
    std::uint64_t version = 0; // 0: the built-in one

    [[nodiscard]] bool waits(std::string_view act) const;
};
inline constexpr std::string_view acts_for_two[] = {"roles", "keys", "policy", "security"};

/// Writes the document, which the API also shows. Its grammar may only be extended.
[[nodiscard]] std::string text_of(SecurityPolicy const& policy);

/// Returns whether the policy requires a second factor of an account with these roles.
[[nodiscard]] bool owes_second_factor(SecurityPolicy const& policy, Roles roles);
/// Returns how long a session of an account with these roles lasts without use.
[[nodiscard]] std::chrono::minutes idle_time(SecurityPolicy const& policy, Roles roles);

class Security {
public:
    Security(Documents& documents, Clock& clock);

    /// Reads the policy from the store. Refuses a policy that cannot be read, so that nobody signs
    /// in under a laxer one.
    [[nodiscard]] Outcome<void> load();

    [[nodiscard]] std::shared_ptr<SecurityPolicy const> policy() const;
    /// Changes the members that `fields` names (as in `change_form` of the API) and keeps the rest.
    /// Allowed only to an administrator of the province's government. The policy is in force when
    /// this returns. Refuses with `version_mismatch` if the version is not the expected one, and
    /// with `locks_out` if the new addresses exclude the actor's.
    [[nodiscard]] Outcome<void> change(Caller const& actor, Fields const& fields,
                                       std::optional<std::uint64_t> expected);
    /// Resets the policy to the built-in values, for an operator when nobody can sign in.
    [[nodiscard]] Outcome<void> reset();
    /// Refuses with `address_not_allowed` an administrator or a key whose address is not among
    /// those allowed.
    [[nodiscard]] Outcome<void> admits(Actor const& actor, std::string_view address) const;

private:
    Documents& documents_;
    Clock& clock_;
    std::mutex writing_;
    mutable std::shared_mutex mutex_;
    std::shared_ptr<SecurityPolicy const> policy_ = std::make_shared<SecurityPolicy const>();
};

} // namespace banjie::engine
