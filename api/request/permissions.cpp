#include "api/request/permissions.hpp"

namespace banjie::api {

using engine::Actor;
using engine::Outcome;

namespace {

engine::Refusal forbidden(std::string_view who) {
    return {.kind = engine::RefusalKind::forbidden,
            .code = "forbidden",
            .detail = "Expected an account with the role administrator " + std::string(who) +
                      ", but this one is not.",
            .help = "Ask such an administrator to do it."};
}

} // namespace

Outcome<void> require_administrator(Actor const& actor, std::string_view code) {
    if (actor.has(engine::Role::administrator) && actor.covers(code))
        return boost::system::in_place_value;
    return forbidden("whose region covers '" + std::string(code) + "'");
}

Outcome<void> require_chief_administrator(Actor const& actor) {
    if (actor.has(engine::Role::administrator) && actor.level == engine::Level::province)
        return boost::system::in_place_value;
    return forbidden("at the province's level");
}

} // namespace banjie::api
