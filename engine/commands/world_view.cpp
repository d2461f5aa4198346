#include "engine/commands/world_view.hpp"

#include "engine/index/instance_index.hpp"

#include <mutex>

namespace banjie::engine {

namespace {

workflows::Unit unit_of(Organisation const& organisation) {
    return {organisation.code, organisation.region(), organisation.level(),
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

std::shared_ptr<workflows::Instance const> WorldView::instance_at_hand(std::string_view workflow,
                                                                       std::string_view id) const {
    std::shared_lock const lock(mutex_);
    auto const found = at_hand_.find(id);
    if (found == at_hand_.end() || found->second->workflow != workflow) return nullptr;
    return found->second;
}

std::optional<workflows::Related> WorldView::instance(std::string_view id) const {
    return look_ ? look_(id) : std::nullopt;
}

std::int64_t WorldView::unfinished(std::string_view workflow, std::string_view tag,
                                   std::string_view value) const {
    return index_.unfinished(workflow, tag, value);
}

void WorldView::put_at_hand(std::shared_ptr<workflows::Instance const> instance) {
    std::unique_lock const lock(mutex_);
    std::string id = instance->id;
    at_hand_.insert_or_assign(std::move(id), std::move(instance));
}

} // namespace banjie::engine
