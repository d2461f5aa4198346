#include "engine/attachments.hpp"
#include "engine/limits.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

using namespace banjie::engine;

namespace {

Instance problem_in(Desk& desk, std::string const& id) {
    return **desk.office.engine.find(banjie::workflows::system_actor(), "problem", id);
}

Attachment photo() {
    Attachment described;
    described.name = "现场.jpg";
    described.purpose = "report";
    described.content_type = "image/jpeg";
    return described;
}

} // namespace

TEST_CASE("who takes part in a problem attaches to it, and who only sees it does not") {
    Desk desk;
    auto const id = desk.report();
    auto const may = [&](Actor const& actor) {
        return desk.office.attachments.may_add(actor, problem_in(desk, id)).has_value();
    };
    CHECK(may(desk.township));
    CHECK(may(desk.county));
    CHECK(may(desk.city));
    CHECK(may(desk.visitor));
    CHECK_FALSE(may(desk.department)); // not its unit yet
    CHECK_FALSE(may(desk.elsewhere));
    CHECK_FALSE(may(desk.administrator));
    CHECK_FALSE(may(Desk::person("supervisor", "36", {Role::supervisor})));
    desk.bring_to_handling(id);
    CHECK(may(desk.department));
    auto const closed = desk.report();
    desk.bring_to_close(closed);
    auto const refused = desk.office.attachments.may_add(desk.township, problem_in(desk, closed));
    CHECK(refused.error().code == "problem_is_finished");
}

TEST_CASE("what is attached is told to those who see the problem, and counted") {
    Desk desk;
    auto const id = desk.report();
    auto const problem = problem_in(desk, id);
    auto& attachments = desk.office.attachments;
    auto const before = desk.office.stream.last_seq();
    auto const added = attachments.add(desk.township, problem, photo(), "bytes");
    REQUIRE(added.has_value());
    CHECK(added->size_bytes == 5);
    CHECK(added->sha256 == "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9");
    CHECK(attachments.bytes_of(id, *added).value() == "bytes");
    auto const events = desk.office.stream.read(before, 10).value();
    REQUIRE(events.size() == 1);
    CHECK(may_see_codes(desk.county, events[0]->seen_by));
    CHECK_FALSE(may_see_codes(desk.elsewhere, events[0]->seen_by));
    for (std::size_t count = 1; count < limits::attachments_per_problem; ++count)
        REQUIRE(attachments.add(desk.township, problem, photo(), "more").has_value());
    CHECK(attachments.add(desk.township, problem, photo(), "more").error().code ==
          "too_many_attachments");
    CHECK(attachments.of(id)->size() == limits::attachments_per_problem);
    auto const report = verify_attachments(*desk.own_store, attachments.blobs()).value();
    CHECK(report.attachments == limits::attachments_per_problem);
    CHECK(report.findings.empty());
}

TEST_CASE("a start removes what was never recorded, and keeps what was") {
    Desk desk;
    auto const id = desk.report();
    auto& attachments = desk.office.attachments;
    auto const added = attachments.add(desk.township, problem_in(desk, id), photo(), "bytes");
    REQUIRE(added.has_value());
    // Killed between the record and the end of the probation, and before the record.
    REQUIRE(attachments.blobs().write(id + "." + added->id, "bytes").has_value());
    REQUIRE(attachments.blobs().write(id + ".unrecorded", "lost").has_value());
    REQUIRE(attachments.load().has_value());
    CHECK(attachments.blobs().on_probation()->empty());
    CHECK(attachments.bytes_of(id, *added).value() == "bytes");
    CHECK_FALSE(attachments.blobs().read(id + ".unrecorded").has_value());
}

TEST_CASE("verifying finds what is absent, altered or nobody's") {
    Desk desk;
    auto const id = desk.report();
    auto& attachments = desk.office.attachments;
    auto const one = attachments.add(desk.township, problem_in(desk, id), photo(), "bytes");
    auto const two = attachments.add(desk.township, problem_in(desk, id), photo(), "bytes");
    auto& blobs = attachments.blobs();
    REQUIRE(blobs.remove(id + "." + one->id).has_value());
    REQUIRE(blobs.write(id + "." + two->id, "other").has_value());
    REQUIRE(blobs.write("nobody.s", "lost").has_value());
    blobs.keep("nobody.s");
    auto const report = verify_attachments(*desk.own_store, blobs).value();
    CHECK(report.findings.size() == 3);
}
