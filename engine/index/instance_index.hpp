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

#include <cstdint>
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
    Moment moment = Moment::reported;
    DaySpan days;
};

/// Everything that a list can be narrowed by; an absent filter admits all. Several values of one
/// filter are alternatives.
struct ListQuery {
    std::string workflow = "problem";
    Texts state, stage, light, supervision, category, source;
    std::optional<std::int64_t> round;
    std::string region; // and all below it
    std::string unit;   // leads or co-handles
    std::string lead_unit;
    Texts outcome; // names of index_entry.hpp
    std::optional<Happened> happened;
    bool mine = false; // whose turn it is, is the actor (Workflow::waits_for)
    std::string q;     // words that all stand in the title, or the id; looked for in the newest
                       // limits::searched_titles that fit the rest
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

class InstanceIndex {
public:
    struct Table; // the inside
    InstanceIndex();
    ~InstanceIndex();

    /// Takes in all that a store has, once, at start-up, on that many threads. Refused as
    /// `unavailable` when an entry does not read as one.
    [[nodiscard]] Outcome<void> load(storage::Store& store, unsigned threads);

    /// Takes in a durable instance with its entry; `before` is what it was, nullptr for a new one.
    void put(Instance const* before, std::string_view id, IndexEntry const& entry);

    /// Whether it is there and the actor may see it. The same steps are taken for what is absent
    /// and for what is hidden, so that time does not tell them apart.
    [[nodiscard]] bool sees(Actor const& actor, std::string_view workflow,
                            std::string_view id) const;

    /// Refused as `invalid` for a bad cursor, limit (1…200) or unknown name.
    [[nodiscard]] Outcome<ListPage> list(Actor const& actor, ListQuery const& query) const;
    [[nodiscard]] std::vector<Figures> statistics(Actor const& actor,
                                                  StatisticsQuery const& query) const;
    /// Figures of each of the periods, which follow one another; `query.group_by` says nothing
    /// here.
    [[nodiscard]] std::vector<TrendFigures> trend(Actor const& actor, StatisticsQuery const& query,
                                                  std::vector<DaySpan> const& periods) const;

    /// Ids of all instances of a workflow of which there are few.
    [[nodiscard]] Texts all_of(std::string_view workflow) const;
    /// How many problems of a round are not finished.
    [[nodiscard]] std::int64_t unfinished_in_round(std::int64_t number) const;
    /// Ids whose wake time is at or before `now`, earliest first, at most `limit`; and the next
    /// time.
    [[nodiscard]] std::pair<Texts, std::optional<Time>> due(Time now, std::size_t limit) const;

    [[nodiscard]] std::uint64_t size() const;

private:
    std::unique_ptr<Table> table_;
};

} // namespace banjie::engine
