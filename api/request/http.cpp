#include "api/request/http.hpp"

namespace banjie::api {

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    for (auto const& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

} // namespace banjie::api
