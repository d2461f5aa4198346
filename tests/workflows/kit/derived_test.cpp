#include "workflows/kit/derived.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;
using namespace banjie::workflows::kit;

namespace {

struct Open : State<"open", "work", "handle"> {};
struct Done : State<"done", "work"> {};
struct Island : State<"island"> {};
struct Impostor : State<"open"> {};
struct Red : State<"red"> {};
struct Begin : Command<"begin", "begun"> {};
struct Finish : Command<"finish", "finished"> {};
struct Alarm : Internal<"alarm", "alarmed"> {};
struct Visit : NeededForEnd<Command<"visit", "visited">> {};
struct Holds : Named<"holds"> {
    Verdict operator()(Case const&) const { return std::nullopt; }
};

template <class... Rows>
struct Table {
    using initial = mp::mp_list<New>;
    using table = mp::mp_list<Rows...>;
};
using Good = Table<Row<New, Begin, Open>, Row<Open, Finish, Done>>;
using WithIsland = Table<Row<New, Begin, Open>, Row<Island, Finish, Done>>;
using WithImpostor = Table<Row<New, Begin, Open>, Row<New, Finish, Impostor>>;
using Alike = Table<Row<New, Begin, Open>, Row<New, Begin, Done>>;
using Choosing = Table<Row<New, Begin, Open>, Row<New, Begin, Done, Nothing, Holds>>;
using NeverChosen = Table<Row<New, Begin, Done, Nothing, Holds>, Row<New, Begin, Open>>;

struct Light : State<"green"> {};
struct TwoRegions {
    using initial = mp::mp_list<New, Light>;
    using table = mp::mp_list<Row<New, Begin, Open>, Row<Light, Alarm, Red>>;
};

} // namespace

TEST_CASE("a state that no row leads to from the beginning is found") {
    CHECK_FALSE(UnreachableState<Good, Done>::value);
    CHECK(UnreachableState<WithIsland, Island>::value);
    CHECK(UnreachableState<WithIsland, Done>::value);
    CHECK_FALSE(UnreachableState<WithIsland, Open>::value);
}

TEST_CASE("two states of one name are found") {
    constexpr bool good = names_are_unique<Good>();
    constexpr bool bad = names_are_unique<WithImpostor>();
    CHECK(good);
    CHECK_FALSE(bad);
}

TEST_CASE("rows that are alike, or that can never be chosen, are found") {
    constexpr bool good = rows_are_distinct<Good>() && rows_are_distinct<Choosing>();
    constexpr bool alike = rows_are_distinct<Alike>();
    constexpr bool never = rows_are_distinct<NeverChosen>();
    CHECK(good);
    CHECK_FALSE(alike);
    CHECK_FALSE(never);
}

TEST_CASE("states know their region, stage, clock and whether they are an end") {
    CHECK(info_of<Good>("open").stage == "work");
    CHECK(info_of<Good>("open").clock == "handle");
    CHECK_FALSE(info_of<Good>("open").final);
    CHECK(info_of<Good>("done").final);
    CHECK(info_of<TwoRegions>("open").region == 0);
    CHECK(info_of<TwoRegions>("green").region == 1);
    CHECK(info_of<TwoRegions>("red").region == 1);
}

TEST_CASE("commands know whether they create and whether they are internal") {
    CHECK(commands_v<TwoRegions>[0].creates);
    CHECK_FALSE(commands_v<TwoRegions>[0].internal);
    CHECK_FALSE(commands_v<TwoRegions>[1].creates);
    CHECK(commands_v<TwoRegions>[1].internal);
}

TEST_CASE("commands know whether an end needs them") {
    using Visited = Table<Row<New, Begin, Open>, Row<Open, Visit, Open>, Row<Open, Finish, Done>>;
    CHECK_FALSE(commands_v<Visited>[0].needed_for_end);
    CHECK(commands_v<Visited>[1].needed_for_end);
    CHECK(commands_v<Visited>[1].name == "visit");
    CHECK_FALSE(commands_v<Visited>[2].needed_for_end);
}

TEST_CASE("the diagram shows the main region, from begin to end") {
    CHECK(mermaid_of<Good>() == "stateDiagram-v2\n"
                                "  [*] --> open : begin\n"
                                "  open --> done : finish\n"
                                "  done --> [*]\n");
    CHECK(mermaid_of<TwoRegions>().find("green") == std::string::npos);
}

TEST_CASE("names of parts are joined with \" and \"") {
    CHECK(AllOf<Holds, Holds, Holds>::name == "holds and holds and holds");
    CHECK(AllOf<Holds>::name == "holds");
}
