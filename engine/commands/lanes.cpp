#include "engine/commands/lanes.hpp"

#include "engine/invariant.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/json_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <utility>

namespace banjie::engine {

namespace {

constexpr std::size_t cached_per_lane = limits::cached_instances / storage::partition_count;

struct Entry {
    std::string id;
    InstancePointer durable;
    InstancePointer current;
    std::size_t pending = 0; // commits in flight; the entry is pinned while there are any
    /// Number of times that a failed commit has rolled back a state that others had been built on.
    /// A commit of an older lineage is doomed: `current` no longer includes its changes.
    std::uint64_t lineage = 0;
    std::shared_ptr<Commit const> last;
    std::optional<Refusal> failure; // why the lineage broke; kept for those built on it
};

Refusal unreadable(storage::Failure const& failure) {
    return {"store_unreadable"_code,
            "Cannot read from the store: " + failure.detail + ".",
            "Try again. If it stays so, tell the operator.",
            {},
            1};
}

} // namespace

bool LaneSet::add(LaneNumber lane) {
    auto const place = std::lower_bound(lanes_.begin(), lanes_.end(), lane);
    if (place != lanes_.end() && *place == lane) return false;
    lanes_.insert(place, lane);
    return true;
}

bool LaneSet::has(LaneNumber lane) const {
    return std::binary_search(lanes_.begin(), lanes_.end(), lane);
}

struct Lanes::Lane {
    /// Returns nullptr if the instance is not cached. Moves the entry to the front.
    Entry* find(std::string_view id) {
        auto const found = by_id.find(id);
        if (found == by_id.end()) return nullptr;
        entries.splice(entries.begin(), entries, found->second);
        return &*found->second;
    }

    Entry& insert(std::string_view id, InstancePointer instance) {
        Entry& entry = entries.emplace_front();
        entry.id = id;
        entry.durable = instance;
        entry.current = std::move(instance);
        by_id.emplace(entry.id, entries.begin());
        if (entries.size() > cached_per_lane) forget_oldest();
        return entry;
    }

    void forget_oldest() {
        for (auto place = std::prev(entries.end()); place != entries.begin(); --place) {
            if (place->pending > 0) continue;
            by_id.erase(place->id);
            entries.erase(place);
            return;
        }
    }

    void completed(Entry& entry) {
        ++completions;
        if (--entry.pending > 0) return;
        entry.last.reset();
        entry.failure.reset();
        if (entry.current) return;
        auto const found = by_id.find(entry.id); // its creation failed
        auto const place = found->second;
        by_id.erase(found);
        entries.erase(place);
    }

