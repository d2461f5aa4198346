#pragma once
// The processor time of a thread.

#include <chrono>

namespace banjie::api {

/// Returns how long the calling thread has run. Waiting is not counted.
[[nodiscard]] std::chrono::microseconds time_of_this_thread();

} // namespace banjie::api
