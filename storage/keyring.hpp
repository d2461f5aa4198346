#pragma once
// The keys of personal values, kept apart from the records: one small file beside the database,
// which no copy of the records has. A backup folder has one copy of it, the newest. So a key that
// is erased is erased for every copy of the records.
//
// A key is not stored. It is a leaf of a binary tree in which each node's seed follows from its
// parent's and from no other: the keyring is the seeds of some nodes, at first of the root alone.
// To erase a leaf is to replace the node above it by the siblings along the path. Neighbours that
// are all erased leave nothing. What is erased cannot be derived again from what is left.
//
//   keyring = 0x01 count (depth number seed)* hash    NEVER CHANGE; a new layout, a new first byte
//   count, number = 4 bytes, big-endian; depth = byte, 0 the root … 32 a leaf; seed = 32 bytes
//   hash    = BLAKE2b-256 of all bytes before it
//   seed of the left or right child = BLAKE2b-256, keyed by the seed, of the byte 0 or 1

#include "storage/store.hpp"

#include <array>
#include <map>
#include <shared_mutex>

namespace banjie::storage {

using Key = std::array<std::uint8_t, 32>;

class Keyring {
public:
    static constexpr std::uint64_t most_keys = 1ULL << 32U;
    /// The number of the one key that belongs to no instance and is never erased.
    static constexpr std::uint64_t common_key = 0;

    /// Function that fills bytes at random.
    using Fill = std::function<void(std::span<std::uint8_t>)>;
    [[nodiscard]] static Fill system_random();

    /// Reads the file, or begins one where there is none. Where values are sealed already
    /// (`is_needed`), an absent file is refused; an empty one gives the values up.
    [[nodiscard]] static Result<std::unique_ptr<Keyring>> open(std::string path, bool is_needed,
                                                               Fill const& fill);
    [[nodiscard]] static std::unique_ptr<Keyring> in_memory(Fill const& fill);

    /// Returns whether the key has not been erased. Thread-safe, as all that follows.
    [[nodiscard]] bool has(std::uint64_t number) const;
    /// Returns the key, or nullopt if it has been erased.
    [[nodiscard]] std::optional<Key> key(std::uint64_t number) const;
    /// Erases keys, here and in the copies that can be reached. Durable when it returns.
    [[nodiscard]] Result<void> erase(std::span<std::uint64_t const> numbers);
    /// Writes the copy of a folder of backups, and from now on keeps it as new as it can.
    [[nodiscard]] Result<void> copy_to(std::string const& folder);
    /// Gives a restored store the keyring of the folder that it was restored from.
    [[nodiscard]] static Result<void> restore(std::string const& folder, std::string const& store);

    static constexpr std::string_view file_name = "keyring";

private:
    using Node = std::pair<std::uint8_t, std::uint32_t>; // depth, number among its depth
    using Nodes = std::map<Node, Key>;

    Keyring(std::string path, Nodes nodes) : path_(std::move(path)), nodes_(std::move(nodes)) {}
    [[nodiscard]] static Nodes fresh(Fill const& fill);
    [[nodiscard]] static std::string bytes_of(Nodes const& nodes);
    [[nodiscard]] static std::optional<Nodes> nodes_of(std::string_view bytes);
    [[nodiscard]] Nodes::const_iterator above(std::uint64_t number) const;
    void erase_one(std::uint64_t number);
    void renew_copies(std::string_view bytes) const;

    std::string const path_; // empty: in memory
    mutable std::shared_mutex mutex_;
    Nodes nodes_;
    std::vector<std::string> copies_; // paths of the copies in folders of backups
};

} // namespace banjie::storage
