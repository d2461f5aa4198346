#pragma once
// A syslog server that is sent messages by UDP (RFC 5426), TCP (RFC 6587, octet counting) or a
// socket of this machine.

#include "api/syslog/syslog_message.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::api {

struct SyslogTarget {
    enum class Kind { udp, tcp, local };
    Kind kind = Kind::udp;
    std::string host; // or the path of the socket
    std::string port; // of UDP and TCP

    /// Reads "udp://host:port", "tcp://host:port" or "unix:/path"; the port is 514 if it is absent.
    /// Returns nullopt for anything else.
    [[nodiscard]] static std::optional<SyslogTarget> from(std::string_view text);
};

class Syslog {
public:
    /// Counts what was sent and what was dropped, which both outlive it.
    Syslog(SyslogTarget target, std::atomic<std::uint64_t>& sent, std::atomic<std::uint64_t>& lost);
    /// Sends what waits, for at most limits::syslog_stop_time_s.
    ~Syslog();

    /// Queues the message. Never blocks: beyond limits::syslog_messages it is dropped and counted.
    /// While the server cannot be reached, messages wait; over UDP they are dropped.
    void send(SyslogMessage const& message);

private:
    class Sender;
    std::unique_ptr<Sender> sender_;
};

} // namespace banjie::api
