#pragma once
// Invariants that must hold after every step of a simulation. They are computed a second time, in
// the plainest way, from the durable events alone: instances as folds of their history, lists by
// scanning every instance, visibility by the words of the glossary.

#include "engine/office.hpp"
#include "tests/simulation/request.hpp"
#include "tests/simulation/simulated_store.hpp"

#include <deque>
#include <map>

namespace banjie::simulation {

class Invariants {
public:
    Invariants(SimulatedStore& store, std::deque<Request> const& requests);

    /// Returns the first violation, if any.
    [[nodiscard]] std::optional<std::string> const& violation() const { return violation_; }
    void expect(bool holds, std::string const& what);

    /// Takes in the events that have become durable. Checks that they are dense and whole, that
    /// timers fire once, and that a key has one effect.
    void follow();
    /// Checks that an answer leaving the engine is durable.
    void hear(Request const& request, engine::Outcome<engine::Reply> const& outcome);
    /// Checks records, index, stream, and what a random person sees.
    void look(engine::Office& office, Dice& dice);
    /// Checks wakes, lights and documents. Call it when nothing is in flight and the wakes have
    /// run. The clock has never shown more than `latest`.
    void look_settled(engine::Office& office, engine::Time latest);
    /// Starts reading the stream of a new process from here on.
    void restarted(engine::Office& office);

    /// Returns how many events of each "workflow/command" have become durable.
    [[nodiscard]] std::map<std::string, std::size_t> const& commands() const { return commands_; }

private:
    struct Step {
        engine::Instance after;
        std::uint64_t seq = 0;
        std::string key; // of the request that made it; empty: the system
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
    [[nodiscard]] bool is_covered(engine::Instance const* instance) const;
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
    std::vector<std::string> changed_;              // ids, since the records were last checked
    std::map<std::string, std::size_t> effects_;    // by key, and by request
    std::map<std::string, std::pair<std::string, std::uint64_t>> acknowledged_; // by key
    std::map<std::string, std::size_t> fired_;                                  // by timer
    std::map<std::string, std::size_t> commands_;
    std::set<std::string, std::less<>> covered_; // ids of which earlier values are not shown
    std::uint64_t streamed_ = 0;
};

} // namespace banjie::simulation
