#pragma once
// The rules acted out without engine or store: instances in a map, a clock that the test sets,
// wakes that fire as the clock passes them, and consequences that follow at once.

#include "workflows/contract/workflow.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::workflows::testing {

class Rehearsal final : public World {
public:
    Rehearsal();

    /// Moves the clock on. Due wakes fire first, each at its time.
    void advance_to(Time time);
    [[nodiscard]] Time now() const { return now_; }
    [[nodiscard]] Calendar const& calendar() const { return calendar_; }
    [[nodiscard]] Policy const& policy(std::string_view workflow) const;
    /// Changes a limit of the policy. Returns false if it has no such limit.
    [[nodiscard]] bool set_limit(std::string_view workflow, std::string const& limit, int number);

    /// Gives a command. Creates the instance if there is none of that id. All or nothing.
    std::optional<Refusal> give(Actor const& actor, Workflow const& workflow, std::string const& id,
                                std::string_view command, Fields const& fields);

    [[nodiscard]] Texts ids() const;
    [[nodiscard]] Instance const* find(std::string_view id) const;
    [[nodiscard]] std::vector<Event> const& history(std::string_view id) const;
    /// Returns the ids of instances that are not the fold of their history; empty if all are.
    [[nodiscard]] Texts unsound() const;

    std::optional<Unit> unit(std::string_view code) const override;
    std::optional<Unit> region(std::string_view code) const override;
    std::shared_ptr<Instance const> instance_at_hand(std::string_view workflow,
                                                     std::string_view id) const override;
    std::optional<Related> instance(std::string_view id) const override;
    std::int64_t unfinished(std::string_view workflow, std::string_view tag,
                            std::string_view value) const override;

private:
    struct Record {
        Instance instance;
        Time created_at{};
        std::vector<Event> events;
    };
    using Records = std::map<std::string, Record, std::less<>>;

    std::optional<Refusal> move(Records& records, Actor const& actor, Workflow const& workflow,
                                std::string const& id, std::string_view command,
                                Fields const& fields);

    std::map<std::string, Policy, std::less<>> policies_;
    Calendar calendar_;
    Time now_{};
    Records records_;
};

} // namespace banjie::workflows::testing
