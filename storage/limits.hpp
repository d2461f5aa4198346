#pragma once
// Every bound of this room.

#include <cstddef>

namespace banjie::storage::limits {

inline constexpr std::size_t ids_per_read = 1'000;
inline constexpr std::size_t group_bytes = 512 * 1024; // of one synced write
inline constexpr std::size_t group_batches = 1'024;
inline constexpr std::size_t queued_batches = 16'384; // more are refused with too_many
inline constexpr std::size_t queued_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t record_bytes = 1024 * 1024; // of one body
inline constexpr std::size_t strays = 1'000;             // listed by one call

} // namespace banjie::storage::limits
