#pragma once
// Every bound of this room.

#include <cstddef>
#include <cstdint>

namespace banjie::api::limits {

inline constexpr std::size_t json_depth = 32;
inline constexpr std::size_t json_values = 200'000; // of one body
inline constexpr std::size_t bulk_ids = 200;        // of one bulk command
inline constexpr std::size_t listed_users = 200;
inline constexpr std::size_t listed_organisations = 500;
inline constexpr std::int64_t working_days_ahead = 1'000; // of one question to the calendar

} // namespace banjie::api::limits
