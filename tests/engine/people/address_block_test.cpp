#include "engine/people/address_block.hpp"

#include <doctest/doctest.h>

using namespace banjie::engine;

TEST_CASE("addresses that one machine or one organisation has count as one") {
    struct Row {
        char const* address;
        char const* network;
        char const* block;
    };
    Row const rows[] = {
        {"10.36.7.9", "10.36.7.9", "10.36.7.0"},
        {"::ffff:10.36.7.9", "10.36.7.9", "10.36.7.0"}, // the same, written as IPv6
        {"2001:db8:1:23ff:a::1", "2001:db8:1:23ff::", "2001:db8:1:2300::"},
        {"2001:db8:1:2400::1", "2001:db8:1:2400::", "2001:db8:1:2400::"},
        {"::1", "::", "::"},
        {"", "", ""},
        {"nonsense", "nonsense", "nonsense"},
    };
    for (Row const& row : rows) {
        CAPTURE(row.address);
        CHECK(network_of(row.address) == row.network);
        CHECK(block_of(row.address) == row.block);
    }
}
