#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

json typed(char const* type) {
    return {{"type", type}};
}

json list_of(json items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}

json map_of(json values) {
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

json always(char const* value) {
    json schema = text;
    schema["const"] = value;
    return schema;
}

json schema(char const* name) {
    return reference_to("schemas", name);
}

json object(json properties, json const& optional) {
    json required = json::array();
    for (auto const& [name, value] : properties.items()) required.push_back(name);
    properties.update(optional);
    json object = {{"type", "object"}, {"additionalProperties", false}};
    object["properties"] = std::move(properties);
    if (!required.empty()) object["required"] = std::move(required);
    return object;
}

json page_of(char const* items) {
    return object({{"items", list_of(schema(items))}, {"next_cursor", cursor_or_null}});
}

} // namespace banjie::api::schemas
