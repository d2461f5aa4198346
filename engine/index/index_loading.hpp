#pragma once
// The index at start-up: the store is read by several threads, each a share of it into columns;
// then rows are numbered by age and everything is built once, sorted. Inside of the index.

#include "engine/index/index_table.hpp"

namespace banjie::engine {

/// Fills an empty table from all that the store has. Refused as `InstanceIndex::load` is.
[[nodiscard]] Outcome<void> load_index(InstanceIndex::Table& table, storage::Store& store,
                                       unsigned threads);

} // namespace banjie::engine
