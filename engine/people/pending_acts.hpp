#pragma once
// Acts of administrators that wait for a second person where the security policy requires one, with
// proposer and expiry. They are stored and confirmed here; api carries them out.

#include "engine/documents/documents.hpp"
#include "engine/ports.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct PendingAct {
    std::string id;
    std::string kind;    // of acts_for_two (security_policy.hpp)
    std::string place;   // its administrators may confirm it
    std::string says;    // for display: "PATCH /api/v1/users/wang"
    std::string request; // the request, as written by api; without secrets
    std::string proposed_by;
    std::string address; // of the proposer
    Time proposed_at{};
    Time expires_at{};
};

class PendingActs {
public:
    PendingActs(Documents& documents, Clock& clock, Random& random);

    [[nodiscard]] Outcome<void> load();
    /// Stores kind, place, says and request for limits::act_hours; that is an event. Refuses with
    /// `too_many_acts` beyond limits::pending_acts, or beyond limits::pending_acts_of_one for one
    /// person.
    [[nodiscard]] Outcome<PendingAct> propose(Caller const& actor, PendingAct described);
    /// Returns the acts that the actor has proposed or could confirm, newest first.
    [[nodiscard]] std::vector<PendingAct> list(Actor const& actor) const;
    /// Removes the act durably and returns it, for the caller to carry out; that is an event.
    /// Refuses with `unknown_act` if there is none or the actor may not see it, and with
    /// `not_of_oneself` if the actor proposed it.
    [[nodiscard]] Outcome<PendingAct> confirm(Caller const& actor, std::string_view id);
    /// Removes the act without carrying it out. The proposer and those who may confirm it may do
    /// so.
    [[nodiscard]] Outcome<void> withdraw(Caller const& actor, std::string_view id);

private:
    [[nodiscard]] std::optional<PendingAct> find(Actor const& actor, std::string_view id) const;
    [[nodiscard]] Outcome<void> take_out(Caller const& actor, PendingAct const& act,
                                         char const* event);
    [[nodiscard]] std::vector<DocumentChange> expired() const;

    Documents& documents_;
    Clock& clock_;
    Random& random_;
    std::mutex writing_; // one change at a time
    mutable std::mutex mutex_;
    std::map<std::string, PendingAct, std::less<>> acts_; // by id, so by age
};

} // namespace banjie::engine
