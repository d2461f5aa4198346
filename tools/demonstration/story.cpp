#include "tools/demonstration/story.hpp"

#include "tools/demonstration/tale.hpp"

#include <algorithm>
#include <array>

namespace banjie::demonstration {

using engine::Fields;
using engine::Level;
using engine::Time;
using namespace std::chrono_literals;

Time StoryClock::now() {
    std::int64_t const set_ms = set_ms_;
    if (set_ms == 0) return engine::system_clock().now();
    return Time(std::chrono::milliseconds(set_ms));
}

namespace {

constexpr auto day = 24h;
constexpr std::string_view home = "360731100"; // Gongjiang in Yudu, the township that signs in

struct Share {
    Ending ending;
    std::size_t count;
};
// Round 4 has 125 problems. Its deadline was ten days ago; most are done, and the late ones are
// still in hand.
constexpr std::array round_four{
    Share{Ending::closed, 56},
    Share{Ending::handling, 26},
    Share{Ending::awaiting_visit, 10},
    Share{Ending::reviewing, 8},
    Share{Ending::awaiting_close, 6},
    Share{Ending::awaiting_acknowledgement, 4},
    Share{Ending::awaiting_dispatch, 4},
    Share{Ending::screening, 3},
    Share{Ending::supplementing, 2},
    Share{Ending::shelved, 2},
    Share{Ending::merged, 2},
    Share{Ending::rejected, 2},
};
constexpr std::array round_five{
    Share{Ending::screening, 14},
    Share{Ending::supplementing, 3},
    Share{Ending::draft, 3},
};

/// Returns townships spread evenly over the province; every twelfth is the home township.
std::vector<std::string> places(engine::Organisations const& organisations, std::size_t count) {
    std::vector<std::string> all;
    for (auto const& city : organisations.children("36", 100)) {
        if (city.department) continue;
        for (auto const& county : organisations.children(city.code, 100)) {
            if (county.department) continue;
            for (auto const& township : organisations.children(county.code, 100)) {
                if (!township.department) all.push_back(township.code);
            }
        }
    }
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < count && !all.empty(); ++i) {
        if (i % 12 == 3) {
            chosen.emplace_back(home);
        } else {
            chosen.push_back(all[(i * 197 + 31) % all.size()]);
        }
    }
    return chosen;
}

std::vector<Plot> plots(Stage const& stage) {
    std::vector<Plot> all;
    std::vector<Ending> endings;
    for (auto const& share : round_four) endings.insert(endings.end(), share.count, share.ending);
    std::size_t const in_round_four = endings.size();
    for (auto const& share : round_five) endings.insert(endings.end(), share.count, share.ending);
    auto const where = places(stage.organisations, endings.size());
    for (std::size_t i = 0; i < endings.size(); ++i) {
        bool const fourth = i < in_round_four;
        Plot plot{.number = i, .ending = endings[i], .round = fourth ? 4 : 5, .place = where.at(i)};
        // The fourth was collected over six weeks; the fifth began last week.
        auto const age = fourth ? 100 * day - (i * 53 % 42) * day : 6 * day - (i * 7 % 5) * day;
        plot.begins = stage.now - age;
        plot.level = i % 10 < 6 ? Level::province : i % 10 < 8 ? Level::city : Level::county;
        plot.merge_into = i % 2 == 0 ? 62 : 66; // reported before, and in hand for long
        all.push_back(plot);
    }
    return all;
}

Step round_step(Stage const& stage, Time at, std::int64_t number, std::string verb, Fields fields) {
    return {.at = at,
            .tale = 0,
            .actor = coordinator_of(stage, "36"),
            .workflow = "round",
            .verb = std::move(verb),
            .fields = std::move(fields),
            .instance = "round-" + std::to_string(number)};
}

Fields round_fields(std::int64_t number, std::string name, Time opens, Time closes, Time due) {
    Fields fields;
    fields.set("number", number);
    fields.set("name", std::move(name));
    fields.set("opens_at", opens);
    fields.set("closes_at", closes);
    fields.set("due_at", due);
    return fields;
}

/// Returns the planning only: rounds open and begin to be handled by timer.
std::vector<Step> round_steps(Stage const& stage) {
    Time const now = stage.now;
    std::vector<Step> steps;
    steps.push_back(round_step(stage, now - 110 * day, 4, "plan",
                               round_fields(4, "第四批次高质量跨越式发展难题", now - 105 * day,
                                            now - 50 * day, stage.round_due)));
    steps.push_back(round_step(
        stage, now - 14 * day, 5, "plan",
        round_fields(5, "第五轮次困难问题征集", now - 9 * day, now + 30 * day, now + 110 * day)));
    return steps;
}

class Telling {
public:
    Telling(engine::Office& office, StoryClock& clock, std::size_t tales)
        : office_(office), clock_(clock), ids_(tales) {}

    engine::Outcome<void> tell(Step const& step) {
        advance_to(step.at);
        engine::Command command{.actor = step.actor,
                                .workflow = step.workflow,
                                .instance = {},
                                .verb = step.verb,
                                .fields = step.fields};
        auto& own = ids_.at(step.tale);
        if (step.workflow == "round") {
            (step.verb == "plan" ? command.new_id : command.instance) = step.instance;
        } else {
            command.instance = own;
            if (step.verb == "merge")
                command.fields.set("into", ids_.at(std::stoul(step.instance)));
        }
        auto reply = office_.engine.execute(std::move(command));
        if (!reply) {
            auto refusal = reply.error();
            refusal.detail = "The demonstration's tale " + std::to_string(step.tale) + " at '" +
                             step.verb + "': " + refusal.detail;
            return refusal;
        }
        if (own.empty() && step.workflow == "problem") own = reply->instance->id;
        return {};
    }

    /// Fires every wake due until then, at its time.
    void advance_to(Time at) {
        for (auto next = office_.engine.wake_due().next; next && *next <= at;) {
            clock_.set(std::max(*next, clock_.now()));
            auto const turn = office_.engine.wake_due();
            if (turn.fired == 0) break;
            next = turn.next;
        }
        clock_.set(at);
    }

private:
    engine::Office& office_;
    StoryClock& clock_;
    std::vector<std::string> ids_;
};

} // namespace

engine::Outcome<void> tell_story(engine::Office& office, StoryClock& clock, Time now,
                                 std::function<void(std::size_t, std::size_t)> const& progress) {
    auto const rules = office.rulebook.rules();
    Stage const stage{office.organisations, rules->calendar, now, now - 10 * day};
    auto steps = round_steps(stage);
    auto const all = plots(stage);
    for (auto const& plot : all) {
        for (auto& step : steps_of(plot, stage)) steps.push_back(std::move(step));
    }
    std::stable_sort(steps.begin(), steps.end(),
                     [](Step const& a, Step const& b) { return a.at < b.at; });
    clock.set(steps.front().at);
    Telling telling(office, clock, all.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (auto told = telling.tell(steps[i]); !told) return told.error();
        progress(i + 1, steps.size());
    }
    telling.advance_to(now);
    clock.release();
    return {};
}

} // namespace banjie::demonstration
