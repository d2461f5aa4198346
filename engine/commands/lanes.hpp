#pragma once
// Lanes serialise the commands of one instance. An instance belongs to one of 256 lanes (its
// partition). While a command decides and hands its batch to the store, it holds the lanes of all
// instances that it changes. So the commands of one instance run, and are committed, one after
// another.
//
// A lane also caches instances, each as it is `durable` (the version that reads return) and as it
// is `current` (the version that the next command builds on, which includes commits that are not
// durable yet). Entries with pending commits are pinned; the rest are evicted, least recently used
// first.
//
// Each lane has two locks. The order lock is held across rules and `Store::commit`. The entry lock
// guards the cache; it is held only briefly, and never during a call of the store. So reads and
// completions never wait for a command.

#include "engine/command.hpp"
#include "engine/index/index_entry.hpp"
#include "storage/store.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace banjie::engine {

using InstancePointer = std::shared_ptr<Instance const>;
using LaneNumber = storage::Partition;

/// The change that an in-flight commit makes to one instance.
struct Touch {
    InstancePointer before; // nullptr: the commit creates it
    InstancePointer after;
    IndexEntry entry;          // of `after`; views into it
    std::uint64_t lineage = 0; // set by `install`
};

/// A batch that is in flight to the store.
struct Commit {
    std::vector<Touch> touches;     // one per instance
    std::optional<Refusal> failure; // set if it failed; read after completion
};

/// Set of distinct lanes, in the order in which they are locked.
class LaneSet {
public:
    /// Returns false if the lane was already in the set.
    bool add(LaneNumber lane);
    [[nodiscard]] bool has(LaneNumber lane) const;
    [[nodiscard]] auto begin() const { return lanes_.begin(); }
    [[nodiscard]] auto end() const { return lanes_.end(); }
    [[nodiscard]] bool empty() const { return lanes_.empty(); }
    void clear() { lanes_.clear(); }

private:
    std::vector<LaneNumber> lanes_;
};

class Lanes {
    struct Lane;

public:
    explicit Lanes(storage::Store& store);

    /// Sets the completion of instances that earlier programs stored in another form. It is called
    /// when they are read.
    void complete_with(std::function<void(Instance&)> complete) { complete_ = std::move(complete); }
    ~Lanes();

    /// Guard that holds the order locks of a set of lanes while it lives.
    class Hold {
    public:
        Hold(Lanes& lanes, LaneSet const& set);
        ~Hold();
        Hold(Hold const&) = delete;
        Hold& operator=(Hold const&) = delete;

    private:
        Lanes& lanes_;
        LaneSet const set_;
    };

    struct Current {
        InstancePointer instance;               // nullptr: does not exist
        std::shared_ptr<Commit const> leans_on; // the last commit in it; nullptr: durable
    };
    /// Returns the state that the next command builds on. The caller holds the instance's lane.
    [[nodiscard]] Outcome<Current> current(std::string_view id);

    /// Returns the state that reads see, or nullptr if there is no such instance.
    [[nodiscard]] Outcome<InstancePointer> durable(std::string_view id);
    /// Returns the durable states in the order of `ids`.
    [[nodiscard]] Outcome<std::vector<InstancePointer>>
    durable_all(std::span<std::string const> ids);

    /// Makes every `after` current. Returns false, and changes nothing, if a failed predecessor has
    /// meanwhile rolled back a `before`; the caller then decides again. The caller holds the lanes,
    /// and commits before it releases them.
    [[nodiscard]] bool install(std::shared_ptr<Commit> const& commit);
    /// Marks the commit as durable. Called in commit order.
    void settle(Commit const& commit);
    /// Rolls back a failed commit, and stores the reason for the commits that were built on it.
    /// Returns the reason; for a conflict, that of the predecessor.
    [[nodiscard]] Refusal take_back(Commit& commit, std::optional<Refusal> reason);

private:
    [[nodiscard]] Lane& lane_of(std::string_view id);
    [[nodiscard]] Outcome<InstancePointer> read(std::string_view id);
    [[nodiscard]] InstancePointer
    read_back(std::optional<storage::InstanceRecord> const& record) const;

    storage::Store& store_;
    std::function<void(Instance&)> complete_;
    std::unique_ptr<std::array<Lane, storage::partition_count>> lanes_;
};

} // namespace banjie::engine
