#include "engine/limits.hpp"
#include "engine/people/one_time_codes.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace banjie::engine;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view secret = "12345678901234567890"; // of RFC 6238, appendix B

Time at(std::int64_t seconds) {
    return Time(std::chrono::seconds(seconds));
}

} // namespace

TEST_CASE("codes are those of RFC 6238") {
    struct Row {
        std::int64_t seconds;
        char const* code;
    };
    constexpr Row rows[] = {{59, "287082"},
                            {1'111'111'109, "081804"},
                            {1'111'111'111, "050471"},
                            {1'234'567'890, "005924"},
                            {2'000'000'000, "279037"},
                            {20'000'000'000, "353130"}};
    for (auto const& row : rows) {
        CHECK(code_at(secret, step_at(at(row.seconds))) == row.code);
        CHECK(step_of(secret, row.code, at(row.seconds), 0) == step_at(at(row.seconds)));
    }
}

TEST_CASE("a code is taken within 30 seconds of its own, and only after the last one") {
    Time const now = at(1'234'567'890);
    auto const step = step_at(now);
    for (auto const beside : {step - 1, step, step + 1})
        CHECK(step_of(secret, code_at(secret, beside), now, 0) == beside);
    for (auto const far : {step - 2, step + 2})
        CHECK_FALSE(step_of(secret, code_at(secret, far), now, 0));
    CHECK_FALSE(step_of(secret, code_at(secret, step), now, step));
    CHECK(step_of(secret, code_at(secret, step + 1), now, step) == step + 1);
    for (auto const* odd : {"", "00592", "0059244", "00592a", " 05924"})
        CHECK_FALSE(step_of(secret, odd, now, 0));
}

TEST_CASE("a secret is written in base 32, and the URI has what a device wants") {
    CHECK(base32_of(secret) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    CHECK(secret_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") == secret);
    CHECK_FALSE(secret_of("1!"));
    CHECK(enrolment_uri("clerk", secret) ==
          "otpauth://totp/Banjie:clerk?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Banjie");
    SeededRandom random;
    CHECK(make_shared_secret(random) != make_shared_secret(random));
}

TEST_CASE("recovery codes tell their place, and are read as people type them") {
    SeededRandom random;
    auto const codes = make_recovery_codes(random);
    REQUIRE(codes.size() == limits::recovery_codes);
    CHECK(std::set(codes.begin(), codes.end()).size() == codes.size());
    for (std::size_t place = 0; place < codes.size(); ++place) {
        REQUIRE(codes[place].size() == 19);
        auto const read = recovery_code_of(codes[place]);
        REQUIRE(read.has_value());
        CHECK(read->place == place);
        auto typed = codes[place];
        for (auto& letter : typed) letter = letter == '-' ? ' ' : letter;
        typed[0] = static_cast<char>(typed[0] - 'a' + 'A');
        CHECK(recovery_code_of(typed)->text == read->text);
    }
    for (auto const* odd : {"", "123456", "zzzz-zzzz-zzzz-zzzz", "aaaa-aaaa-aaaa-aaa"})
        CHECK_FALSE(recovery_code_of(odd));
}
