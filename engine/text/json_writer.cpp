#include "engine/text/json_writer.hpp"

#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace banjie::engine {

using workflows::Fields;
using workflows::Texts;
using workflows::Time;
using workflows::Value;

namespace {

constexpr std::size_t word_bytes = 8;
constexpr std::uint64_t each_byte = 0x0101010101010101;

/// Returns whether one of the eight bytes is a control character, a quotation mark or a backslash.
/// Subtracting n from a byte below n borrows from its highest bit.
bool needs_escaping(std::uint64_t word) {
    auto const below = [](std::uint64_t bytes, unsigned n) {
        return (bytes - each_byte * n) & ~bytes;
    };
    auto const quotation = below(word ^ (each_byte * '"'), 1);
    auto const backslash = below(word ^ (each_byte * '\\'), 1);
    return ((below(word, 0x20) | quotation | backslash) & (each_byte * 0x80)) != 0;
}

bool needs_escaping(std::string_view text) {
    auto const word_at = [&text](std::size_t at, std::size_t bytes = word_bytes) {
        std::uint64_t word = each_byte * ' ';
        std::memcpy(&word, text.data() + at, bytes);
        return word;
    };
    if (text.empty()) return false;
    if (text.size() < word_bytes) return needs_escaping(word_at(0, text.size()));
    bool found = needs_escaping(word_at(text.size() - word_bytes));
    for (std::size_t at = 0; at + word_bytes < text.size(); at += word_bytes)
        found |= needs_escaping(word_at(at));
    return found;
}

char* copy_to(char* place, std::string_view text) {
    return std::copy(text.begin(), text.end(), place);
}

} // namespace

char* JsonWriter::place_for(std::size_t bytes) {
    if (text_.size() - size_ <= bytes) text_.resize(2 * text_.size() + bytes + 1);
    char* place = text_.data() + size_;
    if (!first_) *place++ = ',';
    first_ = false;
    return place;
}

void JsonWriter::put(char character) {
    char* place = place_for(1);
    *place++ = character;
    end_at(place);
}

JsonWriter& JsonWriter::open(char bracket) {
    put(bracket);
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    first_ = true; // no comma before it
    put(bracket);
    return *this;
}

JsonWriter& JsonWriter::name(std::string_view name) {
    char* place = place_for(name.size() + 3);
    *place++ = '"';
    place = copy_to(place, name);
    *place++ = '"';
    *place++ = ':';
    end_at(place);
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view key) {
    string(key);
    first_ = true; // no comma before the colon
    put(':');
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
    if (needs_escaping(value)) return raw(nlohmann::json(value).dump());
    char* place = place_for(value.size() + 2);
    *place++ = '"';
    place = copy_to(place, value);
    *place++ = '"';
    end_at(place);
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
    constexpr std::size_t most_digits = 20;
    char* place = place_for(most_digits);
    end_at(std::to_chars(place, place + most_digits, value).ptr);
    return *this;
}

JsonWriter& JsonWriter::time(Time value) {
    char* place = place_for(time_bytes + 2);
    *place++ = '"';
    place = write_time(place, value);
    *place++ = '"';
    end_at(place);
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
    end_at(copy_to(place_for(json.size()), json));
    return *this;
}

} // namespace banjie::engine
