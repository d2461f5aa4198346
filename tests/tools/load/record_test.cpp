// Histories that one order explains, and the faults that none does.

#include "tools/load/record.hpp"

#include <doctest/doctest.h>

#include <sstream>

using banjie::load::Record;

namespace {

/// Operations by small times.
struct History {
    Record record;
    static Record::Time at(int time) { return Record::Time(std::chrono::seconds(time)); }
    History& does(std::uint64_t version, int began, int ended, std::string const& problem = "p") {
        record.did(problem, "accept", version, at(began), at(ended));
        return *this;
    }
    History& sees(std::uint64_t version, int began, int ended) {
        record.saw("p", version, at(began), at(ended));
        return *this;
    }
    History& may_do(int began) {
        record.may_have_done("p", at(began));
        return *this;
    }
    bool finds(std::string const& what) {
        auto const found = record.findings();
        INFO((found.empty() ? "nothing found" : found[0]));
        CHECK(found.size() == 1);
        return found.size() == 1 && found[0].find(what) != std::string::npos;
    }
    bool sound() {
        auto const found = record.findings();
        INFO((found.empty() ? "" : found[0]));
        CHECK(found.empty());
        return found.empty();
    }
};

} // namespace

TEST_CASE("what one order explains is sound") {
    CHECK(History().sound());
    CHECK(History().does(1, 1, 2).does(2, 3, 4).sees(2, 5, 6).sound());
    CHECK(History().does(1, 1, 5).does(2, 2, 3).sound());               // they overlapped
    CHECK(History().does(1, 1, 2).does(2, 3, 9).sees(1, 4, 5).sound()); // not done yet
    CHECK(History().does(1, 1, 2).does(2, 3, 9).sees(2, 4, 5).sound()); // done, not told yet
    CHECK(History().does(1, 1, 2).sees(1, 7, 8).sees(1, 3, 4).sound()); // reads in any order
    CHECK(History().does(1, 1, 2).does(1, 3, 4, "another").sound());
}

TEST_CASE("a stale read is found") {
    CHECK(History().does(1, 1, 2).does(2, 3, 4).sees(1, 5, 6).finds("knew of less"));
    CHECK(History().does(1, 1, 2).does(2, 3, 9).sees(2, 4, 5).sees(1, 6, 7).finds("knew of less"));
}

TEST_CASE("a read of what has not begun is found") {
    CHECK(History().does(1, 1, 2).sees(2, 3, 4).does(2, 5, 6).finds("knew of less"));
    CHECK(History().does(1, 1, 2).sees(2, 3, 4).finds("made by nobody"));
}

TEST_CASE("a lost command is found") {
    CHECK(History().does(1, 1, 2).does(2, 3, 4).does(2, 5, 6).finds("made twice"));
    CHECK(History().does(1, 1, 2).does(2, 3, 4).sees(1, 9, 10).finds("knew of less"));
}

TEST_CASE("commands in the wrong order are found") {
    CHECK(History().does(1, 1, 2).does(3, 3, 4).does(2, 5, 6).finds("knew of less"));
}

TEST_CASE("a command of unknown outcome was done once or never") {
    CHECK(History().does(1, 1, 2).may_do(3).sees(1, 4, 5).sound());
    CHECK(History().does(1, 1, 2).may_do(3).sees(1, 4, 5).sees(2, 6, 7).sees(2, 8, 9).sound());
    CHECK(History().does(1, 1, 2).may_do(3).does(3, 4, 5).sound());
    CHECK(History().does(1, 1, 2).may_do(3).may_do(4).does(4, 6, 7).sound());
    CHECK(History().does(1, 1, 2).may_do(3).does(4, 4, 5).finds("made by nobody")); // twice
    CHECK(History().does(1, 1, 2).may_do(3).sees(2, 4, 5).sees(1, 6, 7).finds("knew of less"));
    CHECK(History().does(1, 1, 2).sees(2, 3, 4).may_do(5).finds("before any command began"));
    CHECK(History().does(1, 1, 2).may_do(3).does(3, 4, 5).may_do(6).does(5, 7, 8).sound());
    CHECK(History().does(1, 1, 2).may_do(3).may_do(9).does(4, 4, 5).finds("before any command"));
}

TEST_CASE("a long history of many problems is checked at once") {
    History history;
    for (int problem = 0; problem < 1'000; ++problem)
        for (int i = 1; i <= 100; ++i)
            history.does(static_cast<std::uint64_t>(i), 2 * i, 2 * i + 1, std::to_string(problem));
    CHECK(history.sound());
    history.does(100, 300, 301, "7");
    CHECK(history.finds("problem 7: version 100 was made twice"));
}

TEST_CASE("each command that was done is written down as a line") {
    std::ostringstream lines;
    Record record(&lines);
    record.did("p", "accept", 2, History::at(1), History::at(2));
    record.saw("p", 2, History::at(1), History::at(2));
    record.may_have_done("p", History::at(1));
    CHECK(lines.str().find(R"("command":"accept","problem":"p","version":2)") != std::string::npos);
    CHECK(lines.str().find('\n') == lines.str().size() - 1);
}
