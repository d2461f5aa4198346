#pragma once
// Revokes in a restored store what was revoked after its copy was made. Inside of the revocations.

#include "engine/audit/revocations.hpp"
#include "engine/documents/documents.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace banjie::engine {

class RevokedAgain {
public:
    RevokedAgain(storage::Store& store, Time now);
    ~RevokedAgain();

    /// Returns whether events of that type revoke something.
    [[nodiscard]] static bool is_revoking(std::string_view type);
    /// Applies one event of the journal to the documents that it is about. What the copy does not
    /// have is passed over.
    [[nodiscard]] storage::Result<void> revoke(nlohmann::json const& event);
    /// Leaves every key without a maker, so that none is worth anything until it is taken over.
    [[nodiscard]] storage::Result<void> suspend_keys();
    /// Takes every account's password away.
    [[nodiscard]] storage::Result<void> lock_accounts();
    /// Writes all of it, ends every session and act, and says so in an event with `said`.
    [[nodiscard]] storage::Result<Replayed> write(nlohmann::json said);

private:
    struct Held {
        std::uint64_t version = 0;
        nlohmann::json body; // null: removed
    };
    using Name = std::pair<std::string, std::string>; // kind, id

    /// Returns the document as it is after what was revoked; nullptr if the copy has none.
    [[nodiscard]] storage::Result<nlohmann::json*> document(std::string const& kind,
                                                            std::string const& id);
    [[nodiscard]] storage::Result<void> remove_all(std::string const& kind, std::uint64_t& count);
    /// Changes the document as the event does; null removes it.
    void change(nlohmann::json& body, std::string const& type, std::string const& subject,
                nlohmann::json const& fields);
    void change_user(nlohmann::json& user, std::string const& name, nlohmann::json const& fields);
    /// Returns the organisation above all, whose auditors see the restore.
    [[nodiscard]] storage::Result<std::string> top();
    void withdraw_password(nlohmann::json& user, std::string const& name, char const* why);
    void note(std::string sentence);

    storage::Store& store_;
    Time now_;
    std::map<Name, Held> held_;
    std::map<std::string, nlohmann::json> users_; // by name: what the last change made of it
    std::set<std::string> locked_;                // names of accounts
    Replayed replayed_;
};

} // namespace banjie::engine
