// Any bytes as an index entry of the store: refused, or taken in and written again alike.

#include "engine/index/index_entry.hpp"

#include "engine/index/instance_index.hpp"
#include "engine/rules/rulebook.hpp"
#include "engine/text/json_text.hpp"
#include "storage/store.hpp"
#include "tests/fuzz/expect.hpp"
#include "workflows/problem.hpp"

using namespace banjie;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const record(reinterpret_cast<char const*>(data), size);
    auto const entry = engine::decode_index_entry(record);
    static std::string const body = engine::instance_text(
        workflows::problem(), workflows::problem().fresh("01KJR641JG1CDADE", engine::Time()));
    auto const store = storage::open_memory_store();
    storage::Batch batch;
    batch.changes.push_back({.id = "01KJR641JG1CDADE",
                             .expected_version = 0,
                             .body = body,
                             .index_entry = std::string(record),
                             .event = "{}"});
    store->commit(std::move(batch), [](auto const&) {});
    static engine::Rulebook const book;
    auto const workflows = book.rules()->workflows;
    engine::InstanceIndex index(workflows);
    bool const is_made_again = engine::is_of_earlier_format(record);
    bool const is_known = entry && workflows.find(entry->workflow) != nullptr;
    expect(index.load(*store, 1).has_value() == (is_made_again || is_known),
           "the index takes in what reads as an entry, or can be made again");
    if (!entry) return 0;
    auto const written = engine::encode(*entry);
    auto const again = engine::decode_index_entry(written);
    expect(again && engine::encode(*again) == written, "an entry reads back as it was written");
    static_cast<void>(index.list(workflows::system_actor(), {.workflow = "problem"}));
    static_cast<void>(index.statistics(workflows::system_actor(), {}));
    return 0;
}
