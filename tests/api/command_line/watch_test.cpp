#include "api/command_line/watch.hpp"

#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <sstream>

using namespace banjie;
using namespace banjie::api;
using namespace banjie::api::command_line;
using namespace std::chrono_literals;

namespace {

/// A watch with clocks of its own, and what it logs.
struct Watched {
    Watched() {
        spdlog::set_default_logger(std::make_shared<spdlog::logger>(
            "test", std::make_shared<spdlog::sinks::ostream_sink_st>(text)));
    }
    ~Watched() { spdlog::set_default_logger(before); }
    Watched(Watched const&) = delete;
    Watched& operator=(Watched const&) = delete;

    /// After so much time by the wall clock, and by the steady one.
    void look(std::chrono::seconds wall, std::chrono::seconds steadily) {
        now += wall;
        steady += steadily;
        watch.look(now, steady, ends);
    }
    [[nodiscard]] auto lines() const {
        auto const all = text.str();
        return std::count(all.begin(), all.end(), '\n');
    }

    std::shared_ptr<spdlog::logger> before = spdlog::default_logger();
    std::ostringstream text;
    Conditions conditions;
    Watch watch{conditions};
    engine::Time now{1'800'000'000s};
    Watch::Steady steady{};
    std::optional<engine::Time> ends{};
};

} // namespace

TEST_CASE("a jump of the wall clock is noticed and logged, forwards and back") {
    Watched watched;
    for (int i = 0; i < 100; ++i) watched.look(1s, 1s);
    watched.look(59s, 0s);
    watched.look(1h, 1h); // a machine that was busy
    CHECK(watched.conditions.clock_jumps == 0);
    watched.look(24h, 1s);
    CHECK(watched.conditions.clock_jumps == 1);
    CHECK(watched.text.str().find("jumped by 86399 s") != std::string::npos);
    watched.look(-24h, 1s);
    CHECK(watched.conditions.clock_jumps == 2);
    CHECK(watched.text.str().find("jumped by -86401 s") != std::string::npos);
    watched.look(1s, 1s);
    CHECK(watched.lines() == 2);
}

TEST_CASE("a certificate is warned of from 30 days before its end, once a day") {
    Watched watched;
    watched.look(1s, 1s);
    CHECK(watched.lines() == 0);
    watched.ends = watched.now + 31 * 24h;
    watched.look(1s, 1s);
    CHECK(watched.lines() == 0);
    CHECK(watched.conditions.warnings(watched.now).empty());
    watched.look(24h, 24h);
    CHECK(watched.lines() == 1);
    CHECK(watched.conditions.warnings(watched.now).front() == "certificate_expires_soon");
    for (int i = 0; i < 10; ++i) watched.look(1h, 1h);
    CHECK(watched.lines() == 1);
    watched.look(14h, 14h);
    CHECK(watched.lines() == 2);
    watched.look(30 * 24h, 30 * 24h);
    CHECK(watched.text.str().find("The certificate ended on") != std::string::npos);
    CHECK(watched.conditions.warnings(watched.now).front() == "certificate_expired");
    watched.ends = watched.now + 90 * 24h; // renewed
    watched.look(1s, 1s);
    CHECK(watched.lines() == 3);
    CHECK(watched.conditions.warnings(watched.now).empty());
}
