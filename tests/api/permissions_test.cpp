// Who may do what, through HTTP: every (workflow, state, command, role, place) of the workflows'
// own tables. What the rules say is asked of the rules; who sees what is said here once more.

#include "api/shown/instance_resource.hpp"
#include "api/transport/server.hpp"
#include "engine/index/index_entry.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/text/json_text.hpp"
#include "tests/api/door.hpp"
#include "tests/api/transport/client.hpp"
#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/calendar_file.hpp"
#include "tests/workflows/policy_file.hpp"
#include "tests/workflows/sample.hpp"

#include <doctest/doctest.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <future>

using namespace banjie;
using namespace banjie::api;
using engine::Instance;
using engine::Role;
using engine::Texts;
using engine::Workflow;
using nlohmann::json;
namespace testing = workflows::testing;

namespace {

/// Where people sit, seen from the samples: reported by 360731100, led by 360731-transport, helped
/// by 360731-finance, convened by 360731.
constexpr std::string_view places[] = {
    "360731100",        // the own unit
    "360731101",        // its neighbour
    "360731",           // its county
    "360702",           // the county beside it
    "360702100",        // a township there
    "3607",             // the city
    "3601",             // another city
    "36",               // the province
    "360731-transport", // the lead unit
    "360731-finance",   // the co-handler
    "360731-follow-up", // a department of the county that has no part in it
    "360702-transport", // departments elsewhere, above and at the top
    "3607-transport",
    "36-follow-up",
};
constexpr Role roles[] = {Role::reporter, Role::coordinator, Role::screener,     Role::handler,
                          Role::visitor,  Role::supervisor,  Role::administrator};

struct Person {
    std::string name;
    engine::Actor actor;
};

std::vector<Person> everybody() {
    std::vector<Person> people;
    for (auto const place : places)
        for (Role const role : roles) {
            auto name = std::string(name_of(role)) + "." + std::string(place);
            people.push_back({name, engine::Desk::person(name, std::string(place), {role})});
        }
    return people;
}

/// Said apart from engine/jurisdiction.cpp, so that the two hold each other.
bool sees(engine::Actor const& actor, Instance const& sample) {
    if (sample.workflow == "round") return true;
    auto const& own = actor.organisation;
    bool const reports = sample.workflow != "consultation" && own == "360731100";
    if (sample.state() == "draft" || sample.state() == "discarded") return reports;
    bool const has_helpers = sample.workflow == "problem" || sample.workflow == "consultation";
    bool const helps = has_helpers && own == "360731-finance";
    bool const leads = sample.workflow != "consultation" && own == "360731-transport";
    bool const convenes = sample.workflow == "consultation" && own == "360731";
    bool const has_a_part = reports || leads || helps || convenes;
    bool const office =
        !actor.of_department || !(actor.has(Role::reporter) || actor.has(Role::handler));
    return has_a_part || (office && sample.facts.text("region").starts_with(actor.region));
}

/// Said apart from engine/commands/plan.cpp: an edit of nothing, or to what is so already.
bool changes_nothing(Instance const& sample, engine::Event const& event) {
    Instance after = sample;
    workflows::apply(after, event);
    after.version = sample.version;
    after.updated_at = sample.updated_at;
    return after == sample &&
           std::all_of(event.fields.begin(), event.fields.end(), [&](auto const& said) {
               auto const* fact = sample.facts.find(said.first);
               return fact && *fact == said.second;
           });
}

struct Try {
    Workflow const* workflow;
    workflows::StateInfo const* state; // nullptr: there is none yet
    engine::CommandInfo const* command;
    Person const* person;
    std::string code; // of the refusal; empty: accepted
    int status = 0;
    std::string id;
};

class Matrix {
public:
    Matrix() {
        for (Workflow const* workflow : testing::tested_workflows()) {
            policies_.emplace(workflow->name(), testing::policy_file(workflow->name()));
            for (auto const& command : workflow->commands()) {
                if (command.internal) continue;
                if (command.creates)
                    add_all(*workflow, nullptr, command);
                else
                    for (auto const& state : workflow->states())
                        if (state.name != "new") add_all(*workflow, &state, command);
            }
        }
    }

    /// Every accepted try has an instance of its own; those that are refused share one per state.
    void place_instances(storage::Store& store) {
        put(store, "other", problem_beside());
        put(store, "round-4", round_that_collects());
        for (Workflow const* workflow : testing::tested_workflows())
            for (auto const& state : workflow->states())
                if (state.name != "new") shared(store, *workflow, state);
        for (auto& one : tries) {
            if (one.state == nullptr) continue;
            bool const accepted = one.code.empty();
            one.id = accepted ? put_next(store, *one.workflow, *one.state)
                              : shared(store, *one.workflow, *one.state);
        }
    }

