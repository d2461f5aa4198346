#pragma once
// Writes JSON straight into a text. Every command writes three of them (instance, event, reply),
// and through nlohmann's tree that cost eight times as much. All reading is nlohmann's.

#include "workflows/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Commas are the writer's business, the order of calls is the caller's: within {} each value after
/// its name. Texts are valid UTF-8.
class JsonWriter {
public:
    explicit JsonWriter(std::size_t expected_bytes) { text_.reserve(expected_bytes); }

    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    /// Of a member: a word of this program, nothing in it needs escaping.
    JsonWriter& name(std::string_view name);
    JsonWriter& string(std::string_view value);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& time(workflows::Time value);
    JsonWriter& texts(workflows::Texts const& values);
    JsonWriter& value(workflows::Value const& value);
    /// Every field with its name; the braces are the caller's.
    JsonWriter& members(workflows::Fields const& fields);
    /// What is JSON already.
    JsonWriter& raw(std::string_view json);

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    void separate() {
        if (!first_) text_.push_back(',');
        first_ = false;
    }

    std::string text_;
    bool first_ = true;
};

} // namespace banjie::engine
