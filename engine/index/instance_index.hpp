#pragma once
// The index over all instances: one covering entry each, kept in the store in the same batch as its
// instance, and here in memory as columns and compressed bitmaps, so that every filter and every
// count of the design is an intersection and nobody reads more than they are shown.
//
// Thread-safe. It learns of an instance only when that is durable: lists are never behind a reply.

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

enum class Sort { created, updated, due }; // created: in the order in which they came

struct Happened {
    std::string moment; // a name that the workflow declares
    DaySpan days;
};

/// Everything that a list can be narrowed by; an absent filter admits all. Several values of one
/// filter are alternatives.
struct ListQuery {
    std::string workflow;
    Texts state, stage; // of the main region of the machine
    Filters where;      // of a tag that is a region: it and all below it
    std::string unit;   // in a tag of a handling unit
    Texts mark;         // names that the workflow declares
    std::optional<Happened> happened;
    bool mine = false; // whose turn it is, is the actor (Workflow::waits_for)
    std::string q;     // an id, a number, its last digits, or words that are all in the title; of
                       // titles the newest limits::searched_titles that fit the rest are read
    Sort sort = Sort::created;
    bool descending = true;
    std::size_t limit = 50;
    std::string cursor; // opaque, from the page before
};

struct ListPage {
    std::vector<std::string> ids;
    std::string next_cursor; // empty: the last page
    std::uint64_t total = 0; // of the whole list
};

/// What waits for an actor, over all workflows.
struct WorkPage {
    ListPage page; // the earliest due first, then what nobody has touched for longest
    std::vector<std::pair<std::string, std::uint64_t>> by_workflow; // those with any
};

class InstanceIndex {
public:
    struct Table; // the inside
    explicit InstanceIndex(Workflows const& workflows);
    ~InstanceIndex();

    /// Takes in all that a store has, once, at start-up, on that many threads. Entries of an
    /// earlier format, or made under another declaration, are made again and replaced. Instances
    /// without a number get theirs, in the order in which they were created. Refused as
    /// `unavailable` when an entry does not read as one.
    [[nodiscard]] Outcome<void> load(storage::Store& store, unsigned threads);

    /// Takes in a durable instance with its entry; `before` is what it was, nullptr for a new one.
    void put(Instance const* before, std::string_view id, IndexEntry const& entry);

    /// Whether it is there and the actor may see it. The same steps are taken for what is absent
    /// and for what is hidden, so that time does not tell them apart.
    [[nodiscard]] bool sees(Actor const& actor, std::string_view workflow,
                            std::string_view id) const;

    /// Returns how many instances of a workflow the actor may see; 0 for one that is unknown.
    [[nodiscard]] std::uint64_t visible(Actor const& actor, std::string_view workflow) const;
    /// Refused as `invalid` for a bad cursor, limit (1…200) or unknown name.
    [[nodiscard]] Outcome<ListPage> list(Actor const& actor, ListQuery const& query) const;
    /// Refused likewise.
    [[nodiscard]] Outcome<WorkPage> work(Actor const& actor, std::size_t limit,
                                         std::string_view cursor) const;
    /// Both refused as `invalid` for an unknown workflow, tag or group.
    [[nodiscard]] Outcome<std::vector<Figures>> statistics(Actor const& actor,
                                                           StatisticsQuery const& query) const;
    /// Figures of each of the periods, which follow one another; `query.group_by` says nothing
    /// here.
    [[nodiscard]] Outcome<std::vector<TrendFigures>>
    trend(Actor const& actor, StatisticsQuery const& query,
          std::vector<DaySpan> const& periods) const;

    /// Returns the number of an instance; empty if it has none.
    [[nodiscard]] std::string number_of(std::string_view id) const;
    /// Returns the id of the instance that the text is the number of, if the actor may see it; else
    /// the text.
    [[nodiscard]] std::string id_named(Actor const& actor, std::string_view text) const;
    /// Calls `tell` with every prefix of numbers and the highest that is counted under it.
    void each_highest_number(
        std::function<void(std::string_view prefix, std::uint32_t counted)> const& tell) const;

    /// Ids of all instances of a workflow of which there are few.
    [[nodiscard]] Texts all_of(std::string_view workflow) const;
    /// Counts the instances with that value of a tag that are neither private nor finished.
    [[nodiscard]] std::int64_t unfinished(std::string_view workflow, std::string_view tag,
                                          std::string_view value) const;
    /// Ids whose wake time is at or before `now`, earliest first, at most `limit`; and the next
    /// time.
    [[nodiscard]] std::pair<Texts, std::optional<Time>> due(Time now, std::size_t limit) const;

    [[nodiscard]] std::uint64_t size() const;

private:
    std::unique_ptr<Table> table_;
};

} // namespace banjie::engine
