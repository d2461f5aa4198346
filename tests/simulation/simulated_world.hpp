#pragma once
// One simulated world: a server that crashes, a disk that fails, a network that loses and repeats,
// a clock that jumps, and people at work; all in one thread, all from one seed.

#include "tests/simulation/actors.hpp"
#include "tests/simulation/invariants.hpp"

#include <functional>
#include <map>

namespace banjie::simulation {

class SimulatedClock final : public engine::Clock {
public:
    engine::Time now() override { return now_; }
    void set(engine::Time now) {
        now_ = now;
        latest_ = std::max(latest_, now);
    }
    [[nodiscard]] engine::Time latest() const { return latest_; }

private:
    // A Monday, 9 o'clock in China.
    engine::Time now_{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} +
                      std::chrono::hours(1)};
    engine::Time latest_ = now_;
};

/// Counts of what has happened.
struct Tally {
    std::size_t steps = 0, requests = 0, crashes = 0, wakes = 0;
    std::map<std::string, std::size_t> answers;  // by code of refusal; "done"
    std::map<std::string, std::size_t> commands; // durable, by "workflow/command"
    std::uint64_t fingerprint = 0;               // of all that happened: equal for equal seeds

    void add(Tally const& other);
};

class World {
public:
    /// Callback that gets a line for everything that happens.
    using Tell = std::function<void(std::string const& line)>;
    World(std::uint64_t seed, Founding const& founding, Tell tell);
    ~World();

    /// Runs the whole simulation. Returns the invariant that was violated, if any.
    [[nodiscard]] std::optional<std::string> run();
    [[nodiscard]] Tally const& tally() const { return tally_; }

private:
    struct Person {
        std::string user;
        std::optional<std::size_t> waits_for; // number of a request
    };
    /// Chances of what can go wrong, in percent; some seeds are calm and some are not.
    struct Weather {
        std::size_t lost, repeated, crash, jump, administration, full, impatience;
        std::size_t network_us, disk_us, thinking_us;
    };
    struct Server;

    void after(std::size_t delay_us, std::function<void()> action);
    void every(std::size_t delay_us, std::function<void()> action);
    void step();
    void say(std::string const& line);

    // The server.
    void start();
    void crash();
    void stop();
    void clear_away();
    void run_timers();
    void change_something();
    /// Lets everything come to rest, and checks it.
    void settle();
    bool rest();

    // People and the network between.
    void think(Person& person);
    void send(Person& person, std::size_t number);
    void arrive(Person& person, std::size_t number);
    void answer(Person& person, std::size_t number, engine::Outcome<engine::Reply> const& outcome);

    static Weather weather_of(Dice& dice);

    Dice dice_;
    Weather weather_;
    SimulatedClock clock_;
    SimulatedStore store_;
    std::deque<Request> requests_;
    Invariants invariants_;
    Tell tell_;
    Tally tally_;
    std::vector<Person> people_;
    std::multimap<std::uint64_t, std::function<void()>> agenda_; // by microsecond
    std::uint64_t now_us_ = 0;
    std::chrono::milliseconds jumped_{0};
    engine::Time const begin_ = clock_.now();
    std::unique_ptr<Server> server_;
    std::size_t starts_ = 0;
    bool disk_is_due_ = false;
};

} // namespace banjie::simulation