    std::vector<Person> people = everybody();
    std::vector<Try> tries;
    std::map<std::string, std::string> shared_ids; // by workflow and state

private:
    void add_all(Workflow const& workflow, workflows::StateInfo const* state,
                 engine::CommandInfo const& command) {
        static workflows::StateInfo const fresh{"new", "", "", 0, false};
        auto const sample = testing::sample_instance(workflow, state ? *state : fresh);
        auto const form = testing::sample_form(command);
        for (auto const& person : people) {
            workflows::Context const context{person.actor, testing::sample_time(),
                                             policies_.at(std::string(workflow.name())), calendar_,
                                             world_};
            Try one{&workflow, state, &command, &person, "", state ? 200 : 201, ""};
            auto const decision =
                workflow.decide(sample_of(workflow, sample), command.name, form, context);
            if (state && !sees(person.actor, sample_of(workflow, sample))) {
                one.code = "instance_not_found";
                one.status = 404;
            } else if (decision.refusal) {
                one.code = decision.refusal->code.name();
                one.status = status_of(*decision.refusal);
            } else if (state && changes_nothing(sample_of(workflow, sample), decision.event)) {
                one.code = "nothing_changes";
                one.status = 409;
            }
            tries.push_back(std::move(one));
        }
    }

    /// The samples have no convener; a consultation is convened by the county.
    static Instance sample_of(Workflow const& workflow, Instance sample) {
        if (sample.version == 0) return sample;
        if (workflow.name() == "consultation") {
            sample.facts.set("region", std::string("360731"));
            sample.facts.set("convener", std::string("360731"));
            sample.facts.set("participants", Texts{"360731-finance"});
            for (std::string_view const fact : {"reporting_unit", "lead_unit", "co_handlers"})
                sample.facts.clear(fact);
        }
        return sample;
    }

    static Instance problem_beside() {
        auto const& problem = *testing::tested_workflow("problem");
        return testing::sample_instance(problem, *problem.state("handling"));
    }
    static Instance round_that_collects() {
        auto const& round = *testing::tested_workflow("round");
        auto sample = testing::sample_instance(round, *round.state("collecting"));
        for (std::string_view const fact : {"opens_at", "closes_at", "due_at"})
            sample.facts.clear(fact);
        return sample;
    }

    std::string shared(storage::Store& store, Workflow const& workflow,
                       workflows::StateInfo const& state) {
        auto& id = shared_ids[std::string(workflow.name()) + "/" + std::string(state.name)];
        if (id.empty()) id = put_next(store, workflow, state);
        return id;
    }
    std::string put_next(storage::Store& store, Workflow const& workflow,
                         workflows::StateInfo const& state) {
        bool const numbered = workflow.name() == "round";
        auto const number = ++made_;
        auto const id = (numbered ? "round-" : "s") + std::to_string(number);
        auto sample = sample_of(workflow, testing::sample_instance(workflow, state));
        if (numbered) sample.facts.set("number", static_cast<std::int64_t>(number));
        put(store, id, std::move(sample));
        return id;
    }
    static void put(storage::Store& store, std::string const& id, Instance sample) {
        sample.id = id;
        engine::Event event;
        event.type = event.command = "placed";
        event.at = sample.updated_at;
        storage::Batch batch;
        auto const& workflow = *testing::tested_workflow(sample.workflow);
        batch.changes.push_back({id, 0, engine::instance_text(workflow, sample),
                                 encode(engine::index_entry_of(workflow, sample)),
                                 engine::event_text(sample, event, {})});
        store.commit(std::move(batch), [](auto const& result) { REQUIRE(result.has_value()); });
    }

