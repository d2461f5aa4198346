#include "engine/commands/world_view.hpp"

#include "engine/index/instance_index.hpp"

#include <mutex>

namespace banjie::engine {

namespace {

workflows::Unit unit_of(Organisation const& organisation) {
    return {organisation.code, std::string(organisation.region()), organisation.level(),
            organisation.department};
}

} // namespace

WorldView::WorldView(Organisations const& organisations, InstanceIndex const& index)
    : organisations_(organisations), index_(index) {}

std::optional<workflows::Unit> WorldView::unit(std::string_view code) const {
    auto const organisation = organisations_.find(code);
    if (!organisation || !organisation->active) return std::nullopt;
    return unit_of(*organisation);
}

std::optional<workflows::Unit> WorldView::region(std::string_view code) const {
    auto const organisation = organisations_.find(code);
    if (!organisation || organisation->department) return std::nullopt;
    return unit_of(*organisation);
}

std::optional<workflows::RoundFacts> WorldView::round(std::int64_t number) const {
    std::shared_lock const lock(mutex_);
    auto const found = rounds_.find(number);
    if (found == rounds_.end()) return std::nullopt;
    return found->second;
}

std::optional<workflows::Related> WorldView::instance(std::string_view id) const {
    return look_ ? look_(id) : std::nullopt;
}

std::int64_t WorldView::unfinished_in_round(std::int64_t number) const {
    return index_.unfinished_in_round(number);
}

void WorldView::put_round(workflows::RoundFacts round) {
    std::unique_lock const lock(mutex_);
    rounds_.insert_or_assign(round.number, std::move(round));
}

} // namespace banjie::engine
