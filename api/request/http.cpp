#include "api/request/http.hpp"

#include "engine/documents/attachment_files.hpp"

namespace banjie::api {

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    for (auto const& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

std::uint64_t Response::body_bytes() const {
    return file ? file->size() : body.size();
}

} // namespace banjie::api
