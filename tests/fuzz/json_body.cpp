// Any text as the JSON body of every command of every workflow: what is accepted reads back as it
// was written.

#include "api/request/request_checks.hpp"
#include "engine/text/json_text.hpp"
#include "engine/text/read_fields.hpp"
#include "tests/fuzz/expect.hpp"

#include <nlohmann/json.hpp>

using namespace banjie;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const object = api::read_object({reinterpret_cast<char const*>(data), size});
    if (!object) return 0;
    expect(object->is_object(), "a body is an object");
    for (auto const* workflow : workflows::all_workflows())
        for (auto const& command : workflow->commands()) {
            auto const fields = engine::read_fields(*object, command.form);
            if (!fields) continue;
            static_cast<void>(engine::check_fields(command.form, *fields));
            auto const again = engine::read_fields(engine::to_json(*fields), command.form);
            expect(again && *again == *fields, "fields read back as they were written");
        }
    return 0;
}
