#include "storage/keyring.hpp"
#include "storage/limits.hpp"
#include "storage/store.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>

namespace banjie::storage {

namespace {

struct Kept {
    std::uint64_t version = 0;
    std::string body;
    std::string index_entry;
    bool present = true; // a removed document keeps its history and its version
    std::vector<std::uint64_t> seqs;
};

using DocumentKey = std::pair<std::string, std::string>; // kind, id

Failure conflict(std::string_view id, std::uint64_t expected, std::uint64_t actual) {
    return {Fault::conflict, "'" + std::string(id) + "' is at version " + std::to_string(actual) +
                                 ", not " + std::to_string(expected)};
}

/// Store in ordered maps, under one lock. A batch completes inside `commit`. Batches that a
/// completion commits wait for their turn, so that completions come in commit order.
class MemoryStore final : public Store {
public:
    void commit(Batch batch, CommitDone done) override {
        {
            std::lock_guard const lock(queue_mutex_);
            queue_.emplace_back(std::move(batch), std::move(done));
            if (draining_) return;
            draining_ = true;
        }
        for (;;) {
            std::pair<Batch, CommitDone> next;
            {
                std::lock_guard const lock(queue_mutex_);
                if (queue_.empty()) {
                    draining_ = false;
                    return;
                }
                next = std::move(queue_.front());
                queue_.pop_front();
            }
            auto const committed = write(next.first);
            if (next.second) next.second(committed);
        }
    }

    Result<std::optional<InstanceRecord>> instance(std::string_view id) override {
        std::lock_guard const lock(mutex_);
        auto const found = instances_.find(id);
        if (found == instances_.end()) return std::optional<InstanceRecord>();
        return std::optional(InstanceRecord{found->second.version, found->second.body});
    }

    Result<std::vector<std::optional<InstanceRecord>>>
    instances(std::span<std::string const> ids) override {
        std::vector<std::optional<InstanceRecord>> records;
        for (auto const& id : ids) records.push_back(*instance(id));
        return records;
    }

    Result<std::vector<StoredEvent>> history(std::string_view id, std::uint64_t skip,
                                             std::size_t limit) override {
        std::lock_guard const lock(mutex_);
        std::vector<StoredEvent> events;
        auto const add = [&](Kept const& kept) {
            for (auto i = skip; i < kept.seqs.size() && events.size() < limit; ++i)
                events.push_back(events_.at(kept.seqs[i] - 1));
        };
        if (auto const found = instances_.find(id); found != instances_.end()) {
            add(found->second);
        } else {
            for (auto const& [key, kept] : documents_)
                if (key.second == id && !kept.seqs.empty()) add(kept);
        }
        return events;
    }

    Result<std::vector<StoredEvent>> events_after(std::uint64_t after, std::size_t limit) override {
        std::lock_guard const lock(mutex_);
        std::vector<StoredEvent> events;
        for (auto seq = after; seq < events_.size() && events.size() < limit; ++seq)
            events.push_back(events_[seq]);
        return events;
    }

    Result<void> scan_index(Partitions partitions, Visit const& visit) override {
        std::lock_guard const lock(mutex_);
        for (auto const& [id, kept] : instances_) {
            auto const partition = partition_of(id);
            bool const asked = partition >= partitions.first && partition <= partitions.last;
            if (asked && !visit(id, kept.index_entry)) break;
        }
        return {};
    }

    Result<void> replace_index(std::span<IndexRecord const> records) override {
        std::lock_guard const lock(mutex_);
        for (auto const& record : records)
            if (auto const found = instances_.find(record.id); found != instances_.end())
                found->second.index_entry = record.entry;
        return {};
    }

    Result<std::optional<Document>> document(std::string_view kind, std::string_view id) override {
        std::lock_guard const lock(mutex_);
        auto const found = documents_.find(DocumentKey(kind, id));
        if (found == documents_.end() || !found->second.present) return std::optional<Document>();
        return std::optional(Document{std::string(id), found->second.version, found->second.body});
    }

    Result<std::vector<Document>> documents(std::string_view kind) override {
        std::lock_guard const lock(mutex_);
        std::vector<Document> all;
        for (auto const& [key, kept] : documents_)
            if (key.first == kind && kept.present)
                all.push_back({key.second, kept.version, kept.body});
        return all;
    }

