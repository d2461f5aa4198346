#include "api/files/office_parts.hpp"

namespace banjie::api {

namespace {

constexpr std::string_view signature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
constexpr std::size_t record_bytes = 128, name_bytes = 64;
constexpr std::size_t name_length_at = 64, kind_at = 66;
constexpr char last_kind = 5; // 1 a storage, 2 a stream, 5 the root

/// Returns the name of a record, or an empty text if these bytes are not a record.
std::string name_in(std::string_view record) {
    auto const byte = [record](std::size_t at) { return static_cast<unsigned char>(record[at]); };
    auto const bytes = std::size_t{byte(name_length_at)} | std::size_t{byte(name_length_at + 1)}
                                                               << 8U;
    bool const is_record = record[kind_at] > 0 && record[kind_at] <= last_kind;
    if (!is_record || bytes < 4 || bytes > name_bytes || bytes % 2 != 0) return {};
    if (byte(bytes - 2) != 0 || byte(bytes - 1) != 0) return {};
    std::string name;
    for (std::size_t at = 0; at + 2 < bytes; at += 2) // UTF-16, the low byte first
        name += byte(at + 1) == 0 && byte(at) < 0x7f ? static_cast<char>(byte(at)) : '?';
    return name;
}

} // namespace

bool is_compound_file(std::string_view bytes) {
    return bytes.starts_with(signature);
}

std::vector<std::string> compound_file_names(std::string_view bytes) {
    std::vector<std::string> names;
    for (std::size_t at = record_bytes; at + record_bytes <= bytes.size(); at += record_bytes)
        if (auto name = name_in(bytes.substr(at, record_bytes)); !name.empty())
            names.push_back(std::move(name));
    return names;
}

} // namespace banjie::api
