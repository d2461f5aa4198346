#pragma once
// Where the commands of one instance meet. An instance belongs to one of 256 lanes (its partition);
// a command holds the lanes of all instances that it moves while it decides and hands its batch to
// the store, so commands of one instance run, and are committed, one after another.
//
// A lane also caches instances, each as it is `durable` (what reads see) and as it is `current`
// (what the next command builds on: commits that are not durable yet included). What waits for the
// disk is pinned; the rest is forgotten, least recently used first.
//
// Two locks per lane: the order lock is held across rules and `Store::commit`; the entry lock
// guards the cache, is held for moments only, and never while the store is called. So reads and
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

/// What a commit under way does to one instance.
struct Touch {
    InstancePointer before; // nullptr: the commit creates it
    InstancePointer after;
    IndexEntry entry;          // of `after`, into which it looks
    std::uint64_t lineage = 0; // set by `install`
};

/// A batch on its way to the store.
struct Commit {
    std::vector<Touch> touches;     // one per instance
    std::optional<Refusal> failure; // set when it has failed; read after it has completed
};

/// Distinct lanes in the order in which they are locked.
class LaneSet {
public:
    /// False: it was there already.
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

    /// Instances of before numbers were kept get theirs from there when they are read.
    void number_with(std::function<std::string(std::string_view id)> number_of) {
        number_of_ = std::move(number_of);
    }
    ~Lanes();

    /// Holds the order locks of a set of lanes as long as it lives.
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
        InstancePointer instance;               // nullptr: there is none
        std::shared_ptr<Commit const> leans_on; // the last commit in it; nullptr: durable
    };
    /// What the next command builds on. The caller holds the instance's lane.
    [[nodiscard]] Outcome<Current> current(std::string_view id);

    /// What reads see; nullptr: there is none.
    [[nodiscard]] Outcome<InstancePointer> durable(std::string_view id);
    /// In the order asked.
    [[nodiscard]] Outcome<std::vector<InstancePointer>>
    durable_all(std::span<std::string const> ids);

    /// Makes every `after` current, or nothing when a failed predecessor has meanwhile taken back
    /// a `before`: then decide again. The caller holds the lanes, and commits before it lets go.
    [[nodiscard]] bool install(std::shared_ptr<Commit> const& commit);
    /// The commit is durable. Called in commit order.
    void settle(Commit const& commit);
    /// The commit has failed: takes it back, and remembers why for those that were built on it.
    /// Gives the reason: for a conflict, that of the predecessor.
    [[nodiscard]] Refusal take_back(Commit& commit, std::optional<Refusal> reason);

private:
    [[nodiscard]] Lane& lane_of(std::string_view id);
    [[nodiscard]] Outcome<InstancePointer> read(std::string_view id);
    [[nodiscard]] InstancePointer
    read_back(std::optional<storage::InstanceRecord> const& record) const;

    storage::Store& store_;
    std::function<std::string(std::string_view id)> number_of_;
    std::unique_ptr<std::array<Lane, storage::partition_count>> lanes_;
};

} // namespace banjie::engine
