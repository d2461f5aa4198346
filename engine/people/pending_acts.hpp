#pragma once
// Acts of administrators that wait for a second person, where the security policy says so: who
// proposed what, until when. The door knows how to carry one out; here it is kept and confirmed.

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
    std::string place;   // whoever administers there may confirm it
    std::string says;    // what it is, for people: "PATCH /api/v1/users/wang"
    std::string request; // what was asked, as the door writes it; without secrets
    std::string proposed_by;
    std::string address; // of the proposer
    Time proposed_at{};
    Time expires_at{};
};

class PendingActs {
public:
    PendingActs(Documents& documents, Clock& clock, Random& random);

    [[nodiscard]] Outcome<void> load();
    /// Keeps kind, place, says and request for limits::act_hours; that is an event. Refused
    /// `too_many_acts` beyond limits::pending_acts, or a share of them for one person.
    [[nodiscard]] Outcome<PendingAct> propose(Actor const& actor, PendingAct described);
    /// Those that the actor has proposed or could confirm, newest first.
    [[nodiscard]] std::vector<PendingAct> list(Actor const& actor) const;
    /// Takes the act out, durably, and gives it to be carried out; that is an event. Refused
    /// `unknown_act` where there is none or none that the actor may see, and `not_of_oneself` to
    /// whoever proposed it.
    [[nodiscard]] Outcome<PendingAct> confirm(Actor const& actor, std::string_view id);
    /// The same without its being carried out, by either of the two.
    [[nodiscard]] Outcome<void> withdraw(Actor const& actor, std::string_view id);

private:
    [[nodiscard]] std::optional<PendingAct> find(Actor const& actor, std::string_view id) const;
    [[nodiscard]] Outcome<void> take_out(Actor const& actor, PendingAct const& act,
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
