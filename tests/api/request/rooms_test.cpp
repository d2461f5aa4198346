#include "api/request/rooms.hpp"

#include <doctest/doctest.h>

using namespace banjie::api;

TEST_CASE("a caller, an address and all together hold no more than their shares") {
    auto const rooms = std::make_shared<Rooms>(Shares{.all = 100, .caller = 40, .address = 70});
    auto const first = rooms->open("clerk", "10.0.0.1");
    auto const second = rooms->open("clerk", "10.0.0.2");
    auto const neighbour = rooms->open("neighbour", "10.0.0.1");
    CHECK(first->hold(30));
    CHECK_FALSE(second->hold(11));
    CHECK(second->hold(10));
    CHECK_FALSE(neighbour->hold(41)); // a caller's share
    CHECK(neighbour->hold(40));
    auto third = rooms->open("third", "10.0.0.1");
    CHECK_FALSE(third->hold(1)); // the address's
    CHECK(rooms->open("third", "10.0.0.3")->hold(20));
    third = rooms->open("third", "10.0.0.3");
    CHECK_FALSE(third->hold(21)); // what all have left
    CHECK(third->hold(20));
}

TEST_CASE("what is given back is there for others, and what is refused is not lost") {
    auto const rooms = std::make_shared<Rooms>(Shares{.all = 100, .caller = 100, .address = 100});
    auto room = rooms->open("clerk", "10.0.0.1");
    CHECK(room->hold(60));
    CHECK_FALSE(room->hold(101));
    CHECK_FALSE(rooms->open("other", "10.0.0.1")->hold(41));
    CHECK(room->hold(20));
    CHECK(rooms->open("other", "10.0.0.1")->hold(80));
    room.reset();
    CHECK(rooms->open("other", "10.0.0.1")->hold(100));
}

TEST_CASE("strangers of one address are one caller") {
    auto const rooms = std::make_shared<Rooms>(Shares{.all = 100, .caller = 40, .address = 100});
    auto const first = rooms->open("", "2001:db8::1");
    CHECK(first->hold(40));
    CHECK_FALSE(rooms->open("", "2001:db8::2")->hold(1)); // of the same 64 bits
    CHECK(rooms->open("", "2001:db8:0:1::1")->hold(40));
    CHECK(rooms->open("clerk", "2001:db8::1")->hold(40));
}

TEST_CASE("who is owed an answer holds it anyway, and takes nothing more up before it is gone") {
    auto const rooms = std::make_shared<Rooms>(Shares{.all = 100, .caller = 40, .address = 100});
    CHECK_FALSE(rooms->is_used_up("clerk", "10.0.0.1"));
    auto room = rooms->open("clerk", "10.0.0.1");
    room->hold_anyway(50);
    CHECK(rooms->is_used_up("clerk", "10.0.0.2"));
    CHECK_FALSE(rooms->is_used_up("other", "10.0.0.1"));
    CHECK_FALSE(rooms->is_used_up("", "10.0.0.1"));
    room->hold_anyway(101);
    CHECK(rooms->is_used_up("other", "10.0.0.2"));
    room.reset();
    CHECK_FALSE(rooms->is_used_up("clerk", "10.0.0.1"));
}
