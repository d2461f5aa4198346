// Messages as a syslog server gets them, over each way, and what happens while it is away.

#include "api/limits.hpp"
#include "api/syslog/syslog.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <doctest/doctest.h>

#include <thread>

using namespace banjie;
using namespace banjie::api;
namespace asio = boost::asio;

namespace {

SyslogMessage message(std::string text = "{}") {
    return {.severity = Severity::notice,
            .at = engine::ManualClock().now(),
            .id = "user_changed",
            .text = std::move(text)};
}

struct Counts {
    std::atomic<std::uint64_t> sent = 0, lost = 0;
};

auto const anywhere = asio::ip::address_v4::loopback();

std::string url_of(char const* scheme, std::uint16_t port) {
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
}

/// Reads one datagram.
template <class Socket>
std::string received(Socket& socket) {
    std::string bytes(10'000, '\0');
    bytes.resize(socket.receive(asio::buffer(bytes)));
    return bytes;
}

} // namespace

TEST_CASE("a message has the head of RFC 5424, in which nothing can forge another") {
    auto const text = rfc5424_text(message("{\"a\":1}"), "jump host\n", 42);
    CHECK(text == "<109>1 2026-03-02T09:00:00.000+08:00 jumphost banjie 42 user_changed - "
                  "{\"a\":1}");
    auto const empty = rfc5424_text({.at = message().at, .id = {}, .text = {}}, "", 1);
    CHECK(empty == "<109>1 2026-03-02T09:00:00.000+08:00 - banjie 1 - - ");
    CHECK(rfc5424_text(message(std::string(20'000, 'x')), "host", 1).size() ==
          limits::syslog_bytes);
}

TEST_CASE("an event of the administration is a message in ASCII, one of an instance is none") {
    engine::StreamEvent event{
        .seq = 7,
        .subject = "wang",
        .workflow = "document",
        .text =
            R"({"type":"sign_in_failed","subject":"wang","actor":"","actor_name":"王\n",)"
            R"("fields":{"user":"wang"},"at":"2026-03-02T09:00:00.000+08:00","kind":"sign_in"})",
        .seen_by = {"!36"}};
    CHECK(is_audited(event));
    auto const told = audit_message(event);
    CHECK(told.severity == Severity::warning);
    CHECK(told.id == "sign_in_failed");
    CHECK(told.text == R"({"actor":"","actor_name":"\u738b\n","event":"sign_in_failed",)"
                       R"("fields":{"user":"wang"},"kind":"sign_in","seq":7,"subject":"wang"})");
    event.seen_by = {"36"};
    CHECK_FALSE(is_audited(event));
    event.seen_by = {"!36"};
    event.workflow = "problem";
    CHECK_FALSE(is_audited(event));
}

TEST_CASE("the ways to a server are read strictly") {
    auto const target = SyslogTarget::from("tcp://logs.example.cn:6514");
    REQUIRE(target.has_value());
    CHECK(target->kind == SyslogTarget::Kind::tcp);
    CHECK(target->host == "logs.example.cn");
    CHECK(target->port == "6514");
    CHECK(SyslogTarget::from("udp://10.0.0.7")->port == "514");
    CHECK(SyslogTarget::from("udp://[fd00::7]:514")->host == "fd00::7");
    CHECK(SyslogTarget::from("unix:/dev/log")->host == "/dev/log");
    for (auto const* text : {"", "logs.example.cn", "http://a", "udp://", "unix:dev/log",
                             "unix:", "udp://a:0", "udp://a/b", "tcp://a:99999"})
        CHECK_MESSAGE(!SyslogTarget::from(text), std::string(text));
}

TEST_CASE("a message arrives by UDP, and by a socket of this machine") {
    asio::io_context context;
    Counts counts;
    asio::ip::udp::socket udp(context, {anywhere, 0});
    {
        Syslog syslog(*SyslogTarget::from(url_of("udp", udp.local_endpoint().port())), counts.sent,
                      counts.lost);
        syslog.send(message("{\"by\":\"udp\"}"));
        CHECK(received(udp).ends_with(" user_changed - {\"by\":\"udp\"}"));
    }
    storage::Place const place;
    auto const path = place.path("log");
    asio::local::datagram_protocol::socket local(context, path);
    {
        Syslog syslog(*SyslogTarget::from("unix:" + path), counts.sent, counts.lost);
        syslog.send(message("{\"by\":\"unix\"}"));
        CHECK(received(local).ends_with(" user_changed - {\"by\":\"unix\"}"));
    }
    CHECK(counts.sent == 2);
    CHECK(counts.lost == 0);
}

TEST_CASE("over TCP messages are framed, in order, and go on after the server was away") {
    asio::io_context context;
    Counts counts;
    asio::ip::tcp::acceptor acceptor(context, {anywhere, 0});
    Syslog syslog(*SyslogTarget::from(url_of("tcp", acceptor.local_endpoint().port())), counts.sent,
                  counts.lost);
    auto const frame = [](asio::ip::tcp::socket& socket, asio::streambuf& buffer) {
        auto const head = asio::read_until(socket, buffer, ' ');
        std::string bytes(asio::buffers_begin(buffer.data()), asio::buffers_end(buffer.data()));
        auto const size = static_cast<std::size_t>(std::stoi(bytes.substr(0, head - 1)));
        while (buffer.size() < head + size) buffer.commit(socket.read_some(buffer.prepare(size)));
        bytes.assign(asio::buffers_begin(buffer.data()), asio::buffers_end(buffer.data()));
        buffer.consume(head + size);
        return bytes.substr(head, size);
    };
    syslog.send(message("{\"n\":1}"));
    syslog.send(message("{\"n\":2}"));
    {
        asio::streambuf buffer;
        auto socket = acceptor.accept();
        CHECK(frame(socket, buffer).ends_with("{\"n\":1}"));
        CHECK(frame(socket, buffer).ends_with("{\"n\":2}"));
    }
    syslog.send(message("{\"n\":3}"));
    asio::streambuf buffer;
    auto socket = acceptor.accept();
    CHECK(frame(socket, buffer).ends_with("{\"n\":3}"));
    CHECK(counts.lost == 0);
}

TEST_CASE("while the server is away nobody waits, and what is too much is counted as lost") {
    Counts counts;
    storage::Place const place;
    auto const began = std::chrono::steady_clock::now();
    {
        Syslog syslog(*SyslogTarget::from("unix:" + place.path("nobody")), counts.sent,
                      counts.lost);
        for (std::size_t i = 0; i < limits::syslog_messages + 100; ++i) syslog.send(message());
        CHECK(counts.lost >= 99);
    }
    CHECK(counts.sent == 0);
    CHECK(counts.lost == limits::syslog_messages + 100);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(60));
}
