#include "tests/simulation/simulated_world.hpp"

#include "engine/text/time_text.hpp"

#include <algorithm>

namespace banjie::simulation {

using engine::Outcome;
using engine::Reply;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t steps = 2'000;
constexpr std::size_t steps_between_rests = 150;
constexpr std::size_t sendings_at_most = 4;

} // namespace

/// The process. What it hears after it has ended is nobody's.
struct World::Server {
    Server(storage::Store& store, engine::Clock& clock, engine::Random& random)
        : office(store, clock, random) {}

    engine::Office office;
    std::size_t under_way = 0; // commands that have no answer yet
    bool wakes_are_under_way = false;
};

void Tally::add(Tally const& other) {
    steps += other.steps;
    requests += other.requests;
    crashes += other.crashes;
    wakes += other.wakes;
    for (auto const& [code, count] : other.answers) answers[code] += count;
    for (auto const& [command, count] : other.commands) commands[command] += count;
}

World::Weather World::weather_of(Dice& dice) {
    auto const sometimes = [&dice](std::size_t most) {
        return dice.percent(50) ? 0 : dice.between(1, most);
    };
    return {.lost = sometimes(15),
            .repeated = sometimes(20),
            .crash = sometimes(60),
            .jump = dice.between(20, 100),
            .administration = sometimes(60),
            .full = sometimes(30),
            .impatience = sometimes(30),
            .network_us = dice.between(100, 5'000),
            .disk_us = dice.between(50, 4'000),
            .thinking_us = dice.between(1'000, 8'000)};
}

World::World(std::uint64_t seed, Founding const& founding, Tell tell)
    : dice_(seed), weather_(weather_of(dice_)),
      store_(dice_, {.changes = {}, .documents = founding, .reply = {}},
             dice_.percent(30) ? dice_.between(3, 12) : 1'000,
             dice_.percent(30) ? dice_.between(1, 30) : 0),
      invariants_(store_, requests_), tell_(std::move(tell)) {
    for (auto const& name : account_names()) people_.push_back({name, {}});
}

World::~World() {
    clear_away();
}

std::optional<std::string> World::run() {
    start();
    for (Person& person : people_) every(weather_.thinking_us, [this, &person] { think(person); });
    every(4'000, [this] { run_timers(); });
    every(15'000, [this] {
        if (!dice_.percent(weather_.jump)) return;
        auto const minutes =
            std::chrono::minutes(dice_.between(1, dice_.percent(20) ? 6'000 : 900));
        jumped_ += dice_.percent(5) ? -minutes / 10 : minutes;
        say("the clock jumps");
    });
    every(40'000, [this] {
        if (dice_.percent(weather_.crash)) dice_.percent(25) ? stop() : crash();
    });
    every(30'000, [this] {
        if (dice_.percent(weather_.administration)) change_something();
    });
    every(20'000, [this] { store_.set_full(dice_.percent(weather_.full)); });
    while (tally_.steps < steps && !invariants_.violation()) {
        step();
        if (tally_.steps % steps_between_rests == 0) settle();
    }
    tally_.commands = invariants_.commands();
    return invariants_.violation();
}

void World::after(std::size_t delay_us, std::function<void()> action) {
    agenda_.emplace(now_us_ + delay_us, std::move(action));
}

void World::every(std::size_t delay_us, std::function<void()> action) {
    after(dice_.between(delay_us / 4, delay_us * 7 / 4), [this, delay_us, action] {
        action();
        every(delay_us, action);
    });
}

void World::step() {
    auto const first = agenda_.begin();
    now_us_ = first->first;
    auto const action = std::move(first->second);
    agenda_.erase(first);
    clock_.set(begin_ + jumped_ + std::chrono::milliseconds(now_us_ / 1'000));
    ++tally_.steps;
    action();
    if (server_ && store_.has_failed() && store_.is_silent()) crash();
    if (store_.has_work() && !disk_is_due_) {
        disk_is_due_ = true;
        after(dice_.below(weather_.disk_us), [this] {
            disk_is_due_ = false;
            if (store_.has_work()) say(store_.work());
        });
    }
    if (server_) invariants_.look(server_->office, dice_);
}

void World::say(std::string const& line) {
    for (char const letter : line)
        tally_.fingerprint =
            (tally_.fingerprint ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    if (tell_)
        tell_(std::to_string(tally_.steps) + "  " + engine::time_text(clock_.now()) + "  " + line);
}

// The server --------------------------------------------------------------------------------------

void World::start() {
    say("the server starts");
    ++starts_;
    server_ = std::make_unique<Server>(store_, clock_, dice_);
    auto const loaded = server_->office.load();
    invariants_.expect(loaded.has_value(), "the server does not start");
    if (loaded) invariants_.restarted(server_->office);
}

void World::crash() {
    if (!server_) return;
    ++starts_; // what the old process still hears, it does not tell
    ++tally_.crashes;
    clear_away();
    auto const survivors = store_.crash();
    say("the server crashes; written groups that survive: " + std::to_string(survivors));
    invariants_.follow();
    after(dice_.between(100, 20'000), [this] { start(); });
}

void World::stop() {
    if (!server_ || !rest()) return;
    ++starts_;
    clear_away();
    say("the server stops");
    after(dice_.between(100, 20'000), [this] { start(); });
}

/// Whatever is under way is answered, to nobody. A process with a command that is never answered
/// would wait for it for ever, so it is left lying.
void World::clear_away() {
    store_.abandon();
    if (!server_) return;
    invariants_.expect(server_->under_way == 0, "a command was never answered");
    if (server_->under_way > 0) static_cast<void>(server_.release());
    server_.reset();
}

void World::run_timers() {
    if (!server_ || server_->wakes_are_under_way) return;
    server_->wakes_are_under_way = true;
    server_->office.engine.wake_due([this, start = starts_](engine::Engine::Turn turn) {
        if (start != starts_) return;
        server_->wakes_are_under_way = false;
        tally_.wakes += turn.fired;
        if (turn.fired > 0) say("wakes: " + std::to_string(turn.fired));
    });
}

void World::change_something() {
    if (!server_) return;
    store_.set_patient(true); // an administrator's call waits for the disk
    say("the province changes " + administer(server_->office, dice_));
    store_.set_patient(false);
}

/// Everything under way completes. False: the process must end instead.
bool World::rest() {
    while (store_.has_work()) say(store_.work());
    return !store_.has_failed();
}

void World::settle() {
    if (!server_) return;
    store_.set_full(false);
    bool fired = true;
    for (int turn = 0; fired && turn < 100; ++turn) {
        if (!rest()) return crash();
        jumped_ += 2min; // what was refused once is tried again
        clock_.set(clock_.now() + 2min);
        auto const before = tally_.wakes;
        run_timers();
        if (!rest()) return crash();
        fired = tally_.wakes > before;
    }
    say("all is at rest");
    invariants_.expect(!fired, "the wakes do not end");
    invariants_.expect(server_->under_way == 0, "a command was not answered");
    invariants_.look(server_->office, dice_);
    invariants_.look_settled(server_->office, clock_.latest());
}

// People and the network --------------------------------------------------------------------------

void World::think(Person& person) {
    if (person.waits_for || !server_) return;
    auto const actor = server_->office.accounts.actor_named(person.user).value();
    auto command = think_of(server_->office, actor, dice_);
    if (!command) return;
    Request request{
        .number = requests_.size(), .user = person.user, .command = std::move(*command)};
    if (!dice_.percent(10)) request.command.idempotency_key = "key-" + mark_of(request);
    if (!requests_.empty() && dice_.percent(2)) // somebody else's key, or an old one
        request.command.idempotency_key = dice_.one_of(requests_).command.idempotency_key;
    person.waits_for = request.number;
    requests_.push_back(std::move(request));
    ++tally_.requests;
    send(person, requests_.back().number);
}

void World::send(Person& person, std::size_t number) {
    Request& request = requests_[number];
    auto const& command = request.command;
    ++request.sendings;
    say(person.user + " asks " + mark_of(request) + ": " + command.workflow + "/" + command.verb +
        " " + command.instance + (request.sendings > 1 ? " again" : "") +
        (command.idempotency_key.empty() ? "" : ", " + command.idempotency_key));
    auto const travel = [this] { return dice_.between(20, weather_.network_us); };
    if (!dice_.percent(weather_.lost))
        after(travel(), [this, &person, number] { arrive(person, number); });
    if (dice_.percent(weather_.repeated) && !command.idempotency_key.empty())
        after(travel() * 3, [this, &person, number] { arrive(person, number); });
    auto const patience_us =
        dice_.percent(weather_.impatience) ? weather_.network_us : weather_.network_us * 20;
    after(patience_us, [this, &person, number] {
        Request& mine = requests_[number];
        if (mine.answered) return;
        bool const may_repeat = !mine.command.idempotency_key.empty();
        if (may_repeat && mine.sendings < sendings_at_most) return send(person, number);
        say(person.user + " gives up " + mark_of(mine));
        mine.answered = true;
        person.waits_for.reset();
    });
}

void World::arrive(Person& person, std::size_t number) {
    Request& request = requests_[number];
    if (!server_) return say(mark_of(request) + " finds no server");
    auto const account = server_->office.accounts.find(person.user);
    if (!account->active) return say(mark_of(request) + " is not signed in");
    ++request.arrivals;
    ++server_->under_way;
    auto command = request.command;
    command.actor = server_->office.accounts.actor_named(person.user).value();
    command.actor.display_name = mark_of(request);
    say(mark_of(request) + " arrives");
    server_->office.engine.execute(std::move(command), [this, &person, number, start = starts_](
                                                           Outcome<Reply> const& outcome) {
        --server_->under_way;
        if (start != starts_) return;
        answer(person, number, outcome);
    });
}

void World::answer(Person& person, std::size_t number, Outcome<Reply> const& outcome) {
    Request& request = requests_[number];
    std::string const code = outcome ? "done" : std::string(outcome.error().code);
    say(mark_of(request) + " is answered: " + code +
        (outcome ? " " + outcome->instance->id + " version " +
                       std::to_string(outcome->instance->version) +
                       (outcome->repeated ? " (repeated)" : "")
                 : ""));
    ++tally_.answers[code];
    if (!outcome && code != "outcome_unknown") ++request.refusals;
    invariants_.hear(request, outcome);
    if (dice_.percent(weather_.lost)) return;
    after(dice_.between(20, weather_.network_us), [this, &person, number] {
        requests_[number].answered = true;
        if (person.waits_for == number) person.waits_for.reset();
    });
}

} // namespace banjie::simulation
