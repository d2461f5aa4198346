#pragma once
// Why a command was not carried out. A refusal is a value, expected and explained; never an
// exception.

#include "workflows/contract/refusal_code.hpp"

#include <string>
#include <vector>

namespace banjie::workflows {

struct FieldError {
    std::string field;
    RefusalCode code;
    std::string detail;

    friend bool operator==(FieldError const&, FieldError const&) = default;
};

struct Refusal {
    RefusalCode code;
    std::string detail; // "Cannot accept problem 01…: …."
    std::string help{}; // what would help; may be empty
    std::vector<FieldError> errors{};
    int retry_after_s = 0;
    RefusalKind kind = code.kind(); // set where the case differs from the code's table
};

} // namespace banjie::workflows
