#include "engine/events/event_stream.hpp"
#include "engine/limits.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

using namespace banjie::engine;

TEST_CASE("the stream tells everything in order, newest from memory and older from the store") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_close(id);
    auto const last = desk.office.stream.last_seq();
    auto const whole = desk.office.stream.read(0, 1'000).value();
    REQUIRE(whole.size() == last);
    for (std::size_t i = 0; i < whole.size(); ++i) CHECK(whole[i]->seq == i + 1);

    // A stream that begins now knows the rest from the store, with the same text and sight.
    EventStream later(*desk.own_store);
    auto const read_back = later.read(0, 1'000).value();
    REQUIRE(read_back.size() == last);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        CHECK(read_back[i]->text == whole[i]->text);
        CHECK(read_back[i]->seen_by == whole[i]->seen_by);
        CHECK(read_back[i]->subject == whole[i]->subject);
    }
    CHECK(later.read(last, 10).value().empty());
    CHECK(later.read(last - 3, 2).value().size() == 2);
}

TEST_CASE("a waiter is woken once, at once when there is news already, never after it has gone") {
    Desk desk;
    auto& stream = desk.office.stream;
    int woken = 0;
    auto const waiter = stream.wait(stream.last_seq(), [&] { ++woken; });
    CHECK(woken == 0);
    (void)desk.report();
    CHECK(woken == 1);
    (void)desk.report();
    CHECK(woken == 1);
    auto const late = stream.wait(0, [&] { ++woken; });
    CHECK(woken == 2);
    {
        auto const gone = stream.wait(stream.last_seq(), [&] { ++woken; });
    }
    (void)desk.report();
    CHECK(woken == 2);
}
