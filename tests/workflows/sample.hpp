#pragma once
// One sample instance in any state, and a filled-in form for any command: to try everything on.

#include "workflows/contract/workflow.hpp"

#include <string_view>

namespace banjie::workflows::testing {

/// Everything that is asked for exists: round 4 collects, every instance is a problem in hand.
class SampleWorld final : public World {
public:
    std::optional<Unit> unit(std::string_view code) const override;
    std::optional<Unit> region(std::string_view code) const override;
    std::shared_ptr<Instance const> instance_at_hand(std::string_view workflow,
                                                     std::string_view id) const override;
    std::optional<Related> instance(std::string_view id) const override;
    std::int64_t unfinished(std::string_view workflow, std::string_view tag,
                            std::string_view value) const override;
};

/// Monday, 2021-03-01 09:00.
[[nodiscard]] Time sample_time();

/// An instance of the county 360731 at work, in that state; "new" is a fresh one.
[[nodiscard]] Instance sample_instance(Workflow const& workflow, StateInfo const& state);

/// A value of the right type in every fact that the workflow declares.
[[nodiscard]] Fields sample_of_every_fact(Workflow const& workflow);

/// The required fields, filled in so that the usual guards are content.
[[nodiscard]] Fields sample_form(CommandInfo const& command);

} // namespace banjie::workflows::testing
