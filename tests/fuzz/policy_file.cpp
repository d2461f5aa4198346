// Any text as a policy: what is accepted fits its workflow.

#include "engine/rules/policy_file.hpp"

#include "engine/rules/rulebook.hpp"
#include "tests/fuzz/expect.hpp"

using namespace banjie;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static engine::Rulebook const book;
    auto const policy =
        engine::read_policy({reinterpret_cast<char const*>(data), size}, book.rules()->workflows);
    if (!policy) {
        expect(!policy.error().code.name().empty(), "a refusal has a code");
        return 0;
    }
    auto const* const workflow = workflows::find_workflow(policy->workflow);
    expect(workflow != nullptr, "an accepted policy is of a workflow");
    expect(workflows::check_policy(*workflow, *policy).empty(), "an accepted policy is sound");
    return 0;
}
