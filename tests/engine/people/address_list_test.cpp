#include "engine/people/address_list.hpp"

#include <doctest/doctest.h>

using banjie::engine::AddressList;

namespace {

bool is_in(char const* block, char const* address) {
    auto const list = AddressList::from({block});
    REQUIRE_MESSAGE(list.has_value(), block);
    return list->contains(address);
}

} // namespace

TEST_CASE("an address is in a block when their first bits are alike") {
    CHECK(is_in("10.36.0.0/16", "10.36.255.1"));
    CHECK_FALSE(is_in("10.36.0.0/16", "10.37.0.1"));
    CHECK(is_in("10.36.128.0/17", "10.36.200.1"));
    CHECK_FALSE(is_in("10.36.128.0/17", "10.36.127.1"));
    CHECK(is_in("10.36.1.7", "10.36.1.7"));
    CHECK_FALSE(is_in("10.36.1.7", "10.36.1.8"));
    CHECK(is_in("2001:db8::/33", "2001:db8:7fff::1"));
    CHECK_FALSE(is_in("2001:db8::/33", "2001:db8:8000::1"));
    CHECK(is_in("0.0.0.0/0", "203.0.113.9"));
    CHECK_FALSE(is_in("0.0.0.0/0", "2001:db8::1"));
    CHECK(is_in("::/0", "203.0.113.9"));
}

TEST_CASE("an IPv4 address within IPv6 is the IPv4 address") {
    CHECK(is_in("10.36.0.0/16", "::ffff:10.36.1.7"));
    CHECK(is_in("::ffff:10.36.1.7", "10.36.1.7"));
}

TEST_CASE("what is no address is in no block, and what is no block makes no list") {
    for (char const* odd : {"", "test", "10.36.1", "10.36.1.7 ", "10.36.1.7/32"})
        CHECK_FALSE(is_in("::/0", odd));
    CHECK_FALSE(AddressList().contains("10.36.1.7"));
    for (char const* odd : {"", "x", "10.36.0.0/33", "10.36.0.0/", "10.36.0.0/-1", "10.36.0.0/ 8",
                            "10.36.0.1/16", "2001:db8::/129", "2001:db8::1/64", "/8"})
        CHECK_MESSAGE(!AddressList::from({odd}), odd);
    CHECK_FALSE(AddressList::from({std::string("10.36.1.7\0", 10)}));
    CHECK_FALSE(AddressList::from({"10.0.0.0/8", "x"}));
}
