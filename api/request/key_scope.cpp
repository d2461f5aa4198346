#include "api/request/key_scope.hpp"

#include "api/request/refusal_codes.hpp"

#include <algorithm>
#include <string>

namespace banjie::api {

using engine::Outcome;

namespace {

/// Resources that every platform needs to interpret the others.
constexpr std::string_view common[] = {"/api/v1/me", "/api/v1/organisations", "/api/v1/calendar",
                                       "/api/v1/workflows"};

bool is_common(Route const& route) {
    return route.method == Method::get &&
           std::any_of(std::begin(common), std::end(common),
                       [&](std::string_view begin) { return route.pattern.starts_with(begin); });
}

} // namespace

engine::Refusal out_of_scope(std::string_view what) {
    return {.code = "key_out_of_scope"_code,
            .detail = "The API key does not permit " + std::string(what) + ".",
            .help = "Ask the administrator who answers for the key."};
}

Outcome<void> check_scope(Exchange const& exchange, engine::Workflow const* asked) {
    auto const& scope = exchange.scope;
    auto const& route = exchange.route;
    if (!scope) return boost::system::in_place_value;
    if (scope->read_only && route.method != Method::get) return out_of_scope("writing");
    bool const of_all = scope->workflows.empty() || is_common(route);
    if (!of_all && (asked == nullptr || !scope->has_workflow(asked->name())))
        return out_of_scope("that workflow");
    bool const is_command = route.body == Body::command || route.body == Body::ids;
    if (route.method != Method::get && !is_command && !scope->commands.empty())
        return out_of_scope("anything but its commands");
    return boost::system::in_place_value;
}

Outcome<void> check_scope(Exchange const& exchange, std::string_view command) {
    if (!exchange.scope || exchange.scope->has_command(command))
        return boost::system::in_place_value;
    return out_of_scope("the command '" + std::string(command) + "'");
}

} // namespace banjie::api
