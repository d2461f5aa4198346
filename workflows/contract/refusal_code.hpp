#pragma once
// The codes of refusals. Every room, and every workflow, lists its own in one table; all tables
// together are the catalogue (api/request/refusal_catalogue.hpp), from which
// docs/reference/refusals.md is generated.

#include <optional>
#include <string_view>

namespace banjie::workflows {

/// The kinds in their order of precedence: if several reasons apply, the first kind is reported.
/// The door maps each to one HTTP status.
enum class RefusalKind {
    malformed,        // 400 not readable at all
    unauthenticated,  // 401
    forbidden,        // 403 the role or the unit may never do this here
    not_found,        // 404 absent, or hidden from this actor
    version_mismatch, // 412 somebody else was quicker
    invalid,          // 422 a field is missing, unknown, of the wrong type or out of bounds
    not_permitted,    // 409 the workflow does not permit it now
    too_many,         // 429
    unavailable,      // 503
    no_space,         // 507
};

/// One code of the catalogue. The sentence says what the code means in general; the `detail` of a
/// refusal says it of one case.
struct RefusalCode {
    std::string_view name;           // stable snake_case; never reused for another meaning
    std::optional<RefusalKind> kind; // nullopt: occurs only in `errors`, at one field
    std::string_view sentence;
    std::string_view help; // what helps, as an instruction; may be empty
};

} // namespace banjie::workflows
