#pragma once
// The world: what guards may read outside the instance. Implemented by the engine; pure reads.

#include "workflows/contract/actor.hpp"
#include "workflows/contract/instance.hpp"
#include "workflows/contract/value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::workflows {

struct Unit {
    std::string code;
    std::string region;
    Level level = Level::township;
    bool department = false; // else a region's government
};

/// The part of another instance that guards may read.
struct Related {
    std::string id;
    std::string workflow;
    std::string state;
    std::string region;
    Level level = Level::county;
};

class World {
public:
    virtual ~World() = default;
    /// Returns the active organisation with that code; nullopt if there is none.
    [[nodiscard]] virtual std::optional<Unit> unit(std::string_view code) const = 0;
    /// Returns the region of the tree (province, city, county or township); nullopt if there is
    /// none.
    [[nodiscard]] virtual std::optional<Unit> region(std::string_view code) const = 0;
    /// Returns an instance of a workflow that is kept at hand; nullptr if there is none.
    [[nodiscard]] virtual std::shared_ptr<Instance const>
    instance_at_hand(std::string_view workflow, std::string_view id) const = 0;
    /// Returns nullopt also for an instance that only its reporter sees: a draft, or one discarded.
    [[nodiscard]] virtual std::optional<Related> instance(std::string_view id) const = 0;
    /// Returns how many instances with that value of a tag are neither private nor finished.
    [[nodiscard]] virtual std::int64_t unfinished(std::string_view workflow, std::string_view tag,
                                                  std::string_view value) const = 0;
};

} // namespace banjie::workflows
