#pragma once
// Broken invariants: writes a message to the standard error stream, then ends the process, in
// release builds too.

#include <string_view>

namespace banjie::engine {

[[noreturn]] void broken(std::string_view what);

} // namespace banjie::engine
