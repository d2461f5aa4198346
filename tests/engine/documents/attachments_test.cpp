#include "engine/documents/attachments.hpp"
#include "engine/limits.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/whole_blobs.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie::engine;
namespace storage = banjie::storage;

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

Outcome<Attachment> attach(Attachments& attachments, Caller const& actor, Instance const& problem,
                           Attachment described, std::string_view bytes) {
    auto const file = attachments.begin(problem, bytes.size());
    REQUIRE(file.has_value());
    REQUIRE((*file)->append(bytes).has_value());
    return attachments.add(actor, problem, std::move(described), **file);
}

Outcome<std::string> bytes_of(Attachments& attachments, std::string const& problem,
                              Attachment const& attachment) {
    auto const file = attachments.open(problem, attachment);
    if (!file) return file.error();
    return storage::read(**file).value();
}

} // namespace

TEST_CASE("who takes part in a problem attaches to it, and who only sees it does not") {
    Desk desk;
    auto const id = desk.report();
    auto const may = [&](Caller const& actor) {
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
    CHECK(refused.error().code == "instance_is_finished");
}

TEST_CASE("what is attached is told to those who see the problem, and counted") {
    Desk desk;
    auto const id = desk.report();
    auto const problem = problem_in(desk, id);
    auto& attachments = desk.office.attachments;
    auto const before = desk.office.stream.last_seq();
    auto const added = attach(attachments, desk.township, problem, photo(), "bytes");
    REQUIRE(added.has_value());
    CHECK(added->size_bytes == 5);
    CHECK(added->sha256 == "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9");
    CHECK(bytes_of(attachments, id, *added).value() == "bytes");
    auto const events = desk.office.stream.read(before, 10).value();
    REQUIRE(events.size() == 1);
    CHECK(may_see_codes(desk.county, events[0]->seen_by));
    CHECK_FALSE(may_see_codes(desk.elsewhere, events[0]->seen_by));
    for (std::size_t count = 1; count < limits::attachments_per_instance; ++count)
        REQUIRE(attach(attachments, desk.township, problem, photo(), "more").has_value());
    CHECK(attach(attachments, desk.township, problem, photo(), "more").error().code ==
          "too_many_attachments");
    CHECK(attachments.of(id)->present.size() == limits::attachments_per_instance);
    auto const report = verify_attachments(*desk.own_store, attachments.blobs()).value();
    CHECK(report.attachments == limits::attachments_per_instance);
    CHECK(report.findings.empty());
}

TEST_CASE("who attached it by mistake removes it, or a coordinator, while the problem is in hand") {
    Desk desk;
    auto const id = desk.report();
    auto& attachments = desk.office.attachments;
    auto const added =
        attach(attachments, desk.township, problem_in(desk, id), photo(), "b").value();
    auto const code = [&](Caller const& actor) {
        auto const may = attachments.may_remove(actor, problem_in(desk, id), added);
        return may ? "" : std::string(may.error().code);
    };
    auto const colleague = Desk::person("colleague", "360731100", {Role::reporter});
    CHECK(code(desk.township) == "");
    CHECK(code(desk.county) == "");
    CHECK(code(desk.province) == "");
    CHECK(code(colleague) == "attachment_of_another");
    CHECK(code(desk.visitor) == "attachment_of_another");
    CHECK(code(desk.department) == "forbidden"); // not its unit yet
    CHECK(code(desk.elsewhere) == "forbidden");
    CHECK(code(desk.administrator) == "forbidden");
    desk.bring_to_handling(id);
    CHECK(code(desk.department) == "attachment_of_another");
    auto const closed = desk.report();
    auto const late =
        attach(attachments, desk.township, problem_in(desk, closed), photo(), "b").value();
    desk.bring_to_close(closed);
    CHECK(attachments.remove(desk.township, problem_in(desk, closed), late.id).error().code ==
          "instance_is_finished");
    CHECK(attachments.find(closed, late.id).has_value());
}

TEST_CASE("what was removed is not given any more; that it was there, and who removed it, stays") {
    Desk desk;
    auto const id = desk.report();
    auto const problem = problem_in(desk, id);
    auto& attachments = desk.office.attachments;
    auto const added = attach(attachments, desk.township, problem, photo(), "bytes").value();
    auto const before = desk.office.stream.last_seq();
    REQUIRE(attachments.remove(desk.county, problem, added.id).has_value());
    CHECK(attachments.find(id, added.id).error().code == "attachment_not_found");
    CHECK(attachments.remove(desk.county, problem, added.id).error().code ==
          "attachment_not_found");
    auto const events = desk.office.stream.read(before, 10).value();
    REQUIRE(events.size() == 1);
    for (auto const* part : {R"("type":"attachment_removed")", R"("actor":"county")"})
        CHECK(events[0]->text.find(part) != std::string::npos);
    CHECK(events[0]->text.find(added.sha256) != std::string::npos);
    CHECK(may_see_codes(desk.township, events[0]->seen_by));

    // Killed before its probation ended: a start keeps what is recorded as removed.
    REQUIRE(storage::write(attachments.blobs(), id + "." + added.id, "bytes").has_value());
    REQUIRE(attachments.load().has_value());
    auto const attached = attachments.of(id).value();
    CHECK(attached.present.empty());
    REQUIRE(attached.removed.size() == 1);
    CHECK(attached.removed[0].removed_by == "county");
    CHECK(attached.removed[0].attachment.sha256 == added.sha256);
    auto const report = verify_attachments(*desk.own_store, attachments.blobs()).value();
    CHECK(report.attachments == 1);
    CHECK(report.findings.empty());
}

TEST_CASE("removing makes room, up to a bound") {
    Desk desk;
    auto const id = desk.report();
    auto const problem = problem_in(desk, id);
    auto& attachments = desk.office.attachments;
    auto const remove_one = [&] {
        auto const added = attach(attachments, desk.township, problem, photo(), "bytes");
        return attachments.remove(desk.township, problem, added.value().id);
    };
    for (std::size_t count = 0; count < limits::attachments_per_instance; ++count)
        REQUIRE(remove_one().has_value());
    CHECK(remove_one().error().code == "too_many_removed");
}

TEST_CASE("a start removes what was never recorded, and keeps what was") {
    Desk desk;
    auto const id = desk.report();
    auto& attachments = desk.office.attachments;
    auto const added = attach(attachments, desk.township, problem_in(desk, id), photo(), "bytes");
    REQUIRE(added.has_value());
    // Killed between the record and the end of the probation, and before the record.
    REQUIRE(storage::write(attachments.blobs(), id + "." + added->id, "bytes").has_value());
    REQUIRE(storage::write(attachments.blobs(), id + ".unrecorded", "lost").has_value());
    REQUIRE(attachments.load().has_value());
    CHECK(attachments.blobs().on_probation()->empty());
    CHECK(bytes_of(attachments, id, *added).value() == "bytes");
    CHECK_FALSE(storage::read(attachments.blobs(), id + ".unrecorded").has_value());
}

TEST_CASE(
    "files that are sent at once to one instance are added each, and one that is not is gone") {
    Desk desk;
    auto const id = desk.report();
    auto const problem = problem_in(desk, id);
    auto& attachments = desk.office.attachments;
    auto const one = attachments.begin(problem, 3).value(),
               two = attachments.begin(problem, 3).value();
    {
        auto const broken_off = attachments.begin(problem, 3).value();
        REQUIRE(broken_off->append("thr").has_value());
    }
    REQUIRE(one->append("one").has_value());
    REQUIRE(two->append("two").has_value());
    auto const second = attachments.add(desk.county, problem, photo(), *two);
    auto const first = attachments.add(desk.township, problem, photo(), *one);
    CHECK(bytes_of(attachments, id, second.value()).value() == "two");
    CHECK(bytes_of(attachments, id, first.value()).value() == "one");
    CHECK(attachments.blobs().on_probation()->empty());
    auto const report = verify_attachments(*desk.own_store, attachments.blobs()).value();
    CHECK(report.attachments == 2);
    CHECK(report.findings.empty());
}

TEST_CASE("bytes that are not what was uploaded are refused, never given") {
    Desk desk;
    auto const id = desk.report();
    auto& attachments = desk.office.attachments;
    auto const added = attach(attachments, desk.township, problem_in(desk, id), photo(), "bytes");
    REQUIRE(added.has_value());
    for (auto const* other : {"Bytes", "byte", "bytes and more", ""}) {
        REQUIRE(storage::put(attachments.blobs(), id + "." + added->id, other).has_value());
        auto const refused = bytes_of(attachments, id, *added);
        REQUIRE(refused.has_error());
        CHECK(refused.error().code == "attachment_damaged");
    }
    REQUIRE(attachments.blobs().remove(id + "." + added->id).has_value());
    CHECK(bytes_of(attachments, id, *added).error().code == "attachment_unreadable");
    REQUIRE(storage::put(attachments.blobs(), id + "." + added->id, "bytes").has_value());
    CHECK(bytes_of(attachments, id, *added).value() == "bytes");
}

TEST_CASE("verifying finds what is absent, altered or nobody's") {
    Desk desk;
    auto const id = desk.report();
    auto& attachments = desk.office.attachments;
    auto const one = attach(attachments, desk.township, problem_in(desk, id), photo(), "bytes");
    auto const two = attach(attachments, desk.township, problem_in(desk, id), photo(), "bytes");
    auto& blobs = attachments.blobs();
    REQUIRE(blobs.remove(id + "." + one->id).has_value());
    REQUIRE(storage::write(blobs, id + "." + two->id, "other").has_value());
    REQUIRE(storage::write(blobs, "nobody.s", "lost").has_value());
    blobs.keep("nobody.s");
    auto const report = verify_attachments(*desk.own_store, blobs).value();
    CHECK(report.findings.size() == 3);
}

TEST_CASE("an instance has room for so many bytes, those of removed files included") {
    Desk desk;
    auto const id = desk.report();
    auto& attachments = desk.office.attachments;
    auto full = photo();
    full.id = "01JZ0000000000000000000000";
    full.size_bytes = limits::attached_bytes_per_instance - 4;
    nlohmann::json const document = {{"items", {to_json(full)}}};
    REQUIRE(desk.office.documents
                .write(banjie::engine::system_caller(), {{.kind = "attachments",
                                                          .id = id + "/attachments",
                                                          .expected_version = std::nullopt,
                                                          .body = document.dump()}})
                .has_value());
    auto const problem = problem_in(desk, id);
    auto const refused = attach(attachments, desk.township, problem, photo(), "bytes");
    CHECK(refused.error().code == "too_many_attachments");
    CHECK(attachments.of(id)->present.size() == 1);
    CHECK(attach(attachments, desk.township, problem, photo(), "byte").has_value());
}

TEST_CASE("an account attaches so many files in a day, and others are not held back") {
    Desk desk;
    auto& attachments = desk.office.attachments;
    Outcome<Attachment> last = Attachment();
    std::size_t added = 0;
    while (last && added <= limits::attached_per_day) {
        auto const problem = problem_in(desk, desk.report());
        for (std::size_t i = 0; last && i < limits::attachments_per_instance; ++i) {
            last = attach(attachments, desk.township, problem, photo(), "x");
            added += last ? 1 : 0;
        }
    }
    CHECK(added == limits::attached_per_day);
    CHECK(last.error().code == "too_many_attached_today");
    auto const problem = problem_in(desk, desk.report());
    CHECK(attach(attachments, desk.county, problem, photo(), "x").has_value());
    desk.clock.advance(std::chrono::hours(24));
    CHECK(attach(attachments, desk.township, problem, photo(), "x").has_value());
}
