#include "tests/api/door.hpp"

#include "api/description/openapi.hpp"
#include "tests/api/description.hpp"
#include "tests/storage/whole_blobs.hpp"
#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/policy_file.hpp"

#include <doctest/doctest.h>

#include <future>

namespace banjie::api {

using engine::Role;
using nlohmann::json;

namespace {

struct Person {
    char const* name;
    char const* organisation;
    Role role;
};

constexpr Person people[] = {{"township", "360731100", Role::reporter},
                             {"county", "360731", Role::coordinator},
                             {"city", "3607", Role::coordinator},
                             {"province", "36", Role::coordinator},
                             {"department", "360731-transport", Role::handler},
                             {"visitor", "36-follow-up", Role::visitor},
                             {"elsewhere", "360121", Role::coordinator},
                             {"admin", "36", Role::administrator},
                             {"county-admin", "360731", Role::administrator}};
constexpr char const* password = "correct horse";

Method method_named(std::string_view name) {
    for (auto const method :
         {Method::get, Method::post, Method::put, Method::patch, Method::delete_})
        if (name_of(method) == name) return method;
    return Method::other;
}

} // namespace

std::shared_ptr<engine::Rules const> tested_rules() {
    auto rules = std::make_shared<engine::Rules>(*engine::built_in_rules());
    for (auto const* workflow : workflows::testing::tested_workflows()) {
        auto const name = workflow->name();
        if (rules->workflows.find(name) != nullptr) continue;
        rules->workflows.add(*workflow);
        rules->policies.emplace(name, workflows::testing::policy_file(name));
    }
    return rules;
}

Door::Door() : desk(tested_rules()), router(services()) {
    for (Person const& person : people) hire(person.name, person.organisation, person.role);
}

Door::Door(storage::Store& existing) : desk(existing, tested_rules()), router(services()) {}

Services Door::services() {
    return {.office = desk.office,
            .metrics = metrics,
            .post = [this](auto const& caller,
                           auto work) { return workers.post(caller, std::move(work)); },
            .describe = openapi_document};
}

void Door::hire(std::string const& name, std::string const& organisation, Role role) {
    engine::User user;
    user.name = name;
    user.display_name = name;
    user.organisation = organisation;
    user.roles = {role};
    auto& accounts = desk.office.accounts;
    REQUIRE(accounts.save(engine::system_caller(), user, password, 0).has_value());
    auto const signed_in = accounts.sign_in(name, password, "test");
    REQUIRE(signed_in.has_value());
    tokens_[name] = signed_in->token;
}

std::string Door::authorization_of(std::string const& name) const {
    return name.empty() ? std::string() : "Bearer " + tokens_.at(name);
}

Answered Door::send(std::string const& user, std::string const& line, std::string body,
                    Extra const& extra) {
    Request request;
    auto const space = line.find(' ');
    request.method = method_named(line.substr(0, space));
    auto const target = line.substr(space + 1);
    auto const question = target.find('?');
    request.path = target.substr(0, question);
    for (auto at = question; at != std::string::npos && at + 1 < target.size();) {
        auto const end = std::min(target.find('&', at + 1), target.size());
        auto const pair = target.substr(at + 1, end - at - 1);
        auto const equals = pair.find('=');
        request.query.emplace_back(pair.substr(0, equals),
                                   equals == std::string::npos ? "" : pair.substr(equals + 1));
        at = end == target.size() ? std::string::npos : end;
    }
    request.body = std::move(body);
    request.content_type = extra.content_type;
    request.idempotency_key = extra.idempotency_key;
    request.if_match = extra.if_match;
    request.cookie = extra.cookie;
    request.csrf_token = extra.csrf_token;
    request.origin = extra.origin;
    request.host = extra.host;
    request.secure = extra.secure;
    request.address = extra.address;
    request.of_this_machine = extra.of_this_machine.value_or(is_of_this_machine(extra.address));
    request.method_override = extra.method_override;
    Request asked = request;
    request.authorization = authorization_of(user);
    std::promise<Response> promise;
    router.handle(std::move(request),
                  [&promise](Response response) { promise.set_value(std::move(response)); });
    auto response = promise.get_future().get();
    if (response.write_body) response.body = response.write_body();
    if (response.file) response.body = storage::read(*response.file).value();
    Answered answered;
    answered.status = response.status;
    answered.text = response.body;
    if (response.content_type.find("json") != std::string::npos && !response.body.empty()) {
        answered.body = json::parse(response.body);
        INFO(line, ": ", response.body);
        if (described) CHECK(misfit_of(asked, response.status, answered.body) == "");
    }
    for (auto& [name, value] : response.headers) {
        answered.headers[name] = value;
        if (name == "Set-Cookie") answered.cookies.push_back(value);
    }
    return answered;
}

Answered Door::ask(std::string const& user, std::string const& line, json const& body,
                   Extra const& extra) {
    return send(user, line, body.dump(), extra);
}

std::string Door::report(std::string const& title) {
    auto const made = ask("township", "POST /api/v1/problems",
                          json{{"title", title},
                               {"description", "三公里"},
                               {"category", "transport"},
                               {"region", "360731100"},
                               {"submit", true}});
    INFO(made.text);
    REQUIRE(made.status == 201);
    return made.body["id"];
}

void Door::give(std::string const& user, std::string const& id, std::string const& command,
                json const& fields) {
    auto const answered = ask(user, "POST /api/v1/problems/" + id + "/commands/" + command, fields);
    INFO(command, ": ", answered.text);
    REQUIRE(answered.status == 200);
}

} // namespace banjie::api
