#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

namespace banjie::engine {

namespace {

constexpr std::string_view organisations = R"([
    {"code":"36","name":"江西省"},{"code":"3607","name":"赣州市"},{"code":"3601","name":"南昌市"},
    {"code":"360731","name":"于都县"},{"code":"360121","name":"南昌县"},
    {"code":"360731100","name":"贡江镇"},{"code":"360731101","name":"铁山垅镇"},
    {"code":"360731-transport","name":"于都县交通局"},{"code":"360731-finance","name":"于都县财政局"},
    {"code":"36-follow-up","name":"省回访组"},{"code":"36-natural-resources","name":"省自然资源厅"}])";

} // namespace

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    std::lock_guard const lock(mutex_);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
}

Desk::Desk(std::shared_ptr<Rules const> rules)
    : own_store(storage::open_memory_store()),
      office(*own_store, clock, random, storage::open_memory_blobs(), std::move(rules)) {
    REQUIRE(office.load().has_value());
    REQUIRE(import_organisations());
}

Desk::Desk(storage::Store& existing, std::shared_ptr<Rules const> rules)
    : office(existing, clock, random, storage::open_memory_blobs(), std::move(rules)) {
    REQUIRE(office.load().has_value());
}

bool Desk::import_organisations() {
    auto const imported = office.organisations.import(
        office.documents, engine::system_caller(), organisations, [](std::size_t, std::size_t) {});
    return imported.has_value();
}

Caller Desk::person(std::string user, std::string organisation, Roles roles) {
    Caller actor;
    actor.display_name = user;
    actor.user = std::move(user);
    actor.roles = roles;
    actor.region = region_of(organisation);
    actor.of_department = actor.region != organisation;
    constexpr Level levels[] = {Level::province, Level::city, Level::county, Level::township};
    actor.level = levels[std::min<std::size_t>(actor.region.size() / 2 - 1, 3)];
    actor.organisation = std::move(organisation);
    return actor;
}

Fields fields_of(std::initializer_list<std::pair<std::string_view, Value>> entries) {
    Fields fields;
    for (auto const& [name, value] : entries) fields.set(name, value);
    return fields;
}

std::string Desk::report(std::string title) {
    auto const reply =
        office.engine.execute({.actor = township,
                               .workflow = "problem",
                               .instance = "",
                               .verb = "report",
                               .fields = fields_of({{"title", title},
                                                    {"description", std::string("三公里")},
                                                    {"category", std::string("transport")},
                                                    {"region", std::string("360731100")},
                                                    {"submit", true}})});
    REQUIRE(reply.has_value());
    return reply->instance->id;
}

Outcome<Reply> Desk::give(Actor const& actor, std::string const& id, std::string verb,
                          Fields fields, std::string key) {
    return office.engine.execute({.actor = actor,
                                  .workflow = "problem",
                                  .instance = id,
                                  .verb = std::move(verb),
                                  .fields = std::move(fields),
                                  .idempotency_key = std::move(key)});
}

Instance Desk::done(Actor const& actor, std::string const& id, std::string verb, Fields fields) {
    auto const reply = give(actor, id, verb, std::move(fields));
    INFO(verb, ": ", reply ? "" : reply.error().detail);
    REQUIRE(reply.has_value());
    return *reply->instance;
}

void Desk::bring_to_handling(std::string const& id) {
    done(county, id, "accept");
    done(county, id, "assign", fields_of({{"lead_unit", std::string("360731-transport")}}));
    done(department, id, "acknowledge");
}

void Desk::bring_to_close(std::string const& id) {
    bring_to_handling(id);
    done(department, id, "submit_resolution",
         fields_of({{"result", std::string("solved")}, {"measures", std::string("已修复")}}));
    done(county, id, "approve_resolution");
    done(visitor, id, "log_visit",
         fields_of({{"method", std::string("on_site")},
                    {"thoroughly_resolved", std::string("yes")},
                    {"accepted_by_grassroots", std::string("satisfied")},
                    {"findings", std::string("路已修好")}}));
    done(visitor, id, "conclude_visits");
    done(county, id, "close");
}

} // namespace banjie::engine
