// Any values in an instance and its event: their texts in the store read back as what was written.

#include "api/request/request_checks.hpp"
#include "engine/commands/engine.hpp"
#include "engine/text/json_text.hpp"
#include "tests/fuzz/expect.hpp"
#include "workflows/problem.hpp"

#include <array>
#include <fuzzer/FuzzedDataProvider.h>

using namespace banjie;
using fuzz::expect;

namespace {

std::string text(FuzzedDataProvider& chance) {
    auto any = chance.ConsumeRandomLengthString(64);
    return api::is_utf8(any) ? any : "道路"; // the door lets nothing else in
}

engine::Time time(FuzzedDataProvider& chance) {
    constexpr std::int64_t year_9999_ms = 253'370'000'000'000;
    return engine::Time(
        std::chrono::milliseconds(chance.ConsumeIntegralInRange<std::int64_t>(0, year_9999_ms)));
}

engine::Value value(FuzzedDataProvider& chance) {
    switch (chance.ConsumeIntegralInRange(0, 3)) {
    case 0:
        return chance.ConsumeBool();
    case 1:
        return chance.ConsumeIntegral<std::int64_t>();
    case 2:
        return engine::Texts{text(chance), text(chance)};
    default:
        return text(chance);
    }
}

engine::Fields fields(FuzzedDataProvider& chance) {
    engine::Fields all;
    for (std::string_view const name : {"title", "region", "count", "round", "co_handlers", "x"})
        if (chance.ConsumeBool()) all.set(name, value(chance));
    for (std::string_view const name : {"due_at", "until"})
        if (chance.ConsumeBool()) all.set(name, time(chance));
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    FuzzedDataProvider chance(data, size);
    engine::Event event{.type = text(chance), .command = text(chance), .fields = fields(chance)};
    event.changes = fields(chance);
    if (chance.ConsumeBool()) event.changes.set("cleared", std::monostate());
    event.states = {"handling", text(chance)};
    if (chance.ConsumeBool()) event.wake = {time(chance), text(chance)};
    event.actor = text(chance);
    event.actor_name = text(chance);
    event.organisation = text(chance);
    event.at = time(chance);

    engine::Instance instance{.id = text(chance), .workflow = "problem"};
    workflows::apply(instance, event);
    expect(engine::instance_of(engine::instance_text(workflows::problem(), instance)) == instance,
           "an instance reads back as it was written");
    auto const recorded =
        engine::recorded_of(7, engine::event_text(instance, event, {"360731*", text(chance)}));
    expect(recorded.event == event && recorded.subject == instance.id && recorded.version == 1,
           "an event reads back as it was written");
    return 0;
}
