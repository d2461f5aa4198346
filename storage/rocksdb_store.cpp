#include "storage/rocksdb_store.hpp"

#include "storage/keyring.hpp"
#include "storage/limits.hpp"
#include "storage/rocksdb/backup.hpp"
#include "storage/rocksdb/commit_thread.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <filesystem>

namespace banjie::storage {

namespace {

using layout::Heads;

struct Chain {
    Heads heads{};
    std::uint64_t last_seq = 0, heads_written_seq = 0;
};

/// Returns the chain after the last event, from the heads last written and the events since.
Result<Chain> read_chain(Database& database) {
    Chain chain;
    auto& heads = chain.heads;
    auto& seq = chain.last_seq;
    auto const value = database.get(layout::heads_key());
    if (!value) return value.error();
    if (*value) {
        auto const read = layout::read_heads(**value);
        if (!read) return corrupt("the chain's heads are no record");
        std::tie(seq, heads) = *read;
        chain.heads_written_seq = seq;
    }
    auto const last_seq = database.last_seq();
    if (!last_seq) return last_seq.error();
    if (*last_seq < seq)
        return corrupt("the events end at " + std::to_string(*last_seq) + ", before the chain at " +
                       std::to_string(seq));
    std::optional<Failure> failure;
    auto const scanned = database.scan_events(seq + 1, [&](auto key, auto bytes) {
        auto const place = layout::read_event_key(key);
        auto const event = layout::read_event(bytes);
        ++seq;
        if (!place || !event || place->first != seq) {
            failure = corrupt("event " + std::to_string(seq) + " is absent or no record");
            return false;
        }
        auto& head = heads[place->second];
        head = layout::chain(head, seq, place->second, event->subject, event->body);
        if (head != event->hash)
            failure = corrupt("event " + std::to_string(seq) + " does not fit the chain");
        return !failure;
    });
    if (!scanned) return scanned.error();
    if (failure) return *failure;
    return chain;
}

/// Returns the greatest number of a key that something is sealed under.
Result<std::uint64_t> last_key_of(Database& database) {
    std::uint64_t last = 0;
    std::unique_ptr<rocksdb::Iterator> const at(database.db().NewIterator({}, database.state()));
    for (unsigned partition = 0; partition < partition_count; ++partition) {
        auto const prefix = layout::prefix(static_cast<Partition>(partition), layout::Kind::sealed);
        at->SeekForPrev(prefix + std::string(16, '\xff'));
        if (at->Valid() && at->key().starts_with(prefix))
            last = std::max(last, layout::read_key_number(at->key().ToStringView()).value_or(0));
    }
    if (!at->status().ok()) return failure_of(at->status(), Fault::unreadable);
    return last;
}

/// Erases what was to be erased when the process ended, or after the copy that was restored.
Result<void> finish_erasures(Database& database, Keyring& keyring) {
    std::vector<std::uint64_t> numbers;
    rocksdb::WriteBatch done;
    for (unsigned partition = 0; partition < partition_count; ++partition) {
        auto const prefix = layout::prefix(static_cast<Partition>(partition), layout::Kind::erased);
        auto scanned = database.scan(prefix, [&](auto key, auto) {
            if (auto const number = layout::read_key_number(key)) numbers.push_back(*number);
            done.Delete(rocksdb::Slice(key.data(), key.size()));
            return true;
        });
        if (!scanned) return scanned;
    }
    if (numbers.empty()) return {};
    if (auto erased = keyring.erase(numbers); !erased) return erased;
    auto const status = database.db().Write({}, &done);
    return status.ok() ? Result<void>() : failure_of(status, Fault::unknown);
}

/// A store that is only read gets no file.
Result<std::unique_ptr<Keyring>> keyring_of(Database& database, RocksdbOptions const& options) {
    auto const random = options.random ? options.random : Keyring::system_random();
    auto const path = options.directory + "/" + std::string(Keyring::file_name);
    std::error_code error;
    if (options.read_only && !std::filesystem::exists(path, error))
        return Keyring::in_memory(random);
    auto const last_key = last_key_of(database);
    if (!last_key) return last_key.error();
    auto keyring = Keyring::open(path, *last_key > 0, random);
    if (!keyring || options.read_only) return keyring;
    if (auto finished = finish_erasures(database, **keyring); !finished) return finished.error();
    return keyring;
}

class RocksdbStore final : public ChainedStore {
public:
    RocksdbStore(std::unique_ptr<Database> database, std::unique_ptr<Keyring> keyring,
                 RocksdbOptions const& options, Chain const& chain)
        : database_(std::move(database)), keyring_(std::move(keyring)),
          commits_(*database_, *keyring_, options, chain.last_seq, chain.heads_written_seq,
                   chain.heads) {}