    std::map<std::string, workflows::Policy> policies_;
    workflows::Calendar calendar_ = testing::shipped_calendar();
    testing::SampleWorld world_;
    std::size_t made_ = 1'000;
};

void import_places(engine::Desk& desk) {
    json all = json::array();
    for (auto const place : places) all.push_back({{"code", place}, {"name", place}});
    auto const imported =
        desk.office.organisations.import(desk.office.documents, engine::system_caller(), all.dump(),
                                         [](std::size_t, std::size_t) {});
    INFO((imported ? "" : imported.error().detail));
    REQUIRE(imported.has_value());
}

/// Accounts and sessions as documents: nobody has to wait for a hundred passwords.
void sign_in_all(storage::Store& store, std::vector<Person> const& people) {
    storage::Batch batch;
    for (auto const& person : people) {
        json const user = {{"display_name", person.name},
                           {"organisation", person.actor.organisation},
                           {"roles", {person.name.substr(0, person.name.find('.'))}},
                           {"active", true},
                           {"password_hash", "none"}};
        json const session = {{"user", person.name}, {"expires_at", "2099-01-01T00:00:00+08:00"}};
        batch.documents.push_back({"user", person.name, 0, user.dump(), ""});
        batch.documents.push_back(
            {"session", engine::session_id_of("token of " + person.name), 0, session.dump(), ""});
    }
    store.commit(std::move(batch), [](auto const& result) { REQUIRE(result.has_value()); });
}

std::string line_of(Try const& one) {
    InstanceResource const resource(*one.workflow);
    auto const collection = "/api/v1/" + resource.collection();
    if (one.state == nullptr) return "POST " + collection;
    auto const path = collection + "/" + resource.segment_of(one.id);
    if (one.command->name == "edit") return "PATCH " + path;
    return "POST " + path + "/commands/" + std::string(one.command->name);
}

/// A try as bytes on a connection.
std::string bytes_of(Try const& one, Door const& door, std::string const& body) {
    auto const line = line_of(one);
    return line +
           " HTTP/1.1\r\nHost: h\r\nAuthorization: " + door.authorization_of(one.person->name) +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

/// Everybody of the matrix, before a door over its instances.
struct Setting {
    Setting() {
        {
            engine::Desk desk(*store);
            import_places(desk);
        }
        sign_in_all(*store, matrix.people);
        matrix.place_instances(*store);
        door.emplace(*store);
        auto& clock = door->desk.clock;
        clock.advance(testing::sample_time() - clock.now());
        for (auto const& person : matrix.people)
            door->knows(person.name, "token of " + person.name);
        spdlog::set_level(spdlog::level::err); // tens of thousands are forbidden
    }
    ~Setting() { spdlog::set_level(spdlog::level::info); }
    Setting(Setting const&) = delete;
    Setting& operator=(Setting const&) = delete;

    [[nodiscard]] std::string body_of(Try const& one) {
        auto body = engine::to_json(testing::sample_form(*one.command));
        if (one.state == nullptr && body.contains("number")) body["number"] = ++number_;
        return body.dump();
    }

    /// Past Door::send: samples have every fact at once, which the API's description does not.
    [[nodiscard]] Response ask(Try const& one) {
        auto const line = line_of(one);
        Request request;
        request.method = line.starts_with("PATCH") ? Method::patch : Method::post;
        request.path = line.substr(line.find(' ') + 1);
        request.body = body_of(one);
        request.content_type = "application/json";
        request.authorization = door->authorization_of(one.person->name);
        request.address = "127.0.0.1";
        std::promise<Response> promise;
        door->router.handle(std::move(request),
                            [&](Response response) { promise.set_value(std::move(response)); });
        auto response = promise.get_future().get();
        if (response.write_body) response.body = response.write_body();
        return response;
    }

    std::unique_ptr<storage::Store> store = storage::open_memory_store();
    Matrix matrix;
    std::optional<Door> door;

private:
    std::int64_t number_ = 100;
};

} // namespace

TEST_CASE(
    "every command in every state, by every role in every place, leaves with the right code") {
    Setting setting;
    setting.door->described = false;
    auto& matrix = setting.matrix;
    std::map<int, std::size_t> counts;
    for (auto const& one : matrix.tries) {
        auto const answered = setting.ask(one);
        auto const code = json::parse(answered.body).value("code", "");
        bool const right = answered.status == one.status && code == one.code;
        if (!right) {
            INFO(one.person->name, ": ", line_of(one), " in ",
                 (one.state ? one.state->name : "new"), ", expected ", one.status, " ", one.code);
            FAIL_CHECK(answered.body);
        }
        ++counts[answered.status];
    }
    MESSAGE(matrix.tries.size(), " rows: ", counts[200] + counts[201], " accepted, ", counts[403],
            " forbidden, ", counts[404], " not to be seen, ", counts[409], " not permitted now, ",
            counts[422], " invalid");
    CHECK(matrix.tries.size() > 50'000);
    CHECK(counts[200] > 100);
    for (auto const& [state, id] : matrix.shared_ids) {
        INFO(state);
        CHECK(setting.store->instance(id).value()->version == 1); // what was refused wrote nothing
    }
}

TEST_CASE("a sample of them, over sockets") {
    Setting setting;
    ServerOptions options;
    options.port = 0;
    options.threads = 2;
    Server server(options, [&](Request request, Respond respond) {
        setting.door->router.handle(std::move(request), std::move(respond));
    });
    REQUIRE(server.start().has_value());
    Client client(server.port());
    std::size_t asked = 0;
    constexpr std::size_t step = 61; // has no factor in common with people or places
    for (std::size_t at = 0; at < setting.matrix.tries.size(); at += step) {
        auto const& one = setting.matrix.tries[at];
        auto const received = client.ask(bytes_of(one, *setting.door, setting.body_of(one)));
        INFO(one.person->name, ": ", line_of(one), " ", received.body);
        CHECK(received.status == one.status);
        if (!one.code.empty())
            CHECK(received.body.find("\"code\":\"" + one.code + "\"") != std::string::npos);
        ++asked;
    }
    MESSAGE(asked, " rows over sockets");
    CHECK(asked > 500);
}
