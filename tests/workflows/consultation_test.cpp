#include "tests/workflows/cast.hpp"
#include "tests/workflows/policy_file.hpp"
#include "tests/workflows/sample.hpp"
#include "workflows/consultation.hpp"
#include "workflows/contract/limits.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;
using namespace banjie::workflows::testing;

namespace {

Decision call(std::size_t problems, Texts const& participants = {}) {
    Policy const policy = policy_file("consultation");
    Calendar const calendar;
    SampleWorld const world;
    Fields fields;
    Texts ids;
    for (std::size_t i = 0; i < problems; ++i) ids.push_back("p" + std::to_string(i));
    fields.set("title", std::string("Credit"));
    fields.set("agenda", std::string("Why?"));
    fields.set("problems", ids);
    fields.set("held_at", sample_time());
    if (!participants.empty()) fields.set("participants", participants);
    return consultation().decide(consultation().fresh("c", sample_time()), "call", fields,
                                 {*member("county"), sample_time(), policy, calendar, world});
}

} // namespace

TEST_CASE("a consultation is over 1 to 50 problems") {
    CHECK(call(0).refusal->code == "invalid_fields");
    CHECK_FALSE(call(1).refusal);
    CHECK_FALSE(call(limits::consulted_problems).refusal);
    CHECK(call(limits::consulted_problems + 1).refusal->code == "bad_number_of_problems");
}

TEST_CASE("those who take part exist") {
    CHECK_FALSE(call(1, {"360731-finance", "36-transport"}).refusal);
    CHECK(call(1, {"360731-finance", "35-transport"}).refusal->code == "unknown_participant");
}

TEST_CASE("the convener's office is where it is, and whose turn it is") {
    auto const decision = call(1);
    Instance meeting = consultation().fresh("c", sample_time());
    apply(meeting, decision.event);
    CHECK(meeting.facts.text("convener") == "360731");
    CHECK(meeting.facts.text("region") == "360731");
    CHECK(meeting.facts.text("level") == "county");
    CHECK(consultation().waits_for(meeting) == std::vector<Address>{{Role::coordinator, "360731"}});
}