    void commit(Batch batch, CommitDone done) override {
        commits_.commit(std::move(batch), std::move(done));
    }

    Result<std::optional<InstanceRecord>> instance(std::string_view id) override {
        auto const value = database_->get(layout::instance_key(id));
        if (!value) return value.error();
        if (!*value) return std::optional<InstanceRecord>();
        auto record = record_of(id, **value);
        if (!record) return record.error();
        return std::optional(std::move(*record));
    }

    Result<std::vector<std::optional<InstanceRecord>>>
    instances(std::span<std::string const> ids) override {
        auto const count = std::min(ids.size(), limits::ids_per_read);
        std::vector<std::string> keys;
        for (auto const& id : ids.first(count)) keys.push_back(layout::instance_key(id));
        std::vector<rocksdb::Slice> const slices(keys.begin(), keys.end());
        std::vector<rocksdb::PinnableSlice> values(count);
        std::vector<rocksdb::Status> statuses(count);
        database_->db().MultiGet({}, database_->state(), count, slices.data(), values.data(),
                                 statuses.data());
        std::vector<std::optional<InstanceRecord>> records(count);
        for (std::size_t i = 0; i < count; ++i) {
            if (statuses[i].IsNotFound()) continue;
            if (!statuses[i].ok()) return failure_of(statuses[i], Fault::unreadable);
            auto record = record_of(ids[i], values[i].ToStringView());
            if (!record) return record.error();
            records[i] = std::move(*record);
        }
        return records;
    }

    Result<std::vector<StoredEvent>> history(std::string_view id, std::uint64_t skip,
                                             std::size_t limit) override {
        auto seqs = seqs_of(id);
        if (!seqs) return seqs.error();
        std::vector<StoredEvent> events;
        auto const partition = partition_of(id);
        for (auto i = skip; i < seqs->size() && events.size() < limit; ++i) {
            auto const seq = (*seqs)[i];
            std::string value;
            auto const status = database_->db().Get({}, database_->events(),
                                                    layout::event_key(seq, partition), &value);
            auto const event = status.ok() ? layout::read_event(value) : std::nullopt;
            if (!event) return corrupt("event " + std::to_string(seq) + ": " + status.ToString());
            events.push_back({seq, partition, std::string(event->body)});
        }
        return events;
    }

    Result<std::vector<StoredEvent>> events_after(std::uint64_t after, std::size_t limit) override {
        std::vector<StoredEvent> events;
        bool sound = true;
        if (limit == 0) return events;
        auto const scanned = database_->scan_events(after + 1, [&](auto key, auto value) {
            auto const place = layout::read_event_key(key);
            auto const event = layout::read_event(value);
            sound = place && event;
            if (sound) events.push_back({place->first, place->second, std::string(event->body)});
            return sound && events.size() < limit;
        });
        if (!scanned) return scanned.error();
        if (!sound) return corrupt("an event is no record");
        return events;
    }

    Result<void> scan_index(Partitions partitions, Visit const& visit) override {
        bool wanted = true;
        for (unsigned partition = partitions.first; partition <= partitions.last && wanted;
             ++partition) {
            auto const prefix =
                layout::prefix(static_cast<Partition>(partition), layout::Kind::index);
            auto scanned = database_->scan(prefix, [&](auto key, auto value) {
                wanted = visit(key.substr(prefix.size()), value);
                return wanted;
            });
            if (!scanned) return scanned;
        }
        return {};
    }

    Result<void> replace_index(std::span<IndexRecord const> records) override {
        rocksdb::WriteBatch batch;
        for (auto const& record : records) batch.Put(layout::index_key(record.id), record.entry);
        auto const status = database_->db().Write({}, &batch);
        if (!status.ok()) return failure_of(status, Fault::unknown);
        return {};
    }

    Result<std::optional<Document>> document(std::string_view kind, std::string_view id) override {
        auto const value = database_->get(layout::document_key(kind, id));
        if (!value) return value.error();
        if (!*value) return std::optional<Document>();
        auto const record = layout::read_document(**value);
        if (!record) return corrupt("document '" + std::string(id) + "' is no record");
        if (!record->present) return std::optional<Document>();
        return std::optional(Document{std::string(id), record->version, std::string(record->body)});
    }

