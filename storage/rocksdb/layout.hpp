#pragma once
// The bytes on disk. NEVER CHANGE a released layout: add a kind, or raise `format`.
//
// clang-format off
//   key         = partition kind name                 in the column family "default"
//   partition   = byte                                partition_of(id); of a reply, its first byte
//   kind, name  = 'I' id                              instance -> version seqs body
//               | 'X' id                              index    -> entry, as the engine wrote it
//               | 'D' document-kind 0x00 id           document -> version present seqs body
//               | 'R' byte*16                         reply    -> expires_at_ms body
//               | 'M' "heads"    (partition 0)        the chain's heads
//               | 'P' key-number field                sealed value -> as the engine wrote it
//               | 'E' key-number                      key to be erased from the keyring -> nothing
//   event key   = seq partition                       in the column family "events"
//   event value = hash subject-size subject body      subject: id of the instance or document
//
//   version, seq, expires_at_ms, key-number = 8 bytes, big-endian
//   present     = 0x00 | 0x01                         a removed document keeps version and seqs
//   seqs        = number (number)*                    how many; each as distance to the one before
//   number      = unsigned LEB128
//   subject-size = number
//   hash        = 32 bytes: BLAKE2b-256(hash of the partition's event before, seq, partition,
//                 subject-size, subject, body); before the first: 32 zero bytes
//   heads       = seq (hash)*256                      the chain after event seq; written now and
//                                                     then, so that opening reads a short tail
//   head        = BLAKE2b-256(heads)                  signed (engine/audit/signed_heads.hpp)
// clang-format on

#include "storage/chained_store.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::storage::layout {

inline constexpr int format = 1;

enum class Kind : char {
    instance = 'I',
    index = 'X',
    document = 'D',
    reply = 'R',
    meta = 'M',
    sealed = 'P',
    erased = 'E',
};

using storage::Hash;
using Heads = std::array<Hash, partition_count>;
using Seqs = std::vector<std::uint64_t>;

[[nodiscard]] std::string instance_key(std::string_view id);
[[nodiscard]] std::string index_key(std::string_view id);
[[nodiscard]] std::string document_key(std::string_view kind, std::string_view id);
[[nodiscard]] std::string reply_key(ReplyKey const& key);
[[nodiscard]] std::string heads_key();
[[nodiscard]] std::string sealed_key(std::string_view id, std::uint64_t key,
                                     std::string_view field);
[[nodiscard]] std::string erased_key(std::string_view id, std::uint64_t key);
/// Returns the number in a key of kind sealed or erased.
[[nodiscard]] std::optional<std::uint64_t> read_key_number(std::string_view key);
[[nodiscard]] std::string event_key(std::uint64_t seq, Partition partition);
/// Returns the beginning of every key of that kind in that partition. For documents it includes
/// `document_kind`.
[[nodiscard]] std::string prefix(Partition partition, Kind kind,
                                 std::string_view document_kind = {});

/// An instance or a document as stored.
struct Record {
    std::uint64_t version = 0;
    bool present = true; // documents only
    Seqs seqs;
    std::string_view body; // points into the value
};
[[nodiscard]] std::string instance_value(std::uint64_t version, Seqs const& seqs,
                                         std::string_view body);
[[nodiscard]] std::string document_value(Record const& record);
/// Returns nullopt if it is not such a value.
[[nodiscard]] std::optional<Record> read_instance(std::string_view value);
[[nodiscard]] std::optional<Record> read_document(std::string_view value);

[[nodiscard]] std::string reply_value(ReplyWrite const& reply);
[[nodiscard]] std::optional<std::pair<std::int64_t, std::string_view>>
read_reply(std::string_view value);

struct EventRecord {
    Hash hash{};
    std::string_view subject, body; // point into the value
};
[[nodiscard]] std::string event_value(EventRecord const& event);
[[nodiscard]] std::optional<EventRecord> read_event(std::string_view value);
[[nodiscard]] std::optional<std::pair<std::uint64_t, Partition>>
read_event_key(std::string_view key);

[[nodiscard]] Hash chain(Hash const& before, std::uint64_t seq, Partition partition,
                         std::string_view subject, std::string_view body);

[[nodiscard]] std::string heads_value(std::uint64_t seq, Heads const& heads);
[[nodiscard]] std::optional<std::pair<std::uint64_t, Heads>> read_heads(std::string_view value);
/// Returns the heads after event `seq` as one hash.
[[nodiscard]] Hash hash_of(std::uint64_t seq, Heads const& heads);

} // namespace banjie::storage::layout
