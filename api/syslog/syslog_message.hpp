#pragma once
// Messages for a syslog server, in the form of RFC 5424.

#include "engine/outcome.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace banjie::engine {
struct StreamEvent;
}

namespace banjie::api {

enum class Severity { warning = 4, notice = 5, informational = 6 };

struct SyslogMessage {
    Severity severity = Severity::notice;
    engine::Time at{};
    std::string id;   // at most 32 printable characters of ASCII, no space
    std::string text; // JSON, in ASCII
};

/// Returns the message with its head: of the facility "log audit", by the program "banjie", with no
/// structured data. Cuts it to limits::syslog_bytes.
[[nodiscard]] std::string rfc5424_text(SyslogMessage const& message, std::string_view host,
                                       int process);

/// Returns whether auditors may see the event: the administration's, not an instance's.
[[nodiscard]] bool is_audited(engine::StreamEvent const& event);
/// Returns an audited event as a message: {"seq","event","kind","subject","actor","actor_name",
/// "organisation","address"?,"fields"}.
[[nodiscard]] SyslogMessage audit_message(engine::StreamEvent const& event);
/// Returns a line of the signed heads as a message: {"signed_head"}.
[[nodiscard]] SyslogMessage head_message(std::string_view line, engine::Time at);
/// Returns that a copy was restored: {"event","copy","last_event"}.
[[nodiscard]] SyslogMessage restore_message(std::uint32_t copy, std::uint64_t last_seq,
                                            engine::Time at);

} // namespace banjie::api
