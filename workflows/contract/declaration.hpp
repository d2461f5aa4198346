#pragma once
// What a workflow declares beside its table, so that lists, figures, visibility, notifications,
// attachments and numbers work for it without knowing its name.

#include "workflows/contract/actor.hpp"
#include "workflows/contract/form.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace banjie::workflows {

/// Names a fact by which lists filter and figures group. `name` is the query parameter and the
/// fact. The filter `unit=` looks at those with `of_handling_unit`.
struct TagInfo {
    std::string_view name;
    FieldKind kind = FieldKind::text;
    bool of_handling_unit = false;
};

/// Names a predicate over one instance. Its position is its bit in `Workflow::marks_of`.
struct MarkInfo {
    std::string_view name;
};

/// Names a time. An empty `fact` means the time of creation, which counts from the first state
/// that is not private.
struct MomentInfo {
    std::string_view name;
    std::string_view fact;
};

/// Names an integer fact that figures sum. `decimals` of its digits follow the point; its unit is
/// the policy's label "unit.<name>".
struct NumberInfo {
    std::string_view name;
    int decimals = 0;
};

/// Names a share: of the instances with the mark `whole`, those that have the mark `part` too.
/// A trend counts it in the period of `moment`.
struct RateInfo {
    std::string_view name, part, whole, moment;
};

/// At most 16 tags, 64 marks, 8 moments, 8 numbers and 8 rates.
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
    everybody, // who is signed in
    everyone,  // without signing in
};

/// Says who sees an instance.
struct Place {
    Sight sight = Sight::unit;
    std::string code{};
    friend bool operator==(Place const&, Place const&) = default;
};

/// Says who is meant: the holders of a role at a place, or one person.
struct Address {
    std::optional<Role> role; // nullopt: `code` is an account
    std::string code;

    /// Returns "handler:36-transport" or "user:wang".
    [[nodiscard]] std::string text() const;
    /// Reads what `text` returned; nullopt if it is no address.
    [[nodiscard]] static std::optional<Address> from(std::string_view text);
    friend bool operator==(Address const&, Address const&) = default;
};

/// Names those who may do something, whose turn it is, or whom to tell, in both languages.
struct PartyInfo {
    std::string_view name, zh, en;
};

/// Names what may be attached. `party` may attach it, see `Workflow::is_one_of`; if it is empty,
/// whoever may see and act.
struct AttachmentPurpose {
    std::string_view name;
    std::string_view party;
};

/// Says how instances are numbered for people: "<prefix>-<nnnn>" or "<prefix>-<letters>-<nnnn>".
/// The prefix is the value of `fact`, or the year of creation. A workflow with a `key_fact` keys
/// its instances "<workflow>-<value of that integer fact>", and that value is their number.
struct Numbering {
    std::string_view fact{}, letters{}, key_fact{};
};

} // namespace banjie::workflows
