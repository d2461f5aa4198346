#include "storage/rocksdb/group.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

namespace banjie::storage {

namespace {

constexpr std::uint64_t events_between_heads = 4'096;
constexpr std::size_t known_instances = 65'536;

Failure conflict(std::string const& id, std::uint64_t expected, std::uint64_t actual) {
    return {Fault::conflict, "'" + id + "' is at version " + std::to_string(actual) + ", not " +
                                 std::to_string(expected)};
}

} // namespace

Group::Group(CommitThread& thread, std::size_t expected_bytes)
    : thread_(thread), writes_(std::make_unique<rocksdb::WriteBatch>(expected_bytes)),
      heads_(thread.heads_), last_seq_(thread.last_seq_) {
    if (thread.known_.size() > known_instances) thread.known_.clear();
}
Group::~Group() = default;

bool Group::empty() const {
    return writes_->Count() == 0;
}

/// Returns the state after all batches added so far, or else the state on disk.
Result<Group::Known*> Group::instance(std::string const& id) {
    if (auto const found = thread_.known_.find(id); found != thread_.known_.end())
        return &found->second;
    auto const value = thread_.database_.get(layout::instance_key(id));
    if (!value) return value.error();
    Known& known = thread_.known_[id];
    if (!*value) return &known;
    auto record = layout::read_instance(**value);
    if (!record) return corrupt("instance '" + id + "' cannot be read");
    known = {record->version, std::move(record->seqs)};
    return &known;
}

Result<Group::Kept> Group::document(std::string const& key, DocumentsByKey const& moved) {
    for (auto const* known : {&moved, &std::as_const(documents_)})
        if (auto const found = known->find(key); found != known->end()) return found->second;
    auto const value = thread_.database_.get(key);
    if (!value) return value.error();
    if (!*value) return Kept{};
    auto record = layout::read_document(**value);
    if (!record) return corrupt("a document cannot be read");
    return Kept{record->version, record->present, std::move(record->seqs)};
}

/// Increments the versions of instances, and fills in `documents` as they are before the batch.
Result<void> Group::check(Batch const& batch, DocumentsByKey& documents) {
    for (Change const& change : batch.changes) {
        auto const known = instance(change.id);
        if (!known) return known.error();
        auto& version = (*known)->version;
        if (change.expected_version != version)
            return conflict(change.id, change.expected_version, version);
        ++version;
        moved_.push_back(*known);
    }
    for (DocumentWrite const& write : batch.documents) {
        auto const key = layout::document_key(write.kind, write.id);
        auto kept = document(key, documents);
        if (!kept) return kept.error();
        auto const version = kept->present ? kept->version : 0;
        if (write.expected_version && *write.expected_version != version)
            return conflict(write.id, *write.expected_version, version);
        documents.insert_or_assign(key, std::move(*kept));
    }
    return {};
}

Result<Committed> Group::add(Batch const& batch) {
    moved_.clear();
    DocumentsByKey documents;
    if (auto checked = check(batch, documents); !checked) {
        for (Known* known : moved_) --known->version;
        return checked.error();
    }
    auto const before = last_seq_;
    for (std::size_t i = 0; i < batch.changes.size(); ++i) {
        Change const& change = batch.changes[i];
        auto& seqs = moved_[i]->seqs;
        seqs.push_back(put_event(change.id, change.event));
        writes_->Put(layout::instance_key(change.id),
                     layout::instance_value(change.expected_version + 1, seqs, change.body));
        writes_->Put(layout::index_key(change.id), change.index_entry);
    }
    for (DocumentWrite const& write : batch.documents) {
        auto const key = layout::document_key(write.kind, write.id);
        Kept& kept = documents.at(key);
        ++kept.version;
        kept.present = write.body.has_value();
        if (!write.event.empty()) kept.seqs.push_back(put_event(write.id, write.event));
        writes_->Put(key, layout::document_value(
                              {kept.version, kept.present, kept.seqs,
                               write.body ? std::string_view(*write.body) : std::string_view()}));
    }
    if (batch.reply)
        writes_->Put(layout::reply_key(batch.reply->key), layout::reply_value(*batch.reply));
    put_sealed(batch);
    for (auto& [key, kept] : documents) documents_.insert_or_assign(key, std::move(kept));
    bool const told = last_seq_ > before;
    return Committed{told ? before + 1 : 0, told ? last_seq_ : 0};
}

void Group::put_sealed(Batch const& batch) {
    for (SealedWrite const& write : batch.sealed) {
        auto const key = layout::sealed_key(write.id, write.key, write.field);
        if (write.bytes)
            writes_->Put(key, *write.bytes);
        else
            writes_->Delete(key);
    }
    // The record outlives a crash between the write and the erasure.
    for (KeyErasure const& erased : batch.erased) {
        writes_->Put(layout::erased_key(erased.id, erased.key), "");
        erased_.push_back(erased.key);
    }
}

std::uint64_t Group::put_event(std::string_view subject, std::string_view body) {
    auto const partition = partition_of(subject);
    auto& head = heads_[partition];
    head = layout::chain(head, ++last_seq_, partition, subject, body);
    writes_->Put(thread_.database_.events(), layout::event_key(last_seq_, partition),
                 layout::event_value({head, subject, body}));
    return last_seq_;
}

Result<void> Group::write() {
    heads_added_ = last_seq_ >= thread_.heads_written_seq_ + events_between_heads;
    if (heads_added_) writes_->Put(layout::heads_key(), layout::heads_value(last_seq_, heads_));
    rocksdb::WriteOptions options;
    options.sync = true;
    auto const status = thread_.database_.db().Write(options, writes_.get());
    if (!status.ok()) return Failure{Fault::unknown, status.ToString()};
    return {};
}

void Group::settle() {
    thread_.last_seq_ = last_seq_;
    thread_.heads_ = heads_;
    if (heads_added_) thread_.heads_written_seq_ = last_seq_;
}

} // namespace banjie::storage
