// Any bytes as keys and values on disk: refused, or read back as they are written again.

#include "storage/rocksdb/layout.hpp"

#include "tests/fuzz/expect.hpp"

using namespace banjie;
using namespace banjie::storage;
using fuzz::expect;

namespace {

void expect_alike(std::optional<layout::Record> const& once,
                  std::optional<layout::Record> const& again) {
    expect(again && once->version == again->version && once->present == again->present &&
               once->seqs == again->seqs && once->body == again->body,
           "a record reads back as it was written");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const value(reinterpret_cast<char const*>(data), size);
    if (auto const read = layout::read_instance(value)) {
        auto const written = layout::instance_value(read->version, read->seqs, read->body);
        expect_alike(read, layout::read_instance(written));
    }
    if (auto const read = layout::read_document(value)) {
        auto const written = layout::document_value(*read);
        expect_alike(read, layout::read_document(written));
    }
    if (auto const read = layout::read_event(value))
        expect(layout::event_value(*read) == value || !value.empty(), "an event can be written");
    if (auto const read = layout::read_reply(value)) {
        auto const written = layout::reply_value(
            {.key = {}, .body = std::string(read->second), .expires_at_ms = read->first});
        expect(layout::read_reply(written) == read, "a reply reads back as it was written");
    }
    if (auto const read = layout::read_event_key(value))
        expect(layout::event_key(read->first, read->second) == value, "a key has one form");
    if (auto const read = layout::read_heads(value))
        expect(layout::heads_value(read->first, read->second) == value, "heads have one form");
    return 0;
}
