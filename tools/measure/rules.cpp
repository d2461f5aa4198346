#include "engine/office.hpp"
#include "engine/people/built_in_organisations.hpp"
#include "storage/store.hpp"
#include "tools/measure/measure.hpp"

#include <chrono>
#include <iostream>

namespace banjie::measure {

namespace {

using namespace engine;

struct Deed {
    Actor actor;
    std::string verb;
    Fields fields;
};

Actor person(std::string organisation, Level level, Role role) {
    Actor actor;
    actor.user = actor.display_name = "measure";
    actor.roles = {role};
    actor.region = engine::region_of(organisation);
    actor.of_department = actor.region != organisation;
    actor.level = level;
    actor.organisation = std::move(organisation);
    return actor;
}

Fields fields_of(std::initializer_list<std::pair<std::string_view, std::string_view>> texts) {
    Fields fields;
    for (auto const& [name, text] : texts) fields.set(name, std::string(text));
    return fields;
}

std::vector<Deed> life() {
    auto const township = person("360731100", Level::township, Role::reporter);
    auto const county = person("360731", Level::county, Role::coordinator);
    auto const unit = person("360731-transport", Level::county, Role::handler);
    auto const visitor = person("36-follow-up", Level::province, Role::visitor);
    auto report = fields_of({{"title", "断头路影响群众出行"},
                             {"description", "通村公路尚有三公里未硬化，雨天无法通行。"},
                             {"category", "transport"},
                             {"region", "360731100"}});
    report.set("submit", true);
    return {
        {township, "report", report},
        {county, "accept", {}},
        {county, "assign", fields_of({{"lead_unit", "360731-transport"}})},
        {unit, "acknowledge", {}},
        {unit, "log_progress", fields_of({{"text", "已现场勘察，正在编制方案。"}})},
        {unit, "submit_resolution", fields_of({{"result", "solved"}, {"measures", "已硬化。"}})},
        {county, "approve_resolution", {}},
        {visitor, "log_visit",
         fields_of({{"method", "on_site"},
                    {"thoroughly_resolved", "yes"},
                    {"accepted_by_grassroots", "satisfied"},
                    {"findings", "道路畅通。"}})},
        {visitor, "conclude_visits", {}},
        {county, "close", {}}};
}

/// Returns the mean nanoseconds of a call.
template <class Call>
double nanoseconds(int calls, Call call) {
    auto const began = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) call();
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - began)
               .count() /
           calls;
}

/// Gives the ten commands. Returns false if one was refused.
bool live(Office& office, std::vector<Deed>& deeds) {
    std::string id;
    for (Deed& deed : deeds) {
        auto const reply = office.engine.execute({.actor = deed.actor,
                                                  .workflow = "problem",
                                                  .instance = id,
                                                  .verb = deed.verb,
                                                  .fields = deed.fields});
        if (!reply) {
            std::cerr << deed.verb << ": " << reply.error().detail << "\n";
            return false;
        }
        id = reply->instance->id;
    }
    return true;
}

} // namespace

int rules(int lives) {
    auto const store = storage::open_memory_store();
    Office office(*store, system_clock(), system_random());
    if (!office.load()) return 1;
    auto const imported =
        office.organisations.import(office.documents, engine::system_caller(),
                                    built_in_organisations(), [](std::size_t, std::size_t) {});
    if (!imported) return 1;

    auto deeds = life();
    auto const rules = office.rulebook.rules();
    auto const& problem = *rules->workflows.find("problem");
    auto const now = system_clock().now();
    auto before = problem.fresh("measured", now);
    double all = 0;
    for (Deed& deed : deeds) {
        workflows::Context const context{deed.actor, now, rules->policies.at("problem"),
                                         rules->calendar, office.world};
        auto const decision = problem.decide(before, deed.verb, deed.fields, context);
        if (decision.refusal) return 1;
        auto const took = nanoseconds(
            lives, [&] { (void)problem.decide(before, deed.verb, deed.fields, context); });
        std::cout << deed.verb << ": " << took << " ns\n";
        all += took;
        workflows::apply(before, decision.event);
    }
    std::cout << "a transition (restore, guards, machine, event): "
              << all / static_cast<double>(deeds.size()) << " ns\n";

    bool good = true;
    auto const life_ns = nanoseconds(lives, [&] { good = good && live(office, deeds); });
    std::cout << "a command through the engine, without disk and network: "
              << life_ns / static_cast<double>(deeds.size()) << " ns\n";
    return good ? 0 : 1;
}

} // namespace banjie::measure
