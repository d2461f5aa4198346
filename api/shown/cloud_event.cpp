#include "api/shown/cloud_event.hpp"

#include "api/request/cursor.hpp"
#include "api/request/refusal_codes.hpp"

#include <nlohmann/json.hpp>

namespace banjie::api {

using nlohmann::json;

std::string cloud_event_text(engine::StreamEvent const& event) {
    auto data = json::parse(event.text, nullptr, false);
    if (!data.is_object()) data = json::object();
    data.erase("seen_by");
    json out = {{"specversion", "1.0"},
                {"id", std::to_string(event.seq)},
                {"source", "/banjie"},
                {"type", "banjie." + event.workflow + "." + data.value("type", "changed")},
                {"subject", event.subject},
                {"datacontenttype", "application/json"},
                {"cursor", cursor_of('e', event.seq)}};
    if (auto const at = data.find("at"); at != data.end()) out["time"] = *at;
    out["data"] = std::move(data);
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

engine::Outcome<std::uint64_t> position_of(std::string_view after,
                                           engine::EventStream const& stream) {
    if (after == "now") return stream.last_seq();
    auto const number = number_of_cursor('e', after);
    if (!number || *number <= stream.last_seq()) return number;
    return engine::Refusal{.code = "bad_cursor"_code,
                           .detail = "The cursor is ahead of the newest event.",
                           .help = "Start again without a cursor."};
}

} // namespace banjie::api
