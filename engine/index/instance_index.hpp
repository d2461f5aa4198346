#pragma once
// The index over all instances. Each has one covering entry, stored in the same batch as the
// instance, and is kept in memory as columns and compressed bitmaps. So every filter and every
// count is an intersection, and nobody reads more than they may see.
//
// Thread-safe. An instance is indexed only once it is durable, and before its caller is answered,
// so lists are never behind a reply.

#include "engine/command.hpp"
#include "engine/index/figures.hpp"
#include "engine/index/index_entry.hpp"
#include "engine/index/moments.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/rules/workflow_list.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banjie::storage {
class Store;
}

namespace banjie::engine {

enum class Sort { created, updated, due }; // created: in order of creation

struct Happened {
    std::string moment; // declared by the workflow
    DaySpan days;
};

/// All filters of a list; an absent filter admits everything. Several values of one filter are
/// alternatives.
struct ListQuery {
    std::string workflow;
    Texts state, stage; // of the main region of the machine
    Filters where;      // a tag that is a region matches it and all regions below it
    std::string unit;   // in a tag of a handling unit
    Texts mark;         // declared by the workflow
    std::optional<Happened> happened;
    bool mine = false; // only instances that wait for the actor (Workflow::waits_for)
    std::string q;     // an id, a number, its last digits, or words that are all in the title; of
                       // titles the newest limits::searched_titles that fit the rest are read
    Sort sort = Sort::created;
    bool descending = true;
    std::size_t limit = 50;
    std::string cursor; // opaque, from the previous page
};

struct ListPage {
    std::vector<std::string> ids;
    std::string next_cursor; // empty: the last page
    std::uint64_t total = 0; // of the whole list
};

/// The instances that wait for an actor, over all workflows.
struct WorkPage {
    ListPage page; // earliest due first, then longest untouched
    std::vector<std::pair<std::string, std::uint64_t>> by_workflow; // only those with any
};

class InstanceIndex {
public:
    struct Table; // private
    explicit InstanceIndex(Workflows const& workflows);
    ~InstanceIndex();

    /// Loads all instances of a store, once, at start-up, on that many threads. Entries of an
    /// earlier format, or made under another declaration, are built again and replaced. Instances
    /// without a number get one, in the order in which they were created. Refuses with
    /// `unavailable` if an entry cannot be decoded.
    [[nodiscard]] Outcome<void> load(storage::Store& store, unsigned threads);

    /// Indexes a durable instance with its entry. `before` is its previous version, or nullptr for
    /// a new instance.
    void put(Instance const* before, std::string_view id, IndexEntry const& entry);

    /// Returns whether the instance exists and the actor may see it. Takes the same steps for
    /// absent and for hidden instances, so that timing does not distinguish them.
    [[nodiscard]] bool sees(Actor const& actor, std::string_view workflow,
                            std::string_view id) const;

    /// Returns how many instances of a workflow the actor may see; 0 if the workflow is unknown.
    [[nodiscard]] std::uint64_t visible(Actor const& actor, std::string_view workflow) const;
    /// Returns a page of a list. Refuses with `invalid` for a bad cursor, limit (1…200) or unknown
    /// name.
    [[nodiscard]] Outcome<ListPage> list(Actor const& actor, ListQuery const& query) const;
    /// Returns a page of the actor's work. Refuses with `invalid` for a bad cursor or limit.
    [[nodiscard]] Outcome<WorkPage> work(Actor const& actor, std::size_t limit,
                                         std::string_view cursor) const;
    /// Returns the figures of each group. Like `trend`, refuses with `invalid` for an unknown
    /// workflow, tag or group.
    [[nodiscard]] Outcome<std::vector<Figures>> statistics(Actor const& actor,
                                                           StatisticsQuery const& query) const;
    /// Returns the figures of each of the periods, which must be consecutive. Ignores
    /// `query.group_by`.
    [[nodiscard]] Outcome<std::vector<TrendFigures>>
    trend(Actor const& actor, StatisticsQuery const& query,
          std::vector<DaySpan> const& periods) const;

    /// Returns the number of an instance; empty if it has none.
    [[nodiscard]] std::string number_of(std::string_view id) const;
    /// Returns the id of the instance with this number if the actor may see it. Otherwise returns
    /// the text itself.
    [[nodiscard]] std::string id_named(Actor const& actor, std::string_view text) const;
    /// Calls `tell` with every prefix of numbers and the highest that is counted under it.
    void each_highest_number(
        std::function<void(std::string_view prefix, std::uint32_t counted)> const& tell) const;

    /// Returns the ids of all instances of a workflow. For workflows with few instances.
    [[nodiscard]] Texts all_of(std::string_view workflow) const;
    /// Counts the instances with that value of a tag that are neither private nor finished.
    [[nodiscard]] std::int64_t unfinished(std::string_view workflow, std::string_view tag,
                                          std::string_view value) const;
    /// Returns the ids whose wake time is at or before `now`, earliest first, at most `limit`; and
    /// the time of the next wake.
    [[nodiscard]] std::pair<Texts, std::optional<Time>> due(Time now, std::size_t limit) const;

    [[nodiscard]] std::uint64_t size() const;

private:
    std::unique_ptr<Table> table_;
};

} // namespace banjie::engine
