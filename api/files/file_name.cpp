#include "api/files/file_name.hpp"

#include "api/limits.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "engine/text/characters.hpp"

#include <algorithm>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace banjie::api {

using engine::Outcome;
using engine::Refusal;

namespace {

constexpr std::string_view device_names[] = {
    "con",  "prn",  "aux",  "nul",  "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};

Refusal refused(std::string_view why) {
    return invalid_field("name", "wrong_value"_code, "The file name " + std::string(why));
}

/// Returns whether the text has control characters or characters that change how the rest is read.
/// `text` must be valid UTF-8.
bool hides_something(std::string const& text) {
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    auto const size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 character = 0;
        U8_NEXT(bytes, at, size, character);
        auto const kind = u_charType(character);
        if (kind == U_FORMAT_CHAR || kind == U_CONTROL_CHAR || kind == U_LINE_SEPARATOR ||
            kind == U_PARAGRAPH_SEPARATOR || kind == U_UNASSIGNED || kind == U_PRIVATE_USE_CHAR)
            return true;
    }
    return false;
}

/// Returns the text after the last dot, in small letters; empty if there is no dot.
std::string ending_of(std::string const& name) {
    auto const dot = name.rfind('.');
    return dot == std::string::npos ? "" : engine::in_small_letters(name.substr(dot + 1));
}

/// Returns whether the text is short and of ASCII letters and digits: "1.2 km of road" has no
/// ending.
bool is_ending(std::string_view text) {
    constexpr std::size_t longest = 8;
    return !text.empty() && text.size() <= longest &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

} // namespace

Outcome<void> check_name(std::string const& name) {
    auto const length = engine::characters_of(name);
    if (!length || *length < 1 || *length > limits::file_name_characters)
        return refused("does not have 1 to " + std::to_string(limits::file_name_characters) +
                       " characters.");
    if (name.find_first_of("/\\:*?\"<>|") != std::string::npos)
        return refused("has characters that some systems do not allow in one.");
    if (hides_something(name)) return refused("has invisible characters.");
    if (name.front() == '.' || name.back() == '.' || name.back() == ' ')
        return refused("begins with a dot, or ends with a dot or a space.");
    auto const stem = engine::in_small_letters(name.substr(0, name.find('.')));
    if (std::find(std::begin(device_names), std::end(device_names), stem) != std::end(device_names))
        return refused("is the name of a device on some systems.");
    auto const ending = ending_of(name);
    bool const is_letters =
        std::any_of(ending.begin(), ending.end(), [](char c) { return c > '9'; });
    if (is_ending(ending) && is_letters && !is_known_ending(ending))
        return refused("has the ending of a kind of file that cannot be attached.");
    return boost::system::in_place_value;
}

Outcome<std::string> fitting_name(std::string name, FileType const& type) {
    if (auto checked = check_name(name); !checked) return checked.error();
    auto const ending = ending_of(name);
    if (type.has_ending(ending)) return name;
    if (is_known_ending(ending)) name.resize(name.size() - ending.size() - 1);
    name.append(".").append(type.endings.front());
    return name;
}

} // namespace banjie::api
