#pragma once
// Writes JSON straight into a text. Every command writes three of them (instance, event, reply),
// and through nlohmann's tree that cost eight times as much. All reading is nlohmann's.

#include "workflows/contract/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Commas are the writer's business, the order of calls is the caller's: within {} each value after
/// its name. Texts are valid UTF-8.
class JsonWriter {
public:
    explicit JsonWriter(std::size_t expected_bytes) : text_(expected_bytes, '\0') {}

    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    /// Of a member: a word of this program, nothing in it needs escaping.
    JsonWriter& name(std::string_view name);
    /// The same for a name that is data.
    JsonWriter& key(std::string_view key);
    JsonWriter& string(std::string_view value);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& time(workflows::Time value);
    JsonWriter& texts(workflows::Texts const& values);
    JsonWriter& value(workflows::Value const& value);
    /// Every field with its name; the braces are the caller's.
    JsonWriter& members(workflows::Fields const& fields);
    /// What is JSON already.
    JsonWriter& raw(std::string_view json);

    [[nodiscard]] std::string take() {
        text_.resize(size_);
        return std::move(text_);
    }

private:
    /// Where so many bytes more can be put; behind a comma where one is due.
    char* place_for(std::size_t bytes);
    void put(char character);
    void end_at(char const* end) { size_ = static_cast<std::size_t>(end - text_.data()); }

    std::string text_; // longer than what is written
    std::size_t size_ = 0;
    bool first_ = true;
};

} // namespace banjie::engine
