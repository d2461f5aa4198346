#pragma once
// A fuzzer's finding: an invariant does not hold. Ends the process, so that the input is kept.

#include <cstdlib>
#include <iostream>

namespace banjie::fuzz {

inline void expect(bool holds, char const* what) {
    if (holds) return;
    std::cerr << "Violated: " << what << "\n";
    std::abort();
}

} // namespace banjie::fuzz
