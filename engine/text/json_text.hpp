#pragma once
// The JSON forms of fields, instances and events, in the store and on the wire alike. Times are
// written as in time_text.hpp. Names that end in `_at` or `until` are times; see
// workflows/contract/value.hpp.

#include "engine/command.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

[[nodiscard]] nlohmann::json to_json(Value const& value);
[[nodiscard]] nlohmann::json to_json(Fields const& fields);
[[nodiscard]] nlohmann::json to_json(Event const& event);

/// Writes an object with a member for each field.
[[nodiscard]] std::string fields_text(Fields const& fields);
/// Writes an instance as it is stored:
/// {"id","workflow","number"?,"version","state","states","stage","facts":{…},"wake"?,"created_at",
/// "updated_at"}
/// Reading text of another form ends the process.
[[nodiscard]] std::string instance_text(Workflow const& workflow, Instance const& instance);
[[nodiscard]] Instance instance_of(std::string_view text);
/// Writes the event that led to `after`: the event's members, and "subject", "workflow", "version"
/// and "seen_by" (the codes of jurisdiction.hpp).
[[nodiscard]] std::string event_text(Instance const& after, Event const& event,
                                     std::vector<std::string> const& seen_by);
[[nodiscard]] Recorded recorded_of(std::uint64_t seq, std::string_view text);

} // namespace banjie::engine
