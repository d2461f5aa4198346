#pragma once
// What must hold after every step of a simulation. Everything is worked out here a second time, in
// the plainest way, from the durable events alone: instances as folds of their history, lists by
// looking at every instance, who sees what by the words of the glossary.

#include "engine/office.hpp"
#include "tests/simulation/request.hpp"
#include "tests/simulation/simulated_store.hpp"

#include <deque>
#include <map>

namespace banjie::simulation {

class Invariants {
public:
    Invariants(SimulatedStore& store, std::deque<Request> const& requests);

    /// The first that was violated.
    [[nodiscard]] std::optional<std::string> const& violation() const { return violation_; }
    void expect(bool holds, std::string const& what);

    /// Takes in what has become durable: dense and whole, timers fire once, one effect for a key.
    void follow();
    /// An answer leaves the engine: what it says is durable.
    void hear(Request const& request, engine::Outcome<engine::Reply> const& outcome);
    /// Records, index, stream, and what a person drawn by lot sees.
    void look(engine::Office& office, Dice& dice);
    /// When nothing is under way and the wakes have run. The clock has never shown more than
    /// `latest`.
    void look_settled(engine::Office& office, engine::Time latest);
    /// A process has started: its stream is read from here on.
    void restarted(engine::Office& office);

    /// How many events of each "workflow/command" have become durable.
    [[nodiscard]] std::map<std::string, std::size_t> const& commands() const { return commands_; }

private:
    struct Step {
        engine::Instance after;
        std::uint64_t seq = 0;
        std::string key; // of the request that made it; empty: the system did
    };
    using Life = std::vector<Step>;
    struct Told {
        std::string text;
        engine::Instance const* after = nullptr; // nullptr: an event of a document
    };

    void follow_instance(engine::Recorded recorded);
    void follow_system(engine::Instance const& before, engine::Instance const& after,
                       engine::Event const& event);
    std::string follow_request(std::string const& mark);
    void look_at_records();
    void look_at_stream(engine::Office& office);
    void look_at_instance(engine::Office& office, engine::Actor const& actor, Dice& dice);
    void look_at_list(engine::Office& office, engine::Actor const& actor, Dice& dice);
    void look_at_figures(engine::Office& office, engine::Actor const& actor);
    void look_at_documents(engine::Office& office);

    SimulatedStore& store_;
    std::deque<Request> const& requests_;
    std::optional<std::string> violation_;
    std::map<std::string, std::deque<Step>> lives_; // by id; steps do not move
    std::vector<Told> events_;                      // by seq − 1
    std::vector<std::string> changed_;              // ids, since the records were looked at
    std::map<std::string, std::size_t> effects_;    // by key, and by request
    std::map<std::string, std::pair<std::string, std::uint64_t>> acknowledged_; // by key
    std::map<std::string, std::size_t> fired_;                                  // by timer
    std::map<std::string, std::size_t> commands_;
    std::uint64_t streamed_ = 0;
};

} // namespace banjie::simulation
