#pragma once
// The filters of a list, read from the query of a request.

#include "api/request/http.hpp"
#include "engine/index/instance_index.hpp"

#include <string_view>
#include <vector>

namespace banjie::api {

/// "round=5&state=handling,reviewing&mine=true&sort=-due" → a query of that workflow. Values that
/// cannot be read are refused as `invalid`; unknown codes are the index's to find.
[[nodiscard]] engine::Outcome<engine::ListQuery> read_list_query(Request const& request,
                                                                 engine::Workflow const& workflow);

/// Returns what the query asks of the workflow's tags.
[[nodiscard]] engine::Outcome<engine::Filters> read_tags(Request const& request,
                                                         engine::Workflow const& workflow);

/// Returns the names of the parameters by which lists of this workflow are filtered beside those
/// that every list has: its tags, and the regions of its machine beside the main one.
[[nodiscard]] std::vector<std::string_view> filters_of(engine::Workflow const& workflow);
/// Returns its tags alone: what figures are filtered by.
[[nodiscard]] std::vector<std::string_view> tags_of(engine::Workflow const& workflow);

} // namespace banjie::api
