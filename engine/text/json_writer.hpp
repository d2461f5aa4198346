#pragma once
// Direct writer of JSON text. Every command writes three such texts (instance, event, reply), and
// nlohmann's tree took eight times as long. All reading uses nlohmann.

#include "workflows/contract/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Writer of one JSON text. It inserts commas; the caller keeps the order: within {}, each value
/// after its name. Texts must be valid UTF-8.
class JsonWriter {
public:
    explicit JsonWriter(std::size_t expected_bytes) : text_(expected_bytes, '\0') {}

    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    /// Writes a member name that is a literal and needs no escaping.
    JsonWriter& name(std::string_view name);
    /// Writes a member name that comes from data. Escapes it.
    JsonWriter& key(std::string_view key);
    JsonWriter& string(std::string_view value);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& time(workflows::Time value);
    JsonWriter& texts(workflows::Texts const& values);
    JsonWriter& value(workflows::Value const& value);
    /// Writes every field with its name. The caller writes the braces.
    JsonWriter& members(workflows::Fields const& fields);
    /// Writes text that is already JSON.
    JsonWriter& raw(std::string_view json);

    [[nodiscard]] std::string take() {
        text_.resize(size_);
        return std::move(text_);
    }

private:
    /// Returns a place for so many more bytes, after a comma if one is needed.
    char* place_for(std::size_t bytes);
    void put(char character);
    void end_at(char const* end) { size_ = static_cast<std::size_t>(end - text_.data()); }

    std::string text_; // longer than the text
    std::size_t size_ = 0;
    bool first_ = true;
};

} // namespace banjie::engine
