#include "engine/people/account_refusals.hpp"

#include <string>

namespace banjie::engine {

Refusal too_many_attempts(int wait_s) {
    return {RefusalKind::too_many,
            "too_many_attempts",
            "Expected to check the password, but it has been wrong too often.",
            "Wait a few minutes.",
            {},
            wait_s};
}

Refusal unknown_user(std::string_view name) {
    return {RefusalKind::not_found, "unknown_user",
            "Expected the account '" + std::string(name) + "', but there is none.",
            "Check the name."};
}

Refusal not_of_your_region() {
    return {RefusalKind::forbidden, "forbidden",
            "Expected to administer that account, but it is of an organisation that you do not "
            "administer.",
            "Ask an administrator of its region."};
}

Refusal role_beyond_department() {
    return {RefusalKind::forbidden, "role_beyond_department",
            "Expected roles that stay within the department, but one of them oversees the whole "
            "region.",
            "Ask an administrator of the region's government."};
}

Refusal password_must_change() {
    return {RefusalKind::forbidden, "password_must_change",
            "Expected a password that nobody else knows, but it is still the first one.",
            "Change it: PUT /api/v1/me/password."};
}

Refusal invalid_user(std::vector<FieldError> errors) {
    return {RefusalKind::invalid, "invalid_user",
            "Expected the data of an account, but something is wrong: " + errors[0].detail,
            "Correct what is listed and send it again.", std::move(errors)};
}

} // namespace banjie::engine
