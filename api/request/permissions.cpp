#include "api/request/permissions.hpp"

#include "api/request/refusal_codes.hpp"
#include "engine/jurisdiction.hpp"

namespace banjie::api {

using engine::Actor;
using engine::Outcome;

namespace {

engine::Refusal forbidden(std::string_view who) {
    return {.code = "forbidden"_code,
            .detail = "Only an administrator of " + std::string(who) + " may do this.",
            .help = "Ask such an administrator to do it."};
}

} // namespace

Outcome<void> require_administrator(Actor const& actor, std::string_view code) {
    if (engine::administers(actor, code)) return boost::system::in_place_value;
    return forbidden("'" + std::string(code) + "' or of a region above it");
}

Outcome<void> require_security_administrator(Actor const& actor, std::string_view code) {
    if (engine::secures(actor, code)) return boost::system::in_place_value;
    return forbidden("'" + std::string(code) + "' or of a region above it");
}

Outcome<void> require_either(Actor const& actor, std::string_view code) {
    if (engine::secures(actor, code)) return boost::system::in_place_value;
    return require_administrator(actor, code);
}

Outcome<void> require_auditor(Actor const& actor, std::string_view code) {
    if (engine::audits(actor, code)) return boost::system::in_place_value;
    return forbidden("'" + std::string(code) + "' or of a region above it");
}

Outcome<void> require_chief_security_administrator(Actor const& actor) {
    if (engine::is_chief_security_administrator(actor)) return boost::system::in_place_value;
    return forbidden("the province's government");
}

Outcome<void> require_chief_administrator(Actor const& actor) {
    if (engine::is_chief_administrator(actor)) return boost::system::in_place_value;
    return forbidden("the province's government");
}

} // namespace banjie::api
