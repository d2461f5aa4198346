#pragma once
// What guards may ask about everything outside the instance. Implemented by the engine; pure reads.

#include "workflows/contract/actor.hpp"
#include "workflows/contract/value.hpp"

#include <cstdint>
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

struct RoundFacts {
    std::int64_t number = 0;
    std::string state; // planned, collecting, handling, concluded
    std::optional<Time> opens_at, closes_at, due_at;
};

/// Another instance, as far as a guard may care.
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
    /// An active organisation of that code.
    [[nodiscard]] virtual std::optional<Unit> unit(std::string_view code) const = 0;
    /// A region of the tree (province, city, county or township).
    [[nodiscard]] virtual std::optional<Unit> region(std::string_view code) const = 0;
    [[nodiscard]] virtual std::optional<RoundFacts> round(std::int64_t number) const = 0;
    /// Nothing for what is its reporter's alone: a draft, or one that was discarded.
    [[nodiscard]] virtual std::optional<Related> instance(std::string_view id) const = 0;
    /// How many problems of that round are not finished.
    [[nodiscard]] virtual std::int64_t unfinished_in_round(std::int64_t number) const = 0;
};

} // namespace banjie::workflows
