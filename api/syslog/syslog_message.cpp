#include "api/syslog/syslog_message.hpp"

#include "api/limits.hpp"
#include "engine/events/event_stream.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::api {

using nlohmann::json;

namespace {

constexpr int log_audit = 13; // the facility
constexpr std::size_t longest_id = 32;
constexpr std::size_t longest_host = 255;
constexpr std::string_view alarming[] = {
    "sign_in_failed",     "second_factor_failed",  "second_factor_reset",
    "recovery_code_used", "security_policy_reset", "restored",
};

/// A word of the head: printable ASCII without a space, "-" where nothing is left.
std::string word_of(std::string_view text, std::size_t longest) {
    std::string word;
    for (char const letter : text.substr(0, longest))
        if (letter > ' ' && letter < '\x7f') word += letter;
    return word.empty() ? "-" : word;
}

std::string ascii_text(json const& value) {
    return value.dump(-1, ' ', true, json::error_handler_t::replace);
}

} // namespace

std::string rfc5424_text(SyslogMessage const& message, std::string_view host, int process) {
    int const priority = log_audit * 8 + static_cast<int>(message.severity);
    auto text = '<' + std::to_string(priority) + ">1 " + engine::time_text(message.at) + ' ' +
                word_of(host, longest_host) + " banjie " + std::to_string(process) + ' ' +
                word_of(message.id, longest_id) + " - " + message.text;
    if (text.size() > limits::syslog_bytes) text.resize(limits::syslog_bytes);
    return text;
}

bool is_audited(engine::StreamEvent const& event) {
    return event.workflow == "document" && !event.seen_by.empty() &&
           event.seen_by.front().starts_with('!');
}

SyslogMessage audit_message(engine::StreamEvent const& event) {
    auto const told = json::parse(event.text, nullptr, false);
    auto const type = told.value("type", "");
    json said = {{"seq", event.seq}, {"event", type}};
    for (auto const* name :
         {"kind", "subject", "actor", "actor_name", "organisation", "address", "fields"})
        if (auto const found = told.find(name); found != told.end()) said[name] = *found;
    bool const is_alarming = std::ranges::find(alarming, type) != std::end(alarming);
    return {.severity = is_alarming ? Severity::warning : Severity::notice,
            .at = engine::time_of(told.value("at", "")).value_or(engine::Time{}),
            .id = type,
            .text = ascii_text(said)};
}

SyslogMessage head_message(std::string_view line, engine::Time at) {
    return {.severity = Severity::informational,
            .at = at,
            .id = "signed_head",
            .text = ascii_text({{"signed_head", line}})};
}

SyslogMessage restore_message(std::uint32_t copy, std::uint64_t last_seq, engine::Time at) {
    return {.severity = Severity::warning,
            .at = at,
            .id = "restored",
            .text = ascii_text({{"event", "restored"}, {"copy", copy}, {"last_event", last_seq}})};
}

} // namespace banjie::api
