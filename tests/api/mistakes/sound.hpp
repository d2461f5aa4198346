#pragma once
// Sound refusals of the API. The mistakes of mistakes.txt are made in copies of it.

#include "api/request/refusal_codes.hpp"
#include "api/request/refusal_document.hpp"
#include "api/request/request_checks.hpp"

namespace banjie::api {

inline Response sound_response() {
    return refusal_response({"unknown_path"_code, "Cannot find the path: the API has none such."});
}

inline engine::Refusal sound_refusal() {
    return invalid_field("until", "not_a_date"_code, "Write a date such as 2026-03-31.");
}

} // namespace banjie::api
