#include "engine/json_writer.hpp"

#include "engine/json_text.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>

namespace banjie::engine {

using workflows::Fields;
using workflows::Texts;
using workflows::Time;
using workflows::Value;

namespace {

/// Looks at every character whatever the first ones are: so the compiler takes many at a time.
bool needs_escaping(std::string_view text) {
    bool found = false;
    for (char const character : text)
        found |=
            static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
    return found;
}

} // namespace

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    text_.push_back(bracket);
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    text_.push_back(bracket);
    first_ = false;
    return *this;
}

JsonWriter& JsonWriter::name(std::string_view name) {
    separate();
    text_.append(1, '"').append(name).append("\":");
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
    separate();
    if (needs_escaping(value))
        text_.append(nlohmann::json(value).dump());
    else
        text_.append(1, '"').append(value).append(1, '"');
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
    separate();
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.begin(), digits.end(), value).ptr;
    text_.append(digits.begin(), end);
    return *this;
}

JsonWriter& JsonWriter::time(Time value) {
    separate();
    text_.push_back('"');
    append_time(text_, value);
    text_.push_back('"');
    return *this;
}

JsonWriter& JsonWriter::texts(Texts const& values) {
    open('[');
    for (auto const& value : values) string(value);
    return close(']');
}

JsonWriter& JsonWriter::value(Value const& value) {
    struct Put {
        JsonWriter& writer;
        JsonWriter& operator()(std::monostate) const { return writer.raw("null"); }
        JsonWriter& operator()(bool held) const { return writer.raw(held ? "true" : "false"); }
        JsonWriter& operator()(std::int64_t held) const { return writer.integer(held); }
        JsonWriter& operator()(Time held) const { return writer.time(held); }
        JsonWriter& operator()(std::string const& held) const { return writer.string(held); }
        JsonWriter& operator()(Texts const& held) const { return writer.texts(held); }
    };
    return std::visit(Put{*this}, value);
}

JsonWriter& JsonWriter::members(Fields const& fields) {
    for (auto const& [field, held] : fields) name(field).value(held);
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    text_.append(json);
    return *this;
}

} // namespace banjie::engine
