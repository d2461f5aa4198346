#include "engine/index/index_entry.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/ports.hpp"
#include "engine/text/json_text.hpp"
#include "storage/rocksdb_store.hpp"
#include "tools/measure/measure.hpp"
#include "workflows/problem.hpp"

#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>

namespace banjie::measure {

namespace {

using namespace engine;

constexpr std::size_t changes_per_batch = 64;
constexpr std::size_t batches_under_way = 64;

/// Returns problems of the store, to be copied.
std::vector<Instance> patterns(storage::Store& store) {
    std::vector<std::string> ids;
    auto const scanned = store.scan_index({}, [&](std::string_view id, std::string_view record) {
        auto const entry = decode_index_entry(record);
        // An entry of an earlier version cannot be read, so its instance is checked below.
        if (!entry || entry->workflow == "problem") ids.emplace_back(id);
        return ids.size() < 500;
    });
    std::vector<Instance> found;
    for (auto const& id : ids)
        if (auto const record = store.instance(id); scanned && record && *record)
            if (auto one = instance_of((*record)->body); one.workflow == "problem")
                found.push_back(std::move(one));
    return found;
}

/// Returns the n-th copy: created in the last three years, with its wake and due date after now.
Instance copy_of(Instance const& pattern, std::size_t n, Time now, Random& random) {
    using namespace std::chrono;
    Instance copy = pattern;
    copy.version = 1;
    copy.created_at = now - days(1'095) + seconds(static_cast<std::int64_t>(n) * 90);
    if (copy.created_at > now) copy.created_at = now;
    copy.updated_at = copy.created_at + minutes(n * 7'919 % 40'000);
    if (copy.updated_at > now) copy.updated_at = now;
    copy.id = make_id(copy.created_at, random);
    copy.facts.set("title",
                   std::string(pattern.facts.text("title")) + "（第" + std::to_string(n) + "件）");
    auto const ahead = now + days(1) + seconds(n * 7'919 % (20U * 86'400U));
    if (copy.facts.has("due_at")) copy.facts.set("due_at", ahead);
    if (copy.wake) copy.wake->at = ahead;
    return copy;
}

storage::Change first_change_of(IndexedWorkflow const& indexed, Instance const& copy) {
    Event event;
    event.type = "reported";
    event.command = "report";
    event.changes = copy.facts;
    event.states = copy.states;
    event.wake = copy.wake;
    event.actor = "fill";
    event.at = copy.created_at;
    auto const entry = index_entry_of(indexed, copy);
    return {copy.id, 0, instance_text(*indexed.workflow, copy), encode(entry),
            event_text(copy, event, codes_of(entry.seen_by))};
}

} // namespace

int fill(std::size_t problems, std::string const& folder) {
    storage::RocksdbOptions options;
    options.directory = folder;
    options.create_if_missing = false;
    auto opened = storage::open_rocksdb_store(options);
    if (!opened) {
        std::cerr << opened.error().detail << "\n";
        return 1;
    }
    auto const& store = *opened;
    auto const known = patterns(*store);
    if (known.empty()) {
        std::cerr << "The store has no problems. Fill it with banjie_demonstration first.\n";
        return 1;
    }
    auto const now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    IndexedWorkflow const indexed(workflows::problem());
    std::atomic<std::size_t> under_way = 0, refused = 0;
    for (std::size_t n = 0; n < problems;) {
        storage::Batch batch;
        for (; n < problems && batch.changes.size() < changes_per_batch; ++n)
            batch.changes.push_back(first_change_of(
                indexed, copy_of(known[n % known.size()], n, now, system_random())));
        for (auto count = under_way.load(); count >= batches_under_way; count = under_way.load())
            under_way.wait(count);
        ++under_way;
        store->commit(std::move(batch), [&](auto const& result) {
            if (!result) ++refused;
            --under_way;
            under_way.notify_one();
        });
    }
    store->close();
    std::cout << problems << " problems added, " << refused << " batches refused\n";
    return refused == 0 ? 0 : 1;
}

} // namespace banjie::measure
