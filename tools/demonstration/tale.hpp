#pragma once
// The course of one problem in the demonstration: who does what, and when.

#include "engine/office.hpp"

#include <string>
#include <vector>

namespace banjie::demonstration {

/// One command of the story. `tale` is the tale whose instance it is for.
struct Step {
    engine::Time at{};
    std::size_t tale = 0;
    engine::Actor actor;
    std::string workflow = "problem";
    std::string verb;
    engine::Fields fields;
    std::string instance{}; // if it is not the tale's
};

/// Point at which a tale ends.
enum class Ending {
    closed,
    awaiting_close,
    awaiting_visit,
    reviewing,
    handling,
    awaiting_acknowledgement,
    awaiting_dispatch,
    screening,
    supplementing,
    shelved,
    merged,
    rejected,
    draft,
};

struct Stage {
    engine::Organisations const& organisations;
    engine::Calendar const& calendar;
    engine::Time now;
    engine::Time round_due;
};

/// Parameters of a tale. `number` varies it, always in the same way.
struct Plot {
    std::size_t number = 0;
    Ending ending = Ending::closed;
    std::int64_t round = 4;
    std::string place; // code of the reporting township
    engine::Time begins{};
    engine::Level level = engine::Level::province; // that assigns it in the end
    std::size_t merge_into = 0;                    // tale; for Ending::merged
};

/// Returns the steps of a plot in order of time, all before `stage.now`.
[[nodiscard]] std::vector<Step> steps_of(Plot const& plot, Stage const& stage);

/// Returns the person of the story who acts for that office.
[[nodiscard]] engine::Actor reporter_of(Stage const& stage, std::string const& township);
[[nodiscard]] engine::Actor coordinator_of(Stage const& stage, std::string const& region);
[[nodiscard]] engine::Actor handler_of(Stage const& stage, std::string const& unit);

} // namespace banjie::demonstration
