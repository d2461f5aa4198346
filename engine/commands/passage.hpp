#pragma once
// An in-flight command: its input, and its state so far.

#include "engine/command.hpp"
#include "engine/commands/lanes.hpp"
#include "engine/events/event_stream.hpp"
#include "engine/personal/covered_texts.hpp"
#include "engine/rules/rulebook.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace banjie::engine {

struct Passage {
    Passage(Command the_command, Done the_done, std::shared_ptr<Rules const> the_rules)
        : command(std::move(the_command)), done(std::move(the_done)), rules(std::move(the_rules)) {}

    Command command;
    Done done;
    std::shared_ptr<Rules const> rules; // the same rules from start to end
    std::string request;                // canonical text of the whole request; only with a key
    bool holds_key = false;

    std::shared_ptr<Commit> commit; // set once decided
    std::vector<std::shared_ptr<StreamEvent>> events;
    std::vector<Covering> coverings;
    std::optional<Outcome<Reply>> outcome;

    /// Returns true on the second call. Two events must happen before the caller is answered: the
    /// outcome is known, and the lanes are released. The second thread to arrive calls `done`, so
    /// that it never runs under a lock of the engine or store.
    [[nodiscard]] bool arrive_second() {
        return arrived_.fetch_add(1, std::memory_order_acq_rel) == 1;
    }

private:
    std::atomic<int> arrived_{0};
};

} // namespace banjie::engine
