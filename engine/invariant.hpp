#pragma once
// What must never be: said on the standard error stream, then the process ends, in release too.

#include <string_view>

namespace banjie::engine {

[[noreturn]] void broken(std::string_view what);

} // namespace banjie::engine
