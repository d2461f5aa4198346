#pragma once
// Why a command was not carried out. A refusal is a value, expected and explained; never an
// exception.

#include <string>
#include <string_view>
#include <vector>

namespace banjie::workflows {

/// The kinds in their order of precedence: where several reasons hold, the first kind is told.
/// The door maps each to one HTTP status.
enum class RefusalKind {
    malformed,        // 400 not readable at all
    unauthenticated,  // 401
    forbidden,        // 403 the role or the unit may never do this here
    not_found,        // 404 absent, or not to be seen by this actor
    version_mismatch, // 412 somebody else was quicker
    invalid,          // 422 a field is missing, unknown, of the wrong type or out of bounds
    not_permitted,    // 409 the workflow does not permit it now
    too_many,         // 429
    unavailable,      // 503
    no_space,         // 507
};

struct FieldError {
    std::string field;
    std::string code; // stable, e.g. "required", "unknown_field", "wrong_type", "too_long"
    std::string detail;

    friend bool operator==(FieldError const&, FieldError const&) = default;
};

struct Refusal {
    RefusalKind kind = RefusalKind::not_permitted;
    std::string code;   // stable snake_case
    std::string detail; // "Expected to …, but …"
    std::string help;   // what would help; may be empty
    std::vector<FieldError> errors{};
    int retry_after_s = 0;
};

} // namespace banjie::workflows
