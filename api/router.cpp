#include "api/router.hpp"

#include "api/limits.hpp"
#include "api/pages/console_pages.hpp"
#include "api/request/key_scope.hpp"
#include "api/request/metrics.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "api/resources/acts_api.hpp"
#include "api/shown/instance_resource.hpp"
#include "api/shown/list_query.hpp"
#include "engine/limits.hpp"
#include "engine/text/read_fields.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <future>

namespace banjie::api {

using engine::Outcome;
using engine::Refusal;

namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    if (path.starts_with('/')) path.remove_prefix(1);
    for (;;) {
        auto const slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{');
}

constexpr std::string_view instances = "{instances}";

/// Returns the values of the path's parameters by name.
std::map<std::string, std::string> parameters_of(std::span<std::string_view const> pattern,
                                                 std::span<std::string_view const> path) {
    std::map<std::string, std::string> parameters;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (is_parameter(pattern[i]) && pattern[i] != instances)
            parameters.emplace(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
    return parameters;
}

/// Returns the workflow of the path, or else the named one, or else the first.
engine::Workflow const* workflow_asked_of(Exchange const& exchange) {
    if (exchange.workflow != nullptr) return exchange.workflow;
    auto const rules = exchange.office().rulebook.rules();
    auto const name = exchange.query("workflow");
    return name.empty() ? &rules->workflows.first() : rules->workflows.find(name);
}

Outcome<void> check_query(Exchange const& exchange) {
    auto const& route = exchange.route;
    auto const& request = exchange.request;
    if (request.query.empty()) return boost::system::in_place_value;
    std::vector<std::string_view> known;
    for (auto const& parameter : route.query) known.push_back(parameter.name);
    auto const* const workflow =
        route.filters == Filters::none ? nullptr : workflow_asked_of(exchange);
    if (workflow != nullptr) {
        auto const names =
            route.filters == Filters::tags ? tags_of(*workflow) : filters_of(*workflow);
        known.insert(known.end(), names.begin(), names.end());
    }
    for (auto const& [name, value] : request.query)
        if (std::find(known.begin(), known.end(), name) == known.end())
            return unknown_parameter(name, known);
    return boost::system::in_place_value;
}

/// Replaces an instance's number in the path by its id.
void name_instance(Exchange& exchange) {
    auto const named = exchange.request.parameters.find("id");
    if (exchange.workflow == nullptr || named == exchange.request.parameters.end()) return;
    named->second = exchange.office().index.id_named(exchange.actor, named->second);
}

/// Replaces the method of a POST by the write that it names, for firewalls that pass only GET and
/// POST. The request is then checked like that write. Other methods cannot be named.
void take_named_method(Request& request) {
    if (request.method != Method::post || !request.path.starts_with("/api/")) return;
    auto const in_query =
        std::ranges::find(request.query, "method", &std::pair<std::string, std::string>::first);
    std::string name = std::move(request.method_override);
    request.method_override.clear();
    if (name.empty() && in_query != request.query.end()) {
        name = std::move(in_query->second);
        request.query.erase(in_query);
    }
    if (name.empty()) return;
    request.method = Method::other;
    for (auto const method : {Method::post, Method::put, Method::patch, Method::delete_})
        if (name == name_of(method)) request.method = method;
}

Refusal too_many_requests(int wait_s) {
    return {.code = "too_many_requests"_code,
            .detail = "The account or address sends requests too fast.",
            .help = "Wait as long as Retry-After says, and ask for larger pages.",
            .retry_after_s = wait_s};
}

Refusal too_many_answers() {
    return {.code = "busy"_code,
            .detail = "Cannot answer the request: too much of earlier answers is unread.",
            .help = "Read the earlier answers, and try again in a moment.",
            .retry_after_s = 1,
            .kind = RefusalKind::unavailable};
}

Router::Use use_of(Route const& route) {
    return route.caller == Caller::newcomer ? Router::Use::newcomer : Router::Use::active;
}

/// Logs a forbidden request for those who monitor the server. Never logs its content.
void log_forbidden(Exchange const& exchange) {
    auto const& user = exchange.actor.user;
    spdlog::warn("Forbidden: {} {} to {} at {}", name_of(exchange.route.method),
                 exchange.route.pattern, user.empty() ? "a stranger" : user,
                 exchange.request.address);
}

/// Reads the body in the form that the route requires.
Outcome<void> read_body(Exchange& exchange) {
    if (exchange.route.body == Body::none || exchange.route.body == Body::file)
        return boost::system::in_place_value;
    bool const is_free = exchange.route.body == Body::object;
    auto object = read_object(exchange.request.body, is_free ? JsonBounds() : of_a_form);
    if (!object) return object.error();
    exchange.body = std::move(*object);
    if (exchange.route.body != Body::form) return boost::system::in_place_value;
    auto fields = engine::read_fields(exchange.body, exchange.route.form);
    if (!fields) return fields.error();
    auto errors = engine::check_fields(exchange.route.form, *fields);
    if (!errors.empty())
        return Refusal{.code = "invalid_fields"_code,
                       .detail = "Some fields are missing or not valid.",
                       .help = "Correct the fields listed in \"errors\".",
                       .errors = std::move(errors)};
    exchange.fields = std::move(*fields);
    return boost::system::in_place_value;
}

} // namespace

struct Router::UnderWay {
    ~UnderWay() { ended.set_value(); }
    std::promise<void> ended;
};

Router::Router(Services services)
    : services_(std::move(services)), unknown_(services_.metrics.route("unknown")),
      rates_(services_.requests_per_second), under_way_(std::make_shared<UnderWay>()) {
    for (auto const& indexed : services_.office.rulebook.rules()->workflows)
        collections_.emplace(InstanceResource(*indexed.workflow).collection(), indexed.workflow);
    services_.carry_out = [this](Request request, engine::Caller actor, Respond respond) {
        auto found = find(request);
        if (found.row == nullptr)
            return respond(refusal_response(
                {"unknown_path"_code, "The API has no such path.", "See the paths at /docs."}));
        auto const exchange = std::make_shared<Exchange>(Exchange{.services = services_,
                                                                  .route = *found.row->route,
                                                                  .request = std::move(request),
                                                                  .respond = std::move(respond)});
        exchange->request.parameters = std::move(found.parameters);
        exchange->workflow = found.workflow;
        exchange->actor = std::move(actor);
        carry_out(exchange, false);
    };
    services_.took = [this](std::string const& caller, std::chrono::microseconds time) {
        rates_.took(caller, time, services_.office.clock.steady_now());
    };
    for (Route const& route : routes()) {
        auto const name = std::string(name_of(route.method)) + " " + std::string(route.pattern);
        rows_.push_back({&route, segments_of(route.pattern), &services_.metrics.route(name)});
    }
}

Router::~Router() {
    auto const ended = under_way_->ended.get_future();
    under_way_.reset();
    ended.wait();
}

Outcome<engine::Actor> Router::caller_of(Request const& request, Use use) const {
    auto const token = credentials_of(request).token;
    auto& office = services_.office;
    if (!token.empty()) {
        auto actor = engine::ApiKeys::is_key(token) ? office.api_keys.actor_of(token)
                                                    : office.accounts.actor_of(token, use);
        if (!actor) return actor;
        if (auto admitted = office.security.admits(*actor, request.address); !admitted)
            return admitted.error();
        auto const scope =
            engine::ApiKeys::is_key(token) ? office.api_keys.scope_of(token) : nullptr;
        if (!scope) return actor;
        if (auto const& whence = scope->addresses;
            !whence.empty() && !whence.contains(request.address))
            return out_of_scope("this address");
        // Only the feed, which contains events of every workflow, is a passive use.
        if (use == Use::passive && !scope->workflows.empty()) return out_of_scope("the feed");
        return actor;
    }
    return Refusal{.code = "no_session"_code,
                   .detail = "The request carries no token.",
                   .help = "Sign in: POST /api/v1/sessions. Send the token as 'Authorization: "
                           "Bearer …', or let the browser keep it as a cookie."};
}

std::optional<Response> Router::admit_body(Request& request, std::uint64_t bytes) {
    take_named_method(request);
    auto const found = find(request);
    if (found.row == nullptr || found.row->route->body == Body::none)
        return body_too_large(limits::anonymous_body_bytes);
    Route const& route = *found.row->route;
    if (bytes > route.body_bytes) return body_too_large(route.body_bytes);
    auto actor = caller_of(request, use_of(route));
    if (!actor) return refusal_response(actor.error());
    request.room = services_.bodies->open(actor->user, request.address);
    if (route.admits == nullptr) return std::nullopt;
    if (!request.room->hold(limits::arriving_file_bytes)) return no_room_for_body();
    Exchange exchange{
        .services = services_, .route = route, .request = std::move(request), .respond = {}};
    exchange.request.parameters = found.parameters;
    exchange.actor = {std::move(*actor), exchange.request.address};
    exchange.workflow = found.workflow;
    name_instance(exchange);
    auto const admitted = route.admits(exchange, bytes);
    request = std::move(exchange.request);
    if (!admitted) return refusal_response(admitted.error());
    return std::nullopt;
}

int Router::charge(std::string_view caller, double requests) {
    return rates_.charge(caller, requests, services_.office.clock.steady_now());
}

Router::Found Router::find(Request const& request) const {
    auto const segments = segments_of(request.path);
    Found found;
    for (Row const& row : rows_) {
        if (row.segments.size() != segments.size()) continue;
        engine::Workflow const* workflow = nullptr;
        bool fits = true;
        for (std::size_t i = 0; i < segments.size() && fits; ++i) {
            auto const pattern = row.segments[i];
            if (!is_parameter(pattern)) {
                fits = pattern == segments[i];
            } else if (pattern == instances) {
                auto const known = collections_.find(segments[i]);
                workflow = known == collections_.end() ? nullptr : known->second;
                fits = workflow != nullptr &&
                       (row.route->is_for == nullptr || row.route->is_for(*workflow));
            } else {
                fits = !segments[i].empty();
            }
        }
        if (!fits) continue;
        if (row.route->method == request.method)
            return {&row, parameters_of(row.segments, segments), workflow, {}};
        found.allowed += (found.allowed.empty() ? "" : ", ");
        found.allowed += name_of(row.route->method);
    }
    return found;
}

void Router::handle(Request request, Respond respond) {
    auto const began = std::chrono::steady_clock::now();
    take_named_method(request);
    Found found = find(request);
    auto& figures = found.row != nullptr ? *found.row->figures : unknown_;
    respond = [began, &figures, respond = std::move(respond),
               share = under_way_](Response response) {
        Metrics::answered(figures, response.status, std::chrono::steady_clock::now() - began);
        respond(std::move(response));
    };
    if (auto checked = check_texts(request); !checked)
        return respond(refusal_response(checked.error()));
    if (found.row != nullptr) return run(std::move(found), std::move(request), std::move(respond));
    if (found.allowed.empty() && is_for_console(request)) return respond(console_page(request));
    if (found.allowed.empty())
        return respond(refusal_response(
            {"unknown_path"_code, "The API has no such path.", "See the paths at /docs."}));
    auto response =
        refusal_response({"method_not_allowed"_code,
                          "The path does not have this method, only " + found.allowed + "."});
    response.headers.emplace_back("Allow", found.allowed);
    respond(std::move(response));
}

Outcome<void> Router::admit(Exchange& exchange) {
    auto const& request = exchange.request;
    std::optional<Refusal> stranger;
    if (exchange.route.caller != Caller::anyone) {
        if (auto actor = caller_of(request, use_of(exchange.route))) {
            exchange.actor = {std::move(*actor), request.address};
            exchange.credentials = credentials_of(request);
            auto const token = exchange.credentials.token;
            if (engine::ApiKeys::is_key(token))
                exchange.scope = services_.office.api_keys.scope_of(token);
        } else {
            stranger = actor.error();
        }
    }
    if (!request.of_this_machine) {
        int const wait_s = rates_.admit(exchange.counted(), services_.office.clock.steady_now());
        if (wait_s > 0) return too_many_requests(wait_s);
    }
    if (services_.answers->is_used_up(exchange.actor.user, request.address))
        return too_many_answers();
    if (stranger) return std::move(*stranger);
    bool const is_about_one =
        exchange.workflow != nullptr || exchange.route.filters != Filters::none;
    if (auto checked = check_scope(exchange, is_about_one ? workflow_asked_of(exchange) : nullptr);
        !checked)
        return checked;
    if (exchange.credentials.by_cookie && exchange.route.method != Method::get)
        return check_not_forged(request, exchange.credentials.token);
    return boost::system::in_place_value;
}

void Router::run(Found found, Request request, Respond respond) {
    Route const& route = *found.row->route;
    auto const exchange = std::make_shared<Exchange>(Exchange{
        .services = services_, .route = route, .request = std::move(request), .respond = {}});
    exchange->respond = [&told = *exchange, answer = std::move(respond)](Response response) {
        if (response.status == 403) log_forbidden(told);
        response.account = std::move(told.actor.user); // unused after the answer
        answer(std::move(response));
    };
    exchange->request.parameters = std::move(found.parameters);
    exchange->workflow = found.workflow;
    auto const refuse = [&exchange](Refusal const& refusal) {
        exchange->respond(refusal_response(refusal));
    };
    if (auto admitted = admit(*exchange); !admitted) return refuse(admitted.error());
    Timed const time(*exchange);
    carry_out(exchange, true);
}

void Router::carry_out(std::shared_ptr<Exchange> const& exchange, bool waits) {
    Route const& route = exchange->route;
    auto const refuse = [&exchange](Refusal const& refusal) {
        exchange->respond(refusal_response(refusal));
    };
    name_instance(*exchange);
    if (auto checked = check_query(*exchange); !checked) return refuse(checked.error());
    if (route.body != Body::none && route.body != Body::file && !is_json(exchange->request))
        return exchange->respond(
            refusal_response({"not_json"_code, "The body is not of type application/json.",
                              "Send Content-Type: application/json."}));
    if (exchange->request.body.size() > route.body_bytes)
        return exchange->respond(body_too_large(route.body_bytes));
    if (auto read = read_body(*exchange); !read) return refuse(read.error());
    if (waits && route.sensitivity != nullptr) {
        auto const found = route.sensitivity(*exchange);
        if (!found) return refuse(found.error());
        if (*found && services_.office.security.policy()->waits((*found)->kind))
            return answer_on_worker(acts::propose, exchange);
    }
    route.handler(exchange);
}

} // namespace banjie::api
