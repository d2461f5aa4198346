#include "engine/limits.hpp"
#include "engine/people/accounts.hpp"
#include "engine/people/known_devices.hpp"
#include "engine/people/session_tokens.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

using namespace banjie::engine;
using namespace std::chrono_literals;

TEST_CASE("an account knows so many devices, and forgets the one that was not used for longest") {
    KnownDevices devices;
    Time now{};
    for (std::size_t i = 0; i < limits::known_devices; ++i)
        devices.use("device " + std::to_string(i), now += 1h);
    devices.use("device 0", now += 1h);
    devices.use("another", now += 1h);
    CHECK(devices.know("device 0", now));
    CHECK(devices.know("another", now));
    CHECK_FALSE(devices.know("device 1", now));
    CHECK(devices.know("device 2", now));
    CHECK_FALSE(devices.know("", now));

    auto const change = devices.change_for("clerk");
    CHECK(change.id == "clerk");
    CHECK(change.event.empty());
    KnownDevices const read(*change.body);
    CHECK(read.know("device 0", now));
    CHECK_FALSE(read.know("device 1", now));
}

TEST_CASE("a device is known until it has not been used for a year") {
    KnownDevices devices;
    devices.use("device", Time{});
    std::chrono::hours const year(24 * limits::device_days);
    CHECK(devices.know("device", Time{} + year - 1s));
    CHECK_FALSE(devices.know("device", Time{} + year));
}

TEST_CASE("a device's token has 43 characters of base64url") {
    std::string const token(43, 'a');
    CHECK(may_be_device_token(token));
    CHECK(may_be_device_token(token.substr(2) + "-_"));
    CHECK_FALSE(may_be_device_token(""));
    CHECK_FALSE(may_be_device_token(token + "a"));
    CHECK_FALSE(may_be_device_token(token.substr(1) + "="));
    CHECK_FALSE(may_be_device_token(token.substr(1) + "\n"));
}

TEST_CASE("a device is known across a restart, and the store has no token of it") {
    Desk desk;
    auto& accounts = desk.office.accounts;
    REQUIRE(accounts
                .save(system_caller(),
                      {.name = "clerk",
                       .display_name = "clerk",
                       .organisation = "360731100",
                       .roles = {Role::reporter}},
                      "correct horse", 0)
                .has_value());
    SignInAttempt attempt{.name = "clerk", .password = "correct horse", .address = "10.0.0.1"};
    CHECK(accounts.sign_in(attempt).value().device.empty()); // it keeps none
    attempt.keeps_device = true;
    auto const device = accounts.sign_in(attempt).value().device;
    REQUIRE(may_be_device_token(device));
    for (auto const& document : desk.own_store->documents("known_devices").value()) {
        CHECK(document.body.find(device) == std::string::npos);
        CHECK(document.body.find(session_id_of(device)) != std::string::npos);
    }
    Desk later(*desk.own_store);
    for (int i = 0; i < 5; ++i) static_cast<void>(make_token(later.random)); // no token twice
    attempt.password = "wrong";
    for (std::size_t i = 0; i < limits::sign_in_failures; ++i)
        CHECK(later.office.accounts.sign_in(attempt).error().code == "sign_in_failed");
    attempt.password = "correct horse";
    CHECK(later.office.accounts.sign_in(attempt).error().code == "too_many_attempts");
    attempt.device = device;
    auto const again = later.office.accounts.sign_in(attempt);
    REQUIRE(again.has_value());
    CHECK(again->device == device);
}
