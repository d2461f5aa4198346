// Offline verification of a whole store.

#include "storage/rocksdb/database.hpp"

#include <rocksdb/db.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace banjie::storage {

namespace {

/// Number of a subject's events, and a digest of their sequence numbers.
struct Past {
    std::uint64_t count = 0;
    std::uint64_t digest = 0;
    void add(std::uint64_t seq) {
        ++count;
        digest = digest * 0x100000001b3ULL + seq;
    }
    friend bool operator==(Past, Past) = default;
};

Past past_of(layout::Seqs const& seqs) {
    Past past;
    for (auto const seq : seqs) past.add(seq);
    return past;
}

class Verification {
public:
    Verification(Database& database, Progress const& progress,
                 std::span<std::uint64_t const> heads_at)
        : database_(database), progress_(progress), heads_at_(heads_at) {}

    Result<VerifyReport> run() {
        auto const last_seq = database_.last_seq();
        if (!last_seq) return last_seq.error();
        report_.last_seq = *last_seq;
        if (auto read = read_heads(); !read) return read.error();
        if (auto read = read_events(); !read) return read.error();
        for (unsigned partition = 0; partition < partition_count; ++partition) {
            auto const byte = static_cast<Partition>(partition);
            auto read =
                database_.scan(std::string(1, static_cast<char>(byte)), [&](auto key, auto value) {
                    look_at(key, value);
                    return true;
                });
            if (!read) find("partition " + std::to_string(partition) + ": " + read.error().detail);
            compare_index();
        }
        for (auto const& [subject, past] : pasts_)
            if (past.count > 0 && !accounted_.contains(subject))
                find("events of '" + subject + "' belong to no instance or document");
        return std::move(report_);
    }

private:
    void find(std::string what) {
        constexpr std::size_t most = 100;
        if (report_.findings.size() < most) report_.findings.push_back(std::move(what));
    }

    Result<void> read_heads() {
        auto const value = database_.get(layout::heads_key());
        if (!value) return value.error();
        if (!*value) return {};
        written_heads_ = layout::read_heads(**value);
        if (!written_heads_) find("the chain's heads are no record");
        return {};
    }

    Result<void> read_events() {
        layout::Heads heads{};
        std::uint64_t seq = 0;
        auto const read = database_.scan_events(1, [&](auto key, auto value) {
            auto const place = layout::read_event_key(key);
            auto const event = layout::read_event(value);
            if (!place || !event) {
                find("an event after " + std::to_string(seq) + " is no record");
                return true;
            }
            if (place->first != seq + 1)
                find("events " + std::to_string(seq + 1) + " to " +
                     std::to_string(place->first - 1) + " are missing");
            seq = place->first;
            auto& head = heads[place->second];
            if (layout::chain(head, seq, place->second, event->subject, event->body) != event->hash)
                find("event " + std::to_string(seq) + " does not fit the chain of its partition");
            if (place->second != partition_of(event->subject))
                find("event " + std::to_string(seq) + " lies in a foreign partition");
            head = event->hash;
            if (written_heads_ && written_heads_->first == seq && written_heads_->second != heads)
                find("the chain differs from the heads written down after event " +
                     std::to_string(seq));
            report_head(seq, heads);
            pasts_[std::string(event->subject)].add(seq);
            ++report_.events;
            if (seq % 10'000 == 0) progress_(seq, report_.last_seq);
            return true;
        });
        if (!read) find("events: " + read.error().detail);
        progress_(report_.last_seq, report_.last_seq);
        return {};
    }

    void report_head(std::uint64_t seq, layout::Heads const& heads) {
        while (!heads_at_.empty() && heads_at_.front() < seq) heads_at_ = heads_at_.subspan(1);
        if (heads_at_.empty() || heads_at_.front() != seq) return;
        report_.heads.push_back({seq, layout::hash_of(seq, heads)});
    }

    void look_at(std::string_view key, std::string_view value) {
        if (key.size() < 2) return find("a key of " + std::to_string(key.size()) + " bytes");
        auto const name = key.substr(2);
        switch (static_cast<layout::Kind>(key[1])) {
        case layout::Kind::instance:
            return look_at_instance(std::string(name), value);
        case layout::Kind::index:
            ++report_.index_entries;
            indexed_.emplace(name);
            return;
        case layout::Kind::document:
            return look_at_document(name, value);
        case layout::Kind::reply:
            ++report_.replies;
            if (!layout::read_reply(value)) find("a reply is no record");
            return;
        case layout::Kind::meta:
            return;
        case layout::Kind::sealed:
            ++report_.sealed;
            if (!layout::read_key_number(key) || value.empty()) find("a sealed value is no record");
            return;
        case layout::Kind::erased:
            if (!layout::read_key_number(key)) find("an erasure is no record");
            return;
        }
        find("a record of the unknown kind '" + std::string(1, key[1]) + "'");
    }

    void look_at_instance(std::string id, std::string_view value) {
        ++report_.instances;
        auto const record = layout::read_instance(value);
        if (!record) return find("instance '" + id + "' is no record");
        if (record->version != record->seqs.size())
            find("instance '" + id + "' is at version " + std::to_string(record->version) +
                 ", but names " + std::to_string(record->seqs.size()) + " events");
        if (pasts_[id] != past_of(record->seqs))
            find("instance '" + id + "' does not name the events that are its own");
        accounted_.insert(id);
        instances_.insert(std::move(id));
    }

    void look_at_document(std::string_view name, std::string_view value) {
        ++report_.documents;
        auto const record = layout::read_document(value);
        if (!record) return find("document '" + std::string(name) + "' is no record");
        accounted_.emplace(name.substr(name.find('\0') + 1));
    }

    /// Reports, after each partition, instances without an entry and entries without an instance.
    void compare_index() {
        for (auto const& id : instances_)
            if (!indexed_.contains(id)) find("instance '" + id + "' has no index entry");
        for (auto const& id : indexed_)
            if (!instances_.contains(id)) find("the index entry of '" + id + "' has no instance");
        instances_.clear();
        indexed_.clear();
    }

    Database& database_;
    Progress const& progress_;
    std::span<std::uint64_t const> heads_at_; // those to come
    VerifyReport report_;
    std::optional<std::pair<std::uint64_t, layout::Heads>> written_heads_;
    std::unordered_map<std::string, Past> pasts_;
    std::unordered_set<std::string> accounted_, instances_, indexed_;
};

} // namespace

Result<VerifyReport> verify_store(std::string const& directory, Progress const& progress,
                                  std::span<std::uint64_t const> heads_at) {
    auto const database = Database::open_for_reading(directory);
    if (!database) return database.error();
    return Verification(**database, progress, heads_at).run();
}

} // namespace banjie::storage
