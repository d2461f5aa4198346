#pragma once
// A whole office over the store in memory, with a clock and people that a test drives.

#include "engine/office.hpp"

#include <random>

namespace banjie::engine {

class ManualClock final : public Clock {
public:
    [[nodiscard]] Time now() override { return now_.load() + jumped_.load(); }
    [[nodiscard]] Time steady_now() override { return now_.load(); }
    void advance(std::chrono::milliseconds by) { now_.store(now_.load() + by); }
    /// Moves the wall clock only, as an operator does who corrects it.
    void jump(std::chrono::milliseconds by) { jumped_.store(jumped_.load() + by); }

private:
    std::atomic<std::chrono::milliseconds> jumped_{std::chrono::milliseconds(0)};
    // A Monday, 9 o'clock in China.
    std::atomic<Time> now_{
        Time(std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours(1))};
};

class SeededRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override;

private:
    std::mutex mutex_;
    std::mt19937_64 engine_{42};
};

struct Desk {
    explicit Desk(std::shared_ptr<Rules const> rules = built_in_rules());
    /// Opens a desk over an existing store.
    explicit Desk(storage::Store& existing, std::shared_ptr<Rules const> rules = built_in_rules());

    std::unique_ptr<storage::Store> own_store;
    ManualClock clock;
    SeededRandom random;
    Office office;

    Caller township = person("township", "360731100", {Role::reporter});
    Caller county = person("county", "360731", {Role::coordinator});
    Caller city = person("city", "3607", {Role::coordinator});
    Caller province = person("province", "36", {Role::coordinator});
    Caller department = person("department", "360731-transport", {Role::handler});
    Caller visitor = person("visitor", "36-follow-up", {Role::visitor});
    Caller elsewhere = person("elsewhere", "360121", {Role::coordinator});
    Caller administrator = person("admin", "36", {Role::administrator});

    /// Imports a few organisations for every test. Returns false if they are refused.
    [[nodiscard]] bool import_organisations();
    [[nodiscard]] static Caller person(std::string user, std::string organisation, Roles roles);

    /// Reports and submits a problem of the township. Returns its id.
    [[nodiscard]] std::string report(std::string title = "道路破损，雨天无法通行");
    [[nodiscard]] Outcome<Reply> give(Actor const& actor, std::string const& id, std::string verb,
                                      Fields fields = {}, std::string key = {});
    /// Gives a command, which must be accepted.
    Instance done(Actor const& actor, std::string const& id, std::string verb, Fields fields = {});
    /// Brings a problem from screening to the state handling, by the county.
    void bring_to_handling(std::string const& id);
    void bring_to_close(std::string const& id);
};

[[nodiscard]] Fields fields_of(std::initializer_list<std::pair<std::string_view, Value>> entries);

} // namespace banjie::engine
