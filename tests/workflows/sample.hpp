#pragma once
// A sample instance in any state, and a filled-in form for any command, for tests of everything.

#include "workflows/contract/workflow.hpp"

#include <string_view>

namespace banjie::workflows::testing {

/// World in which everything asked for exists: round 4 collects, every instance is a problem in
/// hand.
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

/// Returns Monday, 2021-03-01 09:00.
[[nodiscard]] Time sample_time();

/// Returns an instance of the county 360731 in that state, with sample facts; for "new" a fresh
/// one.
[[nodiscard]] Instance sample_instance(Workflow const& workflow, StateInfo const& state);

/// Returns a value of the right type for every fact that the workflow declares.
[[nodiscard]] Fields sample_of_every_fact(Workflow const& workflow);

/// Returns the required fields, filled in so that the usual guards pass.
[[nodiscard]] Fields sample_form(CommandInfo const& command);

} // namespace banjie::workflows::testing
