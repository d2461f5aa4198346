#pragma once
// Building blocks of schemas. Objects are closed.

#include "api/description/schemas.hpp"

namespace banjie::api::schemas {

using nlohmann::json;

[[nodiscard]] json typed(char const* type);

inline json const text = typed("string");
inline json const integer = typed("integer");
inline json const boolean = typed("boolean");
inline json const moment = {{"type", "string"}, {"format", "date-time"}};
inline json const date = {{"type", "string"}, {"format", "date"}};
inline json const cursor_or_null = {{"type", {"string", "null"}}};

[[nodiscard]] json list_of(json items);
[[nodiscard]] json map_of(json values);
[[nodiscard]] json always(char const* value);
/// Returns a reference to the schema of that name.
[[nodiscard]] json schema(char const* name);
/// Returns an object that always has the first properties, and may have the others.
[[nodiscard]] json object(json properties, json const& optional = json::object());
[[nodiscard]] json page_of(char const* items);

[[nodiscard]] json one_of(auto const& names) {
    json schema = text;
    schema["enum"] = names;
    return schema;
}

} // namespace banjie::api::schemas
