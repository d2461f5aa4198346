#include "storage/rocksdb/layout.hpp"

#include <sodium.h>

#include <algorithm>

namespace banjie::storage::layout {

namespace {

void put_number(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<char>((value & 0x7fU) | 0x80U));
    out.push_back(static_cast<char>(value));
}

void put_eight(std::string& out, std::uint64_t value) {
    for (unsigned shift = 64; shift > 0;) {
        shift -= 8;
        out.push_back(static_cast<char>((value >> shift) & 0xffU));
    }
}

void put_seqs(std::string& out, Seqs const& seqs) {
    put_number(out, seqs.size());
    std::uint64_t before = 0;
    for (auto const seq : seqs) {
        put_number(out, seq - before);
        before = seq;
    }
}

void put_hash(std::string& out, Hash const& hash) {
    out.append(reinterpret_cast<char const*>(hash.data()), hash.size());
}

/// Reader of values. After the first error every read returns an empty value.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    std::string_view take(std::size_t size) {
        if (size > bytes_.size()) sound_ = false;
        if (!sound_) return {};
        auto const taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }
    std::uint64_t eight() {
        std::uint64_t value = 0;
        for (char const byte : take(8)) value = value << 8U | static_cast<unsigned char>(byte);
        return value;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            auto const byte = take(1);
            if (byte.empty()) break;
            auto const bits = static_cast<unsigned char>(byte[0]);
            value |= std::uint64_t{bits & 0x7fU} << shift;
            if (bits < 0x80) return value;
        }
        sound_ = false;
        return 0;
    }
    Seqs seqs() {
        auto const count = number();
        Seqs found;
        if (count > bytes_.size()) sound_ = false;
        std::uint64_t before = 0;
        for (std::uint64_t i = 0; i < count && sound_; ++i) found.push_back(before += number());
        return found;
    }
    Hash hash() {
        Hash found{};
        auto const taken = take(found.size());
        std::copy(taken.begin(), taken.end(), found.begin());
        return found;
    }
    std::string_view rest() { return take(bytes_.size()); }
    [[nodiscard]] bool sound() const { return sound_; }

private:
    std::string_view bytes_;
    bool sound_ = true;
};

std::string key_of(Partition partition, Kind kind, std::string_view name) {
    std::string key;
    key.reserve(2 + name.size());
    key += static_cast<char>(partition);
    key += static_cast<char>(kind);
    key += name;
    return key;
}

} // namespace

std::string instance_key(std::string_view id) {
    return key_of(partition_of(id), Kind::instance, id);
}

std::string index_key(std::string_view id) {
    return key_of(partition_of(id), Kind::index, id);
}

std::string document_key(std::string_view kind, std::string_view id) {
    return prefix(partition_of(id), Kind::document, kind) + std::string(id);
}

std::string reply_key(ReplyKey const& key) {
    return key_of(key[0], Kind::reply, {reinterpret_cast<char const*>(key.data()), key.size()});
}

std::string heads_key() {
    return key_of(0, Kind::meta, "heads");
}

std::string sealed_key(std::string_view id, std::uint64_t key, std::string_view field) {
    auto name = key_of(partition_of(id), Kind::sealed, {});
    put_eight(name, key);
    return name.append(field);
}

std::string erased_key(std::string_view id, std::uint64_t key) {
    auto name = key_of(partition_of(id), Kind::erased, {});
    put_eight(name, key);
    return name;
}

std::optional<std::uint64_t> read_key_number(std::string_view key) {
    constexpr std::size_t begins = 2, bytes = 8;
    if (key.size() < begins + bytes) return std::nullopt;
    return Reader(key.substr(begins, bytes)).eight();
}

std::string event_key(std::uint64_t seq, Partition partition) {
    std::string key;
    put_eight(key, seq);
    key += static_cast<char>(partition);
    return key;
}

std::string prefix(Partition partition, Kind kind, std::string_view document_kind) {
    auto key = key_of(partition, kind, document_kind);
    if (!document_kind.empty()) key += '\0';
    return key;
}

