// Any text as calendar years: what is accepted can be counted with.

#include "engine/rules/policy_file.hpp"
#include "engine/rules/rulebook.hpp"
#include "tests/fuzz/expect.hpp"

using namespace banjie;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto years = engine::read_calendar({reinterpret_cast<char const*>(data), size});
    if (!years) return 0;
    workflows::Calendar const calendar(std::move(*years));
    workflows::Time const from{std::chrono::sys_days{std::chrono::year{2026} / 9 / 28}};
    auto const due = calendar.add_working_days(from, 5);
    expect(due >= from, "days ahead lie ahead");
    expect(calendar.working_days_between(from, due) == 5, "days are counted as they are added");
    return 0;
}
