#pragma once
// The declarations of a workflow beside its table. Through them lists, figures, visibility,
// notifications, attachments and numbers work for it without knowing its name.

#include "workflows/contract/actor.hpp"
#include "workflows/contract/form.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace banjie::workflows {

/// Fact by which lists filter and figures group. `name` is the query parameter and the fact. The
/// filter `unit=` reads the tags with `of_handling_unit`.
struct TagInfo {
    std::string_view name;
    FieldKind kind = FieldKind::text;
    bool of_handling_unit = false;
};

/// Predicate over one instance. Its position is its bit in `Workflow::marks_of`.
struct MarkInfo {
    std::string_view name;
};

/// Time of an instance. An empty `fact` means the time of creation, which counts from the first
/// state that is not private.
struct MomentInfo {
    std::string_view name;
    std::string_view fact;
};

/// Integer fact that figures sum. The last `decimals` of its digits follow the point. Its unit is
/// the policy's label "unit.<name>".
struct NumberInfo {
    std::string_view name;
    int decimals = 0;
};

/// Share of the instances with the mark `whole` that also have the mark `part`. A trend counts it
/// in the period of `moment`.
struct RateInfo {
    std::string_view name, part, whole, moment;
};

/// Facets of a workflow: at most 16 tags, 64 marks, 8 moments, 8 numbers and 8 rates.
struct Facets {
    std::span<TagInfo const> tags;
    std::span<MarkInfo const> marks;
    std::span<MomentInfo const> moments;
    std::span<NumberInfo const> numbers;
    std::span<RateInfo const> rates;
};

enum class Sight : std::uint8_t {
    region,    // all who reach the whole of a region that covers `code`
    unit,      // the organisation `code`
    person,    // the account `code`
    everybody, // all who are signed in
    everyone,  // all, signed in or not
};

/// Group of those who see an instance.
struct Place {
    Sight sight = Sight::unit;
    std::string code{};
    friend bool operator==(Place const&, Place const&) = default;
};

/// Holders of a role at a place, or one person.
struct Address {
    std::optional<Role> role; // nullopt: `code` is an account
    std::string code;

    /// Returns "handler:36-transport" or "user:wang".
    [[nodiscard]] std::string text() const;
    /// Parses what `text` returned. Returns nullopt if it is no address.
    [[nodiscard]] static std::optional<Address> from(std::string_view text);
    friend bool operator==(Address const&, Address const&) = default;
};

/// Name, in both languages, of those who may do something, are awaited, or are notified.
struct PartyInfo {
    std::string_view name, zh, en;
};

/// Purpose of an attachment. Only `party` may attach it, see `Workflow::is_one_of`. If `party` is
/// empty, everybody who may see and act may attach it.
struct AttachmentPurpose {
    std::string_view name;
    std::string_view party;
};

/// Form of the numbers that people use for instances: "<prefix>-<nnnn>" or
/// "<prefix>-<letters>-<nnnn>". The prefix is the value of `fact`, or the year of creation. A
/// workflow with a `key_fact` keys its instances "<workflow>-<value of that integer fact>", and
/// that value is their number.
struct Numbering {
    std::string_view fact{}, letters{}, key_fact{};
};

} // namespace banjie::workflows