std::string instance_value(std::uint64_t version, Seqs const& seqs, std::string_view body) {
    std::string value;
    value.reserve(16 + 3 * seqs.size() + body.size());
    put_eight(value, version);
    put_seqs(value, seqs);
    value += body;
    return value;
}

std::string document_value(Record const& record) {
    std::string value;
    put_eight(value, record.version);
    value += record.present ? '\1' : '\0';
    put_seqs(value, record.seqs);
    value += record.body;
    return value;
}

std::optional<Record> read_instance(std::string_view value) {
    Reader reader(value);
    Record record;
    record.version = reader.eight();
    record.seqs = reader.seqs();
    record.body = reader.rest();
    return reader.sound() ? std::optional(std::move(record)) : std::nullopt;
}

std::optional<Record> read_document(std::string_view value) {
    Reader reader(value);
    Record record;
    record.version = reader.eight();
    auto const present = reader.take(1);
    record.present = present == "\1";
    record.seqs = reader.seqs();
    record.body = reader.rest();
    return reader.sound() ? std::optional(std::move(record)) : std::nullopt;
}

std::string reply_value(ReplyWrite const& reply) {
    std::string value;
    put_eight(value, static_cast<std::uint64_t>(reply.expires_at_ms));
    value += reply.body;
    return value;
}

std::optional<std::pair<std::int64_t, std::string_view>> read_reply(std::string_view value) {
    Reader reader(value);
    auto const expires_at_ms = static_cast<std::int64_t>(reader.eight());
    auto const body = reader.rest();
    return reader.sound() ? std::optional(std::pair(expires_at_ms, body)) : std::nullopt;
}

std::string event_value(EventRecord const& event) {
    std::string value;
    value.reserve(40 + event.subject.size() + event.body.size());
    put_hash(value, event.hash);
    put_number(value, event.subject.size());
    value += event.subject;
    value += event.body;
    return value;
}

std::optional<EventRecord> read_event(std::string_view value) {
    Reader reader(value);
    EventRecord event;
    event.hash = reader.hash();
    event.subject = reader.take(reader.number());
    event.body = reader.rest();
    return reader.sound() ? std::optional(event) : std::nullopt;
}

std::optional<std::pair<std::uint64_t, Partition>> read_event_key(std::string_view key) {
    if (key.size() != 9) return std::nullopt;
    Reader reader(key);
    auto const seq = reader.eight();
    return std::pair(seq, static_cast<Partition>(key[8]));
}

Hash chain(Hash const& before, std::uint64_t seq, Partition partition, std::string_view subject,
           std::string_view body) {
    constexpr std::size_t number_bytes = 24; // room for seq, partition and subject-size
    std::string head;
    head.reserve(before.size() + number_bytes + subject.size());
    put_hash(head, before);
    put_eight(head, seq);
    head += static_cast<char>(partition);
    put_number(head, subject.size());
    head += subject;
    auto const bytes = [](std::string_view text) {
        return reinterpret_cast<unsigned char const*>(text.data());
    };
    crypto_generichash_state state;
    Hash hash{};
    crypto_generichash_init(&state, nullptr, 0, hash.size());
    crypto_generichash_update(&state, bytes(head), head.size());
    crypto_generichash_update(&state, bytes(body), body.size());
    crypto_generichash_final(&state, hash.data(), hash.size());
    return hash;
}

std::string heads_value(std::uint64_t seq, Heads const& heads) {
    std::string value;
    put_eight(value, seq);
    for (Hash const& hash : heads) put_hash(value, hash);
    return value;
}

std::optional<std::pair<std::uint64_t, Heads>> read_heads(std::string_view value) {
    Reader reader(value);
    std::pair<std::uint64_t, Heads> found;
    found.first = reader.eight();
    for (Hash& hash : found.second) hash = reader.hash();
    return reader.sound() ? std::optional(found) : std::nullopt;
}

Hash hash_of(std::uint64_t seq, Heads const& heads) {
    auto const value = heads_value(seq, heads);
    Hash hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<unsigned char const*>(value.data()), value.size(), nullptr,
                       0);
    return hash;
}

} // namespace banjie::storage::layout
