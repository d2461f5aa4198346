#include "engine/people/account_refusals.hpp"

#include "engine/refusal_codes.hpp"

#include <string>

namespace banjie::engine {

Refusal too_many_attempts(int wait_s) {
    return {"too_many_attempts"_code,
            "Expected to check the password, but it has been wrong too often.",
            "Wait a few minutes.",
            {},
            wait_s};
}

Refusal unknown_user(std::string_view name) {
    return {"unknown_user"_code,
            "Expected the account '" + std::string(name) + "', but there is none.",
            "Check the name."};
}

Refusal not_of_your_region() {
    return {"forbidden"_code,
            "Expected to administer that account, but it is of an organisation that you do not "
            "administer.",
            "Ask an administrator of its region."};
}

Refusal role_beyond_department() {
    return {"role_beyond_department"_code,
            "Expected roles that stay within the department, but one of them oversees the whole "
            "region.",
            "Ask an administrator of the region's government."};
}

Refusal password_must_change() {
    return {"password_must_change"_code,
            "Expected a password that nobody else knows, but it is still the first one.",
            "Change it: PUT /api/v1/me/password."};
}

Refusal invalid_user(std::vector<FieldError> errors) {
    return {"invalid_user"_code,
            "Expected the data of an account, but something is wrong: " + errors[0].detail,
            "Correct what is listed and send it again.", std::move(errors)};
}

} // namespace banjie::engine
