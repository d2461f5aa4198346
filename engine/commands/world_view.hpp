#pragma once
// The world as the guards see it: organisations, rounds and other instances, from memory.

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
    [[nodiscard]] std::shared_ptr<workflows::Instance const>
    instance_at_hand(std::string_view workflow, std::string_view id) const override;
    [[nodiscard]] std::optional<workflows::Related> instance(std::string_view id) const override;
    [[nodiscard]] std::int64_t unfinished(std::string_view workflow, std::string_view tag,
                                          std::string_view value) const override;

    /// Keeps a durable instance in memory for the guards. The engine calls it for every instance of
    /// a workflow that `is_kept_at_hand`, and sets the look-up of all others with `look_with`.
    void put_at_hand(std::shared_ptr<workflows::Instance const> instance);
    using Look = std::function<std::optional<workflows::Related>(std::string_view id)>;
    void look_with(Look look) { look_ = std::move(look); }

private:
    Organisations const& organisations_;
    InstanceIndex const& index_;
    Look look_;
    mutable std::shared_mutex mutex_;
    std::map<std::string, std::shared_ptr<workflows::Instance const>, std::less<>>
        at_hand_; // by id
};

} // namespace banjie::engine