    std::mutex order;
    std::mutex entry_lock; // guards the members below
    std::list<Entry> entries;
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_id;
    std::uint64_t completions = 0;
};

Lanes::Lanes(storage::Store& store)
    : store_(store), lanes_(std::make_unique<std::array<Lane, storage::partition_count>>()) {}
Lanes::~Lanes() = default;

Lanes::Lane& Lanes::lane_of(std::string_view id) {
    return (*lanes_)[storage::partition_of(id)];
}

Lanes::Hold::Hold(Lanes& lanes, LaneSet const& set) : lanes_(lanes), set_(set) {
    for (LaneNumber const lane : set_) (*lanes_.lanes_)[lane].order.lock();
}

Lanes::Hold::~Hold() {
    for (LaneNumber const lane : set_) (*lanes_.lanes_)[lane].order.unlock();
}

InstancePointer Lanes::read_back(std::optional<storage::InstanceRecord> const& record) const {
    if (!record) return nullptr;
    auto instance = instance_of(record->body);
    if (complete_) complete_(instance);
    return std::make_shared<Instance const>(std::move(instance));
}

Outcome<InstancePointer> Lanes::read(std::string_view id) {
    auto const record = store_.instance(id);
    if (!record) return unreadable(record.error());
    return read_back(*record);
}

Outcome<Lanes::Current> Lanes::current(std::string_view id) {
    Lane& lane = lane_of(id);
    {
        std::lock_guard const lock(lane.entry_lock);
        if (Entry const* const entry = lane.find(id)) return Current{entry->current, entry->last};
    }
    auto instance = read(id);
    if (!instance) return instance.error();
    if (!*instance) return Current{};
    // The lane is held and the instance was not cached, so it has no commit in flight.
    std::lock_guard const lock(lane.entry_lock);
    Entry const* const entry = lane.find(id);
    return Current{entry != nullptr ? entry->current : lane.insert(id, *instance).current, nullptr};
}

Outcome<InstancePointer> Lanes::durable(std::string_view id) {
    Lane& lane = lane_of(id);
    std::uint64_t completions = 0;
    {
        std::lock_guard const lock(lane.entry_lock);
        if (Entry const* const entry = lane.find(id)) return entry->durable;
        completions = lane.completions;
    }
    auto instance = read(id);
    if (!instance || !*instance) return instance;
    std::lock_guard const lock(lane.entry_lock);
    if (Entry const* const entry = lane.find(id)) return entry->durable;
    // If a commit has completed and its entry was evicted meanwhile, the value read is stale.
    if (lane.completions == completions) lane.insert(id, *instance);
    return instance;
}

Outcome<std::vector<InstancePointer>> Lanes::durable_all(std::span<std::string const> ids) {
    std::vector<InstancePointer> instances(ids.size());
    std::vector<std::string> absent;
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < ids.size(); ++place) {
        Lane& lane = lane_of(ids[place]);
        std::lock_guard const lock(lane.entry_lock);
        if (Entry const* const entry = lane.find(ids[place])) {
            instances[place] = entry->durable;
            continue;
        }
        absent.push_back(ids[place]);
        places.push_back(place);
    }
    if (absent.empty()) return instances;
    // Not cached, so that paging through a long list does not evict entries that are in use.
    auto const records = store_.instances(absent);
    if (!records) return unreadable(records.error());
    for (std::size_t index = 0; index < places.size(); ++index)
        instances[places[index]] = read_back((*records)[index]);
    return instances;
}

bool Lanes::install(std::shared_ptr<Commit> const& commit) {
    LaneSet set;
    for (Touch const& touch : commit->touches) set.add(storage::partition_of(touch.after->id));
    std::vector<std::unique_lock<std::mutex>> locks; // all, as a completion may roll one back
    for (LaneNumber const lane : set) locks.emplace_back((*lanes_)[lane].entry_lock);
    for (Touch const& touch : commit->touches) {
        Entry const* const entry = lane_of(touch.after->id).find(touch.after->id);
        if (entry != nullptr && entry->current != touch.before) return false;
    }
    for (Touch& touch : commit->touches) {
        Lane& lane = lane_of(touch.after->id);
        Entry* entry = lane.find(touch.after->id);
        if (entry == nullptr) entry = &lane.insert(touch.after->id, touch.before);
        ++entry->pending;
        entry->current = touch.after;
        entry->last = commit;
        touch.lineage = entry->lineage;
    }
    return true;
}

void Lanes::settle(Commit const& commit) {
    for (Touch const& touch : commit.touches) {
        Lane& lane = lane_of(touch.after->id);
        std::lock_guard const lock(lane.entry_lock);
        Entry* const entry = lane.find(touch.after->id);
        entry->durable = touch.after;
        lane.completed(*entry);
    }
}

Refusal Lanes::take_back(Commit& commit, std::optional<Refusal> reason) {
    for (Touch const& touch : commit.touches) {
        if (reason) break;
        Lane& lane = lane_of(touch.after->id);
        std::lock_guard const lock(lane.entry_lock);
        reason = lane.find(touch.after->id)->failure;
    }
    // One process writes, lane by lane, so only a commit that was built on a failed one can
    // conflict.
    if (!reason) broken("the store reports a conflict that no failed commit explains");
    for (Touch const& touch : commit.touches) {
        Lane& lane = lane_of(touch.after->id);
        std::lock_guard const lock(lane.entry_lock);
        Entry* const entry = lane.find(touch.after->id);
        entry->failure = reason;
        if (entry->lineage == touch.lineage) {
            if (entry->current != touch.after) ++entry->lineage;
            entry->current = touch.before;
        }
        lane.completed(*entry);
    }
    commit.failure = reason;
    return *reason;
}

} // namespace banjie::engine
