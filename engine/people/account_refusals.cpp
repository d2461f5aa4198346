#include "engine/people/account_refusals.hpp"

#include "engine/refusal_codes.hpp"

#include <string>

namespace banjie::engine {

Refusal too_many_attempts(int wait_s) {
    return {"too_many_attempts"_code,
            "Cannot check the password: it has been wrong too often.",
            "Wait a few minutes.",
            {},
            wait_s};
}

Refusal unknown_user(std::string_view name) {
    return {"unknown_user"_code, "There is no account '" + std::string(name) + "'.",
            "Check the name."};
}

Refusal not_of_your_region() {
    return {"forbidden"_code,
            "Cannot administer the account: it is of an organisation that you do not administer.",
            "Ask an administrator of its region."};
}

Refusal role_beyond_department() {
    return {"role_beyond_department"_code,
            "Cannot give the roles: one of them oversees the whole region, beyond the department.",
            "Ask an administrator of the region's government."};
}

Refusal password_must_change() {
    return {"password_must_change"_code,
            "The account still has its first password, which an administrator knows.",
            "Change it: PUT /api/v1/me/password."};
}

Refusal invalid_user(std::vector<FieldError> errors) {
    return {"invalid_user"_code, "The account is not valid. " + errors[0].detail,
            "Correct the fields listed in \"errors\".", std::move(errors)};
}

} // namespace banjie::engine
