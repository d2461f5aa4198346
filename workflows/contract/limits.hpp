#pragma once
// Every bound of this room.

#include <cstddef>
#include <cstdint>

namespace banjie::workflows::limits {

inline constexpr std::int64_t text_characters = 200;
inline constexpr std::int64_t long_text_characters = 5'000;
inline constexpr std::int64_t personal_characters = 100;
inline constexpr std::int64_t code_characters = 64;
inline constexpr std::int64_t integer_maximum = 1'000'000;
inline constexpr std::size_t list_entries = 200;
inline constexpr std::size_t field_errors = 20; // listed in one refusal
inline constexpr std::size_t co_handlers = 20;
inline constexpr std::size_t merged = 100;
inline constexpr std::size_t consulted_problems = 50; // of one consultation
inline constexpr std::size_t working_days = 1'000;
inline constexpr int years_from_now = 30; // of any time in a form

} // namespace banjie::workflows::limits
