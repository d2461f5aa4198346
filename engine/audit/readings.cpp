#include "engine/audit/readings.hpp"

#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

namespace banjie::engine {

using nlohmann::json;

namespace {

std::string day_of(Time now) {
    constexpr std::size_t day_bytes = 10;
    return time_text(now).substr(0, day_bytes);
}

// A document keeps the numbers of all its events: one for each reader and day stays small. None has
// the id of an instance, whose events are those of its history alone.
DocumentChange change_of(Actor const& reader, std::string event, std::string const& said,
                         Time now) {
    return {.kind = "reading",
            .id = reader.user + ' ' + day_of(now),
            .expected_version = std::nullopt,
            .body = said,
            .event = std::move(event),
            .said = said,
            .about = reader.user};
}

} // namespace

Outcome<void> note_reading(Documents& documents, Caller const& reader, Reading const& reading,
                           Time now) {
    json said = {{"fields", reading.fields}, {"why", reading.why}};
    if (!reading.instance.empty()) said["instance"] = reading.instance;
    if (!reading.workflow.empty()) said["workflow"] = reading.workflow;
    auto const text = said.dump(-1, ' ', false, json::error_handler_t::replace);
    Caller by = reader;
    by.idempotency_key.clear(); // it is for what the reader asked, which may still be refused
    auto change = change_of(by, "read", text, now);
    change.place = reading.place;
    if (!reading.instance.empty()) change.about = reading.instance;
    return documents.write(by, {std::move(change)});
}

} // namespace banjie::engine
