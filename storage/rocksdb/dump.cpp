#include "storage/rocksdb/database.hpp"

#include <nlohmann/json.hpp>
#include <rocksdb/db.h>
#include <sodium.h>

namespace banjie::storage {

using nlohmann::json;

namespace {

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back(); // the closing zero
    return text;
}

/// Returns a JSON body as it is, any other as {"base64": …}.
json body_json(std::string_view body) {
    auto parsed = json::parse(body, nullptr, false);
    if (!parsed.is_discarded()) return parsed;
    return {{"base64", base64(body)}};
}

json record_json(std::string_view key, std::string_view value) {
    std::string const name(key.substr(2));
    switch (static_cast<layout::Kind>(key[1])) {
    case layout::Kind::instance:
        if (auto const record = layout::read_instance(value))
            return {{"table", "instance"},
                    {"id", name},
                    {"version", record->version},
                    {"seqs", record->seqs},
                    {"body", body_json(record->body)}};
        break;
    case layout::Kind::index:
        return {{"table", "index"}, {"id", name}, {"body", base64(value)}};
    case layout::Kind::document:
        if (auto const record = layout::read_document(value)) {
            auto const zero = name.find('\0');
            return {{"table", "document"},
                    {"kind", name.substr(0, zero)},
                    {"id", name.substr(zero + 1)},
                    {"version", record->version},
                    {"present", record->present},
                    {"seqs", record->seqs},
                    {"body", body_json(record->body)}};
        }
        break;
    case layout::Kind::reply:
        if (auto const reply = layout::read_reply(value))
            return {{"table", "reply"},
                    {"id", base64(name)},
                    {"expires_at_ms", reply->first},
                    {"body", body_json(reply->second)}};
        break;
    case layout::Kind::meta:
        return {{"table", "meta"}, {"id", name}, {"body", base64(value)}};
    case layout::Kind::sealed:
    case layout::Kind::erased:
        if (auto const number = layout::read_key_number(key))
            return {{"table", key[1] == 'P' ? "sealed" : "erased"},
                    {"key", *number},
                    {"field", name.substr(8)},
                    {"body", base64(value)}};
        break;
    }
    return {{"table", "unreadable"}, {"key", base64(key)}, {"body", base64(value)}};
}

} // namespace

Result<void> dump_store(std::string const& directory,
                        std::function<void(std::string_view line)> const& out) {
    auto const database = Database::open_for_reading(directory);
    if (!database) return database.error();
    auto const write = [&out](json const& line) {
        out(line.dump(-1, ' ', false, json::error_handler_t::replace));
        return true;
    };
    auto dumped = (*database)->scan(
        "", [&](auto key, auto value) { return key.size() < 2 || write(record_json(key, value)); });
    if (!dumped) return dumped;
    return (*database)->scan_events(1, [&](auto key, auto value) {
        auto const place = layout::read_event_key(key);
        auto const event = layout::read_event(value);
        if (!place || !event)
            return write({{"table", "unreadable"}, {"key", base64(key)}, {"body", base64(value)}});
        std::string_view const hash(reinterpret_cast<char const*>(event->hash.data()),
                                    event->hash.size());
        return write({{"table", "event"},
                      {"seq", place->first},
                      {"partition", place->second},
                      {"id", event->subject},
                      {"hash", base64(hash)},
                      {"body", body_json(event->body)}});
    });
}

} // namespace banjie::storage
