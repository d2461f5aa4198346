#include "api/transport/forwarding.hpp"
#include "tests/api/transport/running.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;

namespace {

struct Fields {
    std::string for_{}, proto{}, host{};
};

struct Setting {
    std::vector<std::string> proxies{};
    std::string origin{};
};

engine::Outcome<Sender> sender_of(Setting const& setting, std::string const& peer,
                                  Fields const& fields = {}) {
    auto proxies = Proxies::named(setting.proxies);
    REQUIRE(proxies.has_value());
    std::optional<PublicOrigin> origin;
    if (!setting.origin.empty()) {
        auto read = PublicOrigin::from(setting.origin);
        REQUIRE(read.has_value());
        origin = *read;
    }
    RequestFrame frame;
    frame.forwarded_for = fields.for_;
    frame.forwarded_proto = fields.proto;
    frame.forwarded_host = fields.host;
    frame.forwarded = !(fields.for_ + fields.proto + fields.host).empty();
    auto const address = plain(boost::asio::ip::make_address(peer));
    return Forwarding(std::move(*proxies), origin)
        .sender_of(address, {.address = address.to_string(), .host = "asked:8080"}, frame);
}

std::string address(Setting const& setting, std::string const& peer, std::string const& list) {
    auto const sender = sender_of(setting, peer, {.for_ = list});
    return sender ? sender->address : std::string(sender.error().code);
}

} // namespace

TEST_CASE("X-Forwarded-For is read from the right, past declared proxies only") {
    Setting const two{.proxies = {"10.0.0.5", "127.0.0.1", "fd00::/64"}};
    CHECK(address(two, "127.0.0.1", "203.0.113.7, 10.0.0.5") == "203.0.113.7");
    CHECK(address(two, "127.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.5") == "203.0.113.7");
    CHECK(address(two, "127.0.0.1", "10.0.0.5, 203.0.113.7") == "203.0.113.7");
    CHECK(address(two, "127.0.0.1", "6.6.6.6, 10.0.0.6, 10.0.0.5") == "10.0.0.6");
    CHECK(address(two, "fd00::1:2", "2001:db8::7, fd00::9") == "2001:db8::7");
    CHECK(address(two, "fd01::1", "2001:db8::7") == "fd01::1");
    CHECK(address(two, "10.0.0.6", "203.0.113.7") == "10.0.0.6"); // of nobody who is declared
    CHECK(address(two, "::ffff:10.0.0.5", "::ffff:203.0.113.7") == "203.0.113.7");
    // All of them proxies: the request began at the first.
    CHECK(address(two, "127.0.0.1", "127.0.0.1, 10.0.0.5") == "127.0.0.1");
    CHECK(address({.proxies = {"10.0.0.0/8"}}, "10.9.9.9", "1.2.3.4,10.255.0.1") == "1.2.3.4");
    CHECK(address({.proxies = {"10.0.0.128/25"}}, "10.0.0.128", "1.2.3.4") == "1.2.3.4");
    CHECK(address({.proxies = {"10.0.0.128/25"}}, "10.0.0.127", "1.2.3.4") == "10.0.0.127");
    CHECK(address({}, "127.0.0.1", "1.2.3.4") == "127.0.0.1");
}

TEST_CASE("what a proxy may write beside an address is understood, and anything else refused") {
    Setting const one{.proxies = {"127.0.0.1"}};
    CHECK(address(one, "127.0.0.1", "203.0.113.7:4711") == "203.0.113.7");
    CHECK(address(one, "127.0.0.1", "[2001:db8::7]:4711") == "2001:db8::7");
    CHECK(address(one, "127.0.0.1", "[2001:db8::7]") == "2001:db8::7");
    CHECK(address(one, "127.0.0.1", " ,203.0.113.7 , ,") == "203.0.113.7");
    CHECK(address(one, "127.0.0.1", "garbage, 203.0.113.7") == "203.0.113.7"); // never looked at
    CHECK(address(one, "127.0.0.1", "") == "127.0.0.1");
    for (auto const* bad : {"unknown", "_hidden", "203.0.113", "203.0.113.7;", "203.0.113.256", "[",
                            "[]", "1.2.3.4 5.6.7.8", "\"1.2.3.4\"", ":", "1.2.3.4:5:6"})
        CHECK_MESSAGE(address(one, "127.0.0.1", bad) == "malformed_http", bad);
    CHECK(address(one, "10.0.0.1", "unknown") == "10.0.0.1"); // of nobody who is declared
}

TEST_CASE("scheme and host are those that the outermost declared proxy wrote") {
    Setting const two{.proxies = {"10.0.0.5", "127.0.0.1"}};
    auto const one = sender_of(two, "127.0.0.1", {.for_ = "1.2.3.4", .proto = "HTTPS"});
    CHECK(one->secure);
    CHECK(one->host == "asked:8080");
    std::string const through_both = "1.2.3.4, 10.0.0.5";
    // The inner one passes on what the outer one wrote, or adds its own to it.
    CHECK(sender_of(two, "127.0.0.1", {.for_ = through_both, .proto = "https"})->secure);
    CHECK(sender_of(two, "127.0.0.1", {.for_ = through_both, .proto = "https, http"})->secure);
    CHECK_FALSE(sender_of(two, "127.0.0.1", {.for_ = through_both, .proto = "http"})->secure);
    // What the client itself wrote stands further left.
    CHECK_FALSE(sender_of(two, "127.0.0.1", {.for_ = "1.2.3.4", .proto = "https, http"})->secure);
    auto const named = sender_of(
        two, "127.0.0.1", {.for_ = through_both, .host = "evil.cn, banjie.example.cn, inner:80"});
    CHECK(named->host == "banjie.example.cn");
    CHECK_FALSE(sender_of(two, "9.9.9.9", {.for_ = "1.2.3.4", .proto = "https"})->secure);
    CHECK(sender_of(two, "9.9.9.9", {.for_ = "1.2.3.4", .host = "evil.cn"})->host == "asked:8080");
    CHECK_FALSE(sender_of(two, "127.0.0.1", {.for_ = "1.2.3.4", .proto = "ftp"}).has_value());
    CHECK_FALSE(sender_of(two, "127.0.0.1", {.for_ = "1.2.3.4", .host = "a/b"}).has_value());
}

