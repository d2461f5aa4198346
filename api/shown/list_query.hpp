#pragma once
// Filters of a list, parsed from the query of a request.

#include "api/request/http.hpp"
#include "engine/index/instance_index.hpp"

#include <string_view>
#include <vector>

namespace banjie::api {

/// Parses "round=5&state=handling,reviewing&mine=true&sort=-due" into a query of that workflow.
/// Refuses unreadable values with `invalid`. Unknown codes are left to the index.
[[nodiscard]] engine::Outcome<engine::ListQuery> read_list_query(Request const& request,
                                                                 engine::Workflow const& workflow);

/// Returns the query's filters by tags of the workflow.
[[nodiscard]] engine::Outcome<engine::Filters> read_tags(Request const& request,
                                                         engine::Workflow const& workflow);

/// Returns the names of the parameters by which lists of this workflow can be filtered, beside
/// those of every list: its tags, and the regions of its machine beside the main one.
[[nodiscard]] std::vector<std::string_view> filters_of(engine::Workflow const& workflow);
/// Returns only its tags, by which figures can be filtered.
[[nodiscard]] std::vector<std::string_view> tags_of(engine::Workflow const& workflow);

} // namespace banjie::api
