#pragma once
// Heads of the hash chain that are signed and kept outside of the store: whoever rewrites or cuts
// off the end of a store cannot make them again without the key.
//
// The file, of which lines are only ever added to the end; the grammar is never changed:
//
//   line      = text " " signature "\n"
//   text      = kind " " seq " " hash " " time " " key " " previous
//   kind      = "banjie-head-1"            the head of the chain after event seq
//             | "banjie-restore-1"         a copy was restored, whose newest event was seq
//   hash      = 64 hexadecimal digits      storage::ChainHead
//   time      = RFC 3339
//   key       = 16 hexadecimal digits      PublicKey::id
//   previous  = 64 hexadecimal digits      SHA-256 of the line before, without "\n"; zeros before
//                                          the first
//   signature = 128 hexadecimal digits     Ed25519 over text
//
// A line that a crash cut off is passed over: the next one follows the one before it.

#include "engine/audit/signing_key.hpp"
#include "engine/outcome.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace banjie::engine {

class HeadFile {
public:
    /// Reads where the file ends. It need not exist.
    [[nodiscard]] static storage::Result<HeadFile> open(std::string path, SigningKey key);

    /// Appends the head unless it is the file's last one. Returns the line, without its end;
    /// nullopt if there is nothing to say. Durable when it returns.
    [[nodiscard]] storage::Result<std::optional<std::string>> append(storage::ChainHead const& head,
                                                                     Time now);
    /// Appends that a copy was restored, with the head of its newest event: heads of later events
    /// are of the store that it replaced.
    [[nodiscard]] storage::Result<void> append_restore(storage::ChainHead const& head, Time now);

    /// Returns the sequence number of the file's last head; 0 if there is none.
    [[nodiscard]] std::uint64_t last_seq() const { return last_.seq; }

private:
    HeadFile(std::string path, SigningKey key);
    [[nodiscard]] storage::Result<std::string> write(char const* kind,
                                                     storage::ChainHead const& head, Time now);

    std::string path_;
    SigningKey key_;
    std::string key_id_;
    storage::ChainHead last_;
    std::string previous_;
    bool is_cut_off_ = false; // the file does not end with a line's end
};

struct SignedHead {
    bool is_restore = false;
    storage::ChainHead head;
    Time at{};
    std::size_t line = 0; // from 1
};

struct SignedHeads {
    std::vector<SignedHead> heads;     // whose signature is right, in the order of the file
    std::vector<std::string> findings; // wrong signatures and lines that are gone, a sentence each
};
/// Reads the file and checks every signature against the keys.
[[nodiscard]] storage::Result<SignedHeads> read_signed_heads(std::string const& path,
                                                             std::span<PublicKey const> keys);
/// Returns the sequence numbers of the heads, each once, in order.
[[nodiscard]] std::vector<std::uint64_t> seqs_of(SignedHeads const& heads);

struct HeadComparison {
    std::uint64_t agreeing = 0;
    std::uint64_t replaced = 0; // heads of a store that a restore replaced
    std::vector<std::string> findings{};
};
/// Compares them with the heads that the store has now, after `last_seq` events.
[[nodiscard]] HeadComparison compare(SignedHeads const& heads,
                                     std::span<storage::ChainHead const> found,
                                     std::uint64_t last_seq);

} // namespace banjie::engine