TEST_CASE("the public origin is what browsers ask, whatever proxies write") {
    Setting const behind{.proxies = {"127.0.0.1"}, .origin = "https://Banjie.example.cn"};
    for (auto const* proto : {"", "http", "https"}) {
        auto const sender = sender_of(behind, "127.0.0.1", {.for_ = "1.2.3.4", .proto = proto});
        CHECK(sender->secure);
        CHECK(sender->host == "banjie.example.cn");
        CHECK(sender->address == "1.2.3.4");
    }
    CHECK(sender_of(behind, "1.2.3.4")->host == "banjie.example.cn");
    auto const own = sender_of(behind, "127.0.0.1");
    CHECK(own->of_this_machine);
    CHECK(own->host == "asked:8080");
    CHECK_FALSE(own->secure);
    // A proxy that writes nothing but the public host.
    CHECK_FALSE(sender_of({.origin = "http://asked:8080"}, "127.0.0.1")->of_this_machine);
    auto const host = [](std::string_view text) {
        auto const origin = PublicOrigin::from(text);
        return origin ? origin->host : std::string(origin.error().code);
    };
    CHECK(host("https://banjie.example.cn:443/") == "banjie.example.cn");
    CHECK(host("https://banjie.example.cn:8443") == "banjie.example.cn:8443");
    CHECK(host("http://[fd00::5]:80") == "[fd00::5]");
    for (auto const* bad : {"", "banjie.example.cn", "https://", "ftp://a", "https://a/b",
                            "https://u@a", "https://a?b", "https://a b"})
        CHECK_MESSAGE(host(bad) == "bad_public_origin", bad);
}

TEST_CASE("only what comes from here and through no proxy is of this machine") {
    Setting const none{}, one{.proxies = {"127.0.0.1", "::1"}};
    for (auto const* here : {"127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"}) {
        CHECK(sender_of(none, here)->of_this_machine);
        CHECK(sender_of(one, here)->of_this_machine);
        CHECK_FALSE(sender_of(none, here, {.for_ = "8.8.8.8"})->of_this_machine);
        CHECK_FALSE(sender_of(one, here, {.for_ = "127.0.0.1"})->of_this_machine);
        CHECK_FALSE(sender_of(none, here, {.proto = "https"})->of_this_machine);
    }
    CHECK_FALSE(sender_of(none, "10.0.0.1")->of_this_machine);
    RequestFrame frame;
    frame.forwarded = true;
    auto const loopback = boost::asio::ip::make_address("127.0.0.1");
    CHECK(Forwarding().is_forgotten_proxy(loopback, frame));
    CHECK_FALSE(Forwarding(*Proxies::named(one.proxies), {}).is_forgotten_proxy(loopback, frame));
}

TEST_CASE("each field that a proxy leaves shows that there is one, and several are one list") {
    std::atomic<bool> of_this_machine = false;
    auto options = quick();
    options.proxies = {"127.0.0.1", "10.0.0.5"};
    Running const behind(options, [&](Request request, Respond respond) {
        of_this_machine = request.of_this_machine;
        respond({.body = request.address, .headers = {}});
    });
    auto const ask = [&](std::string const& fields) {
        return behind.client().ask("GET /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
    };
    CHECK(ask("").body == "127.0.0.1");
    CHECK(of_this_machine);
    for (auto const* mark : {"Via: 1.1 waf\r\n", "Forwarded: for=1.2.3.4\r\n",
                             "X-Real-IP: 1.2.3.4\r\n", "x-forwarded-for: 1.2.3.4\r\n",
                             "X-Forwarded-Host: a\r\n", "X-FORWARDED-PROTO: http\r\n"}) {
        CHECK(ask(mark).status == 200);
        CHECK_MESSAGE(!of_this_machine, mark);
    }
    CHECK(ask("X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: "
              "10.0.0.5\r\n")
              .body == "1.2.3.4");
    behind.refuses("GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.2.3.4, unknown\r\n\r\n", 400);
    behind.refuses("GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: ws\r\n\r\n", 400);
}

TEST_CASE("a server with a proxy or an origin that is none does not start") {
    auto const code = [](std::string const& proxy, std::string const& origin) {
        auto options = quick();
        options.proxies = {proxy};
        options.public_origin = origin;
        auto const started = Server(options, echoing).start();
        return started ? std::string() : std::string(started.error().code);
    };
    CHECK(code("10.0.0.0/24", "https://a.cn").empty());
    for (auto const* bad : {"nginx", "10.0.0.0/33", "10.0.0/24", "", "fd00::/129", "1.2.3.4:80"})
        CHECK_MESSAGE(code(bad, "") == "bad_proxy", bad);
    CHECK(code("::1", "banjie") == "bad_public_origin");
}