    Result<std::vector<Document>> documents(std::string_view kind) override {
        std::vector<Document> found;
        bool sound = true;
        for (unsigned partition = 0; partition < partition_count; ++partition) {
            auto const prefix =
                layout::prefix(static_cast<Partition>(partition), layout::Kind::document, kind);
            auto const scanned = database_->scan(prefix, [&](auto key, auto value) {
                auto const record = layout::read_document(value);
                sound = record.has_value();
                if (sound && record->present)
                    found.push_back({std::string(key.substr(prefix.size())), record->version,
                                     std::string(record->body)});
                return sound;
            });
            if (!scanned) return scanned.error();
            if (!sound) return corrupt("a document is no record");
        }
        std::sort(found.begin(), found.end(),
                  [](auto const& a, auto const& b) { return a.id < b.id; });
        return found;
    }

    Result<std::optional<std::string>> reply(ReplyKey const& key) override {
        auto const value = database_->get(layout::reply_key(key));
        if (!value) return value.error();
        if (!*value) return std::optional<std::string>();
        auto const read = layout::read_reply(**value);
        if (!read) return corrupt("a reply is no record");
        return std::optional(std::string(read->second));
    }

    Result<std::optional<std::string>> sealed(std::string_view id, std::uint64_t key,
                                              std::string_view field) override {
        return database_->get(layout::sealed_key(id, key, field));
    }

    Result<std::uint64_t> last_key() override { return last_key_of(*database_); }

    Keyring& keyring() override { return *keyring_; }

    StoreStatus status() override { return commits_.status(); }

    Result<ChainHead> chain_head() override {
        auto const chain = read_chain(*database_);
        if (!chain) return chain.error();
        return ChainHead{chain->last_seq, layout::hash_of(chain->last_seq, chain->heads)};
    }

    Result<std::uint32_t> backup(std::string const& directory, Progress const& progress) override {
        auto written = write_backup(*database_, directory, progress);
        if (!written) return written;
        // After the records: what they are sealed under is there, and what is erased is not.
        if (auto copied = keyring_->copy_to(directory); !copied) return copied.error();
        return written;
    }

    void close() override {
        commits_.stop();
        database_->put_log_away();
    }

private:
    static Result<InstanceRecord> record_of(std::string_view id, std::string_view value) {
        auto const record = layout::read_instance(value);
        if (!record) return corrupt("instance '" + std::string(id) + "' is no record");
        return InstanceRecord{record->version, std::string(record->body)};
    }

    /// Returns the events of the instance with that id, or else of the documents.
    Result<layout::Seqs> seqs_of(std::string_view id) {
        auto const value = database_->get(layout::instance_key(id));
        if (!value) return value.error();
        if (*value) {
            auto record = layout::read_instance(**value);
            if (!record) return corrupt("instance '" + std::string(id) + "' is no record");
            return std::move(record->seqs);
        }
        layout::Seqs seqs;
        auto const prefix = layout::prefix(partition_of(id), layout::Kind::document);
        auto const scanned = database_->scan(prefix, [&](auto key, auto bytes) {
            auto const name = key.substr(prefix.size());
            if (name.substr(name.find('\0') + 1) != id) return true;
            if (auto const record = layout::read_document(bytes))
                seqs.insert(seqs.end(), record->seqs.begin(), record->seqs.end());
            return true;
        });
        if (!scanned) return scanned.error();
        std::sort(seqs.begin(), seqs.end());
        return seqs;
    }

    std::unique_ptr<Database> database_;
    std::unique_ptr<Keyring> keyring_;
    CommitThread commits_;
};

} // namespace

Result<std::unique_ptr<ChainedStore>> open_rocksdb_store(RocksdbOptions options) {
    return open_rocksdb_store_on(std::move(options), nullptr);
}

Result<std::unique_ptr<ChainedStore>> open_rocksdb_store_on(RocksdbOptions options,
                                                            rocksdb::Env* env) {
    auto database = Database::open(options, env);
    if (!database) return database.error();
    auto const chain = read_chain(**database);
    if (!chain) return chain.error();
    auto keyring = keyring_of(**database, options);
    if (!keyring) return keyring.error();
    return std::unique_ptr<ChainedStore>(
        std::make_unique<RocksdbStore>(std::move(*database), std::move(*keyring), options, *chain));
}

} // namespace banjie::storage
