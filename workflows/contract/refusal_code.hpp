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
struct CodeEntry {
    std::string_view name;           // stable snake_case; never reused for another meaning
    std::optional<RefusalKind> kind; // nullopt: occurs only in `errors`, at one field
    std::string_view sentence;
    std::string_view help; // what helps, as an instruction; may be empty
    int status = 0;        // HTTP, where it is not the kind's; only the door has such codes
};

/// Sentinel for "no refusal", which only a refusal that never happened has (boost::system::result
/// makes one to copy).
inline constexpr CodeEntry no_code{"", std::nullopt, "", ""};

/// A code of the catalogue. The literal operator `_code` of each room makes one: a literal that
/// none of the room's tables lists does not compile.
class RefusalCode {
public:
    /// `listed` must be an entry of a table, because the code refers to it.
    explicit constexpr RefusalCode(CodeEntry const& listed) : listed_(&listed) {}

    [[nodiscard]] constexpr CodeEntry const& listed() const { return *listed_; }
    [[nodiscard]] constexpr std::string_view name() const { return listed_->name; }
    /// Returns the kind; `invalid` for a code that occurs only at a field.
    [[nodiscard]] constexpr RefusalKind kind() const {
        return listed_->kind.value_or(RefusalKind::invalid);
    }
    constexpr operator std::string_view() const { return listed_->name; }

    friend constexpr bool operator==(RefusalCode left, RefusalCode right) {
        return left.listed_->name == right.listed_->name;
    }
    friend constexpr bool operator==(RefusalCode code, std::string_view name) {
        return code.listed_->name == name;
    }
    template <class Stream>
    friend Stream& operator<<(Stream& out, RefusalCode code) {
        out << code.listed_->name;
        return out;
    }

private:
    friend struct Refusal;
    constexpr RefusalCode() = default;

    CodeEntry const* listed_ = &no_code;
};

/// Not constexpr, so that calling it below is the compiler's error.
void no_table_lists_this_code();

/// Returns the code of that name from the first table that lists it.
template <class... Tables>
[[nodiscard]] consteval RefusalCode code_named(std::string_view name, Tables const&... tables) {
    CodeEntry const* found = nullptr;
    auto const look = [&](auto const& table) {
        for (auto const& listed : table)
            if (found == nullptr && listed.name == name) found = &listed;
    };
    (look(tables), ...);
    if (found == nullptr) no_table_lists_this_code();
    return RefusalCode(*found);
}

} // namespace banjie::workflows
