#pragma once
// A store whose events are chained by hashes.

#include "storage/store.hpp"

namespace banjie::storage {

using Hash = std::array<std::uint8_t, 32>;

/// The hash chains of all partitions after one event, as one hash.
struct ChainHead {
    std::uint64_t seq = 0;
    Hash hash{};
};

class ChainedStore : public Store {
public:
    /// Returns the head after the newest durable event. Reads and checks the events since the heads
    /// were last written down, which takes some milliseconds. Thread-safe.
    [[nodiscard]] virtual Result<ChainHead> chain_head() = 0;
};

} // namespace banjie::storage
