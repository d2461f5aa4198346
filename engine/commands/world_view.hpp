#pragma once
// The world as the guards see it: organisations, rounds and other instances, from what is in
// memory.

#include "engine/people/organisations.hpp"
#include "workflows/contract/world.hpp"

#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>

namespace banjie::engine {

class InstanceIndex;

class WorldView final : public workflows::World {
public:
    WorldView(Organisations const& organisations, InstanceIndex const& index);

    [[nodiscard]] std::optional<workflows::Unit> unit(std::string_view code) const override;
    [[nodiscard]] std::optional<workflows::Unit> region(std::string_view code) const override;
    [[nodiscard]] std::optional<workflows::RoundFacts> round(std::int64_t number) const override;
    [[nodiscard]] std::optional<workflows::Related> instance(std::string_view id) const override;
    [[nodiscard]] std::int64_t unfinished_in_round(std::int64_t number) const override;

    /// The engine tells of every round when it is durable, and how to look at another instance.
    void put_round(workflows::RoundFacts round);
    using Look = std::function<std::optional<workflows::Related>(std::string_view id)>;
    void look_with(Look look) { look_ = std::move(look); }

private:
    Organisations const& organisations_;
    InstanceIndex const& index_;
    Look look_;
    mutable std::shared_mutex mutex_;
    std::map<std::int64_t, workflows::RoundFacts> rounds_;
};

} // namespace banjie::engine
