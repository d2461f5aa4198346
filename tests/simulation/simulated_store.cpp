#include "tests/simulation/simulated_store.hpp"

#include <algorithm>

namespace banjie::simulation {

using storage::Batch;
using storage::CommitDone;
using storage::Committed;
using storage::Failure;
using storage::Fault;
using storage::Result;

namespace {

bool is_barrier(Batch const& batch) {
    return batch.changes.empty() && batch.documents.empty() && !batch.reply;
}

} // namespace

SimulatedStore::SimulatedStore(Dice& dice, Batch first, std::size_t capacity,
                               std::size_t failures_per_mille)
    : dice_(dice), capacity_(capacity), failures_per_mille_(failures_per_mille) {
    static_cast<void>(make_durable(std::move(first)));
}

void SimulatedStore::commit(Batch batch, CommitDone done) {
    Waiting waiting{std::move(batch), std::move(done), {}};
    // A refused one keeps its place, so that outcomes are told in order.
    if (queue_.size() >= capacity_ && !is_barrier(waiting.batch)) waiting.refused = Fault::too_many;
    bool told = false;
    if (patient_)
        waiting.done = [&told, first = std::move(waiting.done)](auto const& result) {
            told = true;
            if (first) first(result);
        };
    queue_.push_back(std::move(waiting));
    while (patient_ && !told) work();
}

bool SimulatedStore::has_work() const {
    return !queue_.empty() || !written_.empty() || !telling_.empty();
}

std::string SimulatedStore::work() {
    using Work = std::string (SimulatedStore::*)();
    std::vector<Work> open;
    if (!queue_.empty()) open.push_back(&SimulatedStore::write_group);
    if (!written_.empty()) open.push_back(&SimulatedStore::sync);
    if (!telling_.empty()) open.push_back(&SimulatedStore::tell);
    return open.empty() ? "the disk is idle" : (this->*dice_.one_of(open))();
}

std::string SimulatedStore::write_group() {
    auto const count = dice_.between(1, queue_.size());
    Group group;
    for (std::size_t i = 0; i < count; ++i) {
        Waiting& one = queue_.front();
        if (full_ && !one.refused && !is_barrier(one.batch)) one.refused = Fault::no_space;
        group.push_back(std::move(one));
        queue_.pop_front();
    }
    written_.push_back(std::move(group));
    return "the disk writes a group of " + std::to_string(count);
}

/// What fails may be there or not: nobody knows, and nothing is written after it.
std::string SimulatedStore::sync() {
    std::size_t durable = 0;
    for (; !written_.empty(); written_.pop_front()) {
        bool const writes =
            std::any_of(written_.front().begin(), written_.front().end(),
                        [](Waiting const& one) { return !one.refused && !is_barrier(one.batch); });
        bool const fails = writes && dice_.below(1'000) < failures_per_mille_;
        bool const is_there = !failed_ && (!fails || dice_.percent(50));
        failed_ = failed_ || fails;
        for (Waiting& one : written_.front()) {
            Result<Committed> result = Committed{};
            if (one.refused)
                result = Failure{*one.refused, "as the seed wishes"};
            else if (is_there)
                result = make_durable(std::move(one.batch));
            if (failed_ && !one.refused) result = Failure{Fault::unknown, "as the seed wishes"};
            durable += result ? 1 : 0;
            telling_.push_back({std::move(one.done), std::move(result)});
        }
    }
    return failed_ ? "the disk fails" : "the disk syncs " + std::to_string(durable);
}

std::string SimulatedStore::tell() {
    Told const told = std::move(telling_.front());
    telling_.pop_front();
    if (told.done) told.done(told.result);
    return "the store tells " + std::string(told.result ? "success" : "a failure");
}

Result<Committed> SimulatedStore::make_durable(Batch batch) {
    if (is_barrier(batch)) return Committed{};
    Result<Committed> outcome = Committed{};
    durable_->commit(std::move(batch), [&outcome](auto const& result) { outcome = result; });
    return outcome;
}

void SimulatedStore::abandon() {
    auto telling = std::move(telling_);
    auto written = written_; // what of it survives is decided by `crash`
    auto queue = std::move(queue_);
    telling_.clear();
    queue_.clear();
    auto const answer = [](CommitDone const& done) {
        if (done) done(Failure{Fault::closed, "the process has ended"});
    };
    for (Told const& one : telling) answer(one.done);
    for (Group const& group : written)
        for (Waiting const& one : group) answer(one.done);
    for (Waiting const& one : queue) answer(one.done);
}

std::size_t SimulatedStore::crash() {
    auto const survivors = failed_ ? 0 : dice_.below(written_.size() + 1);
    for (std::size_t i = 0; i < survivors; ++i)
        for (Waiting& one : written_[i])
            if (!one.refused) static_cast<void>(make_durable(std::move(one.batch)));
    written_.clear();
    failed_ = false;
    return survivors;
}

std::string SimulatedStore::index_entry(std::string_view id) {
    std::string found;
    static_cast<void>(durable_->scan_index({}, [&](std::string_view one, std::string_view entry) {
        if (one != id) return true;
        found = entry;
        return false;
    }));
    return found;
}

Result<std::optional<storage::InstanceRecord>> SimulatedStore::instance(std::string_view id) {
    return durable_->instance(id);
}
Result<std::vector<std::optional<storage::InstanceRecord>>>
SimulatedStore::instances(std::span<std::string const> ids) {
    return durable_->instances(ids);
}
Result<std::vector<storage::StoredEvent>>
SimulatedStore::history(std::string_view id, std::uint64_t skip, std::size_t limit) {
    return durable_->history(id, skip, limit);
}
Result<std::vector<storage::StoredEvent>> SimulatedStore::events_after(std::uint64_t after,
                                                                       std::size_t limit) {
    return durable_->events_after(after, limit);
}
Result<void> SimulatedStore::scan_index(storage::Partitions partitions,
                                        storage::Visit const& visit) {
    return durable_->scan_index(partitions, visit);
}
Result<void> SimulatedStore::replace_index(std::span<storage::IndexRecord const> records) {
    return durable_->replace_index(records);
}
Result<std::optional<storage::Document>> SimulatedStore::document(std::string_view kind,
                                                                  std::string_view id) {
    return durable_->document(kind, id);
}
Result<std::vector<storage::Document>> SimulatedStore::documents(std::string_view kind) {
    return durable_->documents(kind);
}
Result<std::optional<std::string>> SimulatedStore::reply(storage::ReplyKey const& key) {
    return durable_->reply(key);
}
storage::StoreStatus SimulatedStore::status() {
    auto status = durable_->status();
    status.queued = queue_.size();
    status.accepts_writes = !full_ && !failed_;
    return status;
}
Result<std::uint32_t> SimulatedStore::backup(std::string const& directory,
                                             storage::Progress const& progress) {
    return durable_->backup(directory, progress);
}
void SimulatedStore::close() {}

} // namespace banjie::simulation