    Result<std::optional<std::string>> reply(ReplyKey const& key) override {
        std::lock_guard const lock(mutex_);
        auto const found = replies_.find(key);
        return found == replies_.end() ? std::nullopt : std::optional(found->second);
    }

    Result<std::optional<std::string>> sealed(std::string_view, std::uint64_t key,
                                              std::string_view field) override {
        std::lock_guard const lock(mutex_);
        auto const found = sealed_.find({key, std::string(field)});
        return found == sealed_.end() ? std::nullopt : std::optional(found->second);
    }

    Result<std::uint64_t> last_key() override {
        std::lock_guard const lock(mutex_);
        return sealed_.empty() ? 0 : sealed_.rbegin()->first.first;
    }

    Keyring& keyring() override { return *keyring_; }

    StoreStatus status() override {
        std::lock_guard const lock(mutex_);
        return {.last_seq = events_.size(),
                .commits = commits_,
                .groups = commits_,
                .queued = 0,
                .last_sync_us = 0,
                .free_bytes = UINT64_MAX,
                .accepts_writes = !closed_};
    }

    Result<std::uint32_t> backup(std::string const&, Progress const&) override {
        return Failure{Fault::unreadable, "a store in memory cannot be backed up"};
    }

    void close() override {
        std::lock_guard const lock(mutex_);
        closed_ = true;
    }

private:
    Result<Committed> write(Batch const& batch) {
        std::lock_guard const lock(mutex_);
        if (closed_) return Failure{Fault::closed, "the store is closing"};
        if (auto failure = check(batch)) return *failure;
        std::uint64_t const before = events_.size();
        for (auto const& change : batch.changes) {
            auto& kept = instances_[change.id];
            kept.version += 1;
            kept.body = change.body;
            kept.index_entry = change.index_entry;
            record(kept, change.id, change.event);
        }
        for (auto const& written : batch.documents) {
            auto& kept = documents_[{written.kind, written.id}];
            kept.version += 1;
            kept.present = written.body.has_value();
            kept.body = written.body.value_or("");
            if (!written.event.empty()) record(kept, written.id, written.event);
        }
        if (batch.reply) replies_[batch.reply->key] = batch.reply->body;
        for (auto const& written : batch.sealed) {
            std::pair const place(written.key, written.field);
            if (written.bytes)
                sealed_[place] = *written.bytes;
            else
                sealed_.erase(place);
        }
        for (auto const& erased : batch.erased)
            if (auto gone = keyring_->erase({&erased.key, 1}); !gone) return gone.error();
        ++commits_;
        bool const told = events_.size() > before;
        return Committed{told ? before + 1 : 0, told ? events_.size() : 0};
    }

    std::optional<Failure> check(Batch const& batch) {
        std::map<std::string, std::uint64_t, std::less<>> moved;
        for (auto const& change : batch.changes) {
            auto const found = instances_.find(change.id);
            auto const known = found == instances_.end() ? 0 : found->second.version;
            auto& version = moved.try_emplace(change.id, known).first->second;
            if (change.expected_version != version)
                return conflict(change.id, change.expected_version, version);
            ++version;
        }
        for (auto const& written : batch.documents) {
            if (!written.expected_version) continue;
            auto const found = documents_.find({written.kind, written.id});
            bool const present = found != documents_.end() && found->second.present;
            auto const version = present ? found->second.version : 0;
            if (*written.expected_version != version)
                return conflict(written.id, *written.expected_version, version);
        }
        return std::nullopt;
    }

    void record(Kept& kept, std::string const& id, std::string const& event) {
        auto const seq = events_.size() + 1;
        events_.push_back({seq, partition_of(id), event});
        kept.seqs.push_back(seq);
    }

    std::mutex queue_mutex_;
    std::deque<std::pair<Batch, CommitDone>> queue_;
    bool draining_ = false;

    std::mutex mutex_;
    std::map<std::string, Kept, std::less<>> instances_;
    std::map<DocumentKey, Kept> documents_;
    std::map<ReplyKey, std::string> replies_;
    std::map<std::pair<std::uint64_t, std::string>, std::string> sealed_;
    std::unique_ptr<Keyring> keyring_ = Keyring::in_memory(Keyring::system_random());
    std::vector<StoredEvent> events_;
    std::uint64_t commits_ = 0;
    bool closed_ = false;
};

} // namespace

std::unique_ptr<Store> open_memory_store() {
    return std::make_unique<MemoryStore>();
}

} // namespace banjie::storage
