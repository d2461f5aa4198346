#pragma once
// A sound refusal of the engine. The mistakes of mistakes.txt are made in copies of it.

#include "engine/outcome.hpp"
#include "engine/refusal_codes.hpp"

namespace banjie::engine {

inline Outcome<int> sound_refusal() {
    return Refusal{.code = "invalid_query"_code,
                   .detail = "Cannot make the list: the limit is too large.",
                   .errors = {{"limit", "out_of_bounds"_code, "It is more than 500."}}};
}

} // namespace banjie::engine
