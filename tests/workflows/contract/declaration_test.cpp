#include "workflows/contract/declaration.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;

TEST_CASE("an address is read back from its text") {
    for (Address const& address : {Address{Role::handler, "36-transport"},
                                   Address{Role::coordinator, "360731"}, Address{{}, "wang"}})
        CHECK(Address::from(address.text()) == address);
    CHECK(Address{Role::handler, "36-transport"}.text() == "handler:36-transport");
    CHECK(Address{{}, "wang"}.text() == "user:wang");
    for (auto const* text : {"", "handler", "handler:", ":36", "mayor:36", "User:wang"})
        CHECK_FALSE(Address::from(text));
}
