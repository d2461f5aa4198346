#pragma once
// Loading of the index at start-up. Several threads each read a share of the store into columns;
// then rows are numbered by age and every structure is built once, from sorted input. Private to
// the index.

#include "engine/index/index_table.hpp"

namespace banjie::engine {

/// Fills an empty table with all instances of the store. Refuses like `InstanceIndex::load`.
[[nodiscard]] Outcome<void> load_index(InstanceIndex::Table& table, storage::Store& store,
                                       unsigned threads);

} // namespace banjie::engine
