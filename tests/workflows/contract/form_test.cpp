#include "workflows/contract/form.hpp"
#include "workflows/contract/limits.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;

namespace {

constexpr std::string_view colours[] = {"red", "green"};

/// The codes of the errors of one required field of that kind, given `value`.
std::string error_of(FieldKind kind, Value value, std::int64_t maximum = 0) {
    FieldSpec const form[] = {
        {"f", kind, true, kind == FieldKind::choice ? std::span(colours) : std::span(colours, 0),
         maximum}};
    FieldSpec const timed[] = {{"f_at", kind, true, {}, 0}};
    Fields fields;
    auto const spec = std::holds_alternative<Time>(value) ? std::span(timed) : std::span(form);
    fields.set(spec.front().name, std::move(value));
    auto const errors = check_fields(spec, fields);
    CHECK(errors.size() <= 1);
    return errors.empty() ? "" : std::string(errors.front().code);
}

std::string repeat(std::string_view letter, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += letter;
    return text;
}

} // namespace

TEST_CASE("a text says something, and is bounded in characters rather than bytes") {
    CHECK(error_of(FieldKind::text, std::string("桥")) == "");
    CHECK(error_of(FieldKind::text, std::string("")) == "required");
    CHECK(error_of(FieldKind::text, std::string(" \t\r\n")) == "required");
    CHECK(error_of(FieldKind::text, repeat("桥", 200)) == "");
    CHECK(error_of(FieldKind::text, repeat("桥", 201)) == "too_long");
    CHECK(error_of(FieldKind::text, repeat("桥", 11), 10) == "too_long");
    CHECK(error_of(FieldKind::long_text, repeat("桥", 5'000)) == "");
    CHECK(error_of(FieldKind::long_text, repeat("桥", 5'001)) == "too_long");
    CHECK(error_of(FieldKind::unit, repeat("3", 65)) == "too_long");
}

TEST_CASE("a value of another type is refused for every kind") {
    for (auto kind : {FieldKind::text, FieldKind::long_text, FieldKind::choice, FieldKind::category,
                      FieldKind::region, FieldKind::unit, FieldKind::instance, FieldKind::texts,
                      FieldKind::units, FieldKind::instances, FieldKind::boolean, FieldKind::time})
        CHECK_MESSAGE(error_of(kind, std::int64_t{1}) == "wrong_type", name_of(kind));
    CHECK(error_of(FieldKind::integer, std::string("1")) == "wrong_type");
    CHECK(error_of(FieldKind::text, Texts{"a"}) == "wrong_type");
    CHECK(error_of(FieldKind::texts, std::string("a")) == "wrong_type");
    CHECK(error_of(FieldKind::boolean, true) == "");
    CHECK(error_of(FieldKind::time, Time{}) == "");
}

TEST_CASE("a number lies within its bounds") {
    CHECK(error_of(FieldKind::integer, std::int64_t{0}) == "");
    CHECK(error_of(FieldKind::integer, std::int64_t{-1}) == "out_of_range");
    CHECK(error_of(FieldKind::integer, limits::integer_maximum) == "");
    CHECK(error_of(FieldKind::integer, limits::integer_maximum + 1) == "out_of_range");
    CHECK(error_of(FieldKind::integer, std::int64_t{10}, 9) == "out_of_range");
}

TEST_CASE("a list is bounded, has no blank entry, and names no code twice") {
    CHECK(error_of(FieldKind::texts, Texts{}) == "required");
    CHECK(error_of(FieldKind::texts, Texts{"a", " "}) == "required");
    CHECK(error_of(FieldKind::texts, Texts{"a", "a"}) == "");
    CHECK(error_of(FieldKind::units, Texts{"a", "a"}) == "repeated");
    CHECK(error_of(FieldKind::instances, Texts{"a", "b", "a"}) == "repeated");
    CHECK(error_of(FieldKind::texts, Texts(limits::list_entries, "a")) == "");
    CHECK(error_of(FieldKind::texts, Texts(limits::list_entries + 1, "a")) == "too_many");
}

TEST_CASE("a choice is one of those offered") {
    CHECK(error_of(FieldKind::choice, std::string("red")) == "");
    CHECK(error_of(FieldKind::choice, std::string("blue")) == "unknown_choice");
}

TEST_CASE("all errors are told at once, in the form's order, unknown fields last") {
    FieldSpec const form[] = {{"second", FieldKind::text, true, {}, 0},
                              {"first", FieldKind::integer, true, {}, 0},
                              {"free", FieldKind::text, false, {}, 0}};
    Fields fields;
    fields.set("a_stranger", std::string("x"));
    fields.set("first", std::string("x"));
    auto const errors = check_fields(form, fields);
    REQUIRE(errors.size() == 3);
    CHECK(errors[0].field == "second");
    CHECK(errors[0].code == "required");
    CHECK(errors[1].field == "first");
    CHECK(errors[1].code == "wrong_type");
    CHECK(errors[2].field == "a_stranger");
    CHECK(errors[2].code == "unknown_field");
}
