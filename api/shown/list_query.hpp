#pragma once
// The filters of a list, read from the query of a request.

#include "api/request/http.hpp"
#include "engine/index/instance_index.hpp"

#include <string_view>

namespace banjie::api {

/// "round=5&state=handling,reviewing&mine=true&sort=-due" → a query of that workflow. Values that
/// cannot be read are refused as `invalid`; unknown codes are the index's to find.
[[nodiscard]] engine::Outcome<engine::ListQuery> read_list_query(Request const& request,
                                                                 std::string_view workflow);

} // namespace banjie::api
