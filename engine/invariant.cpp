#include "engine/invariant.hpp"

#include <cstdlib>
#include <iostream>

namespace banjie::engine {

void broken(std::string_view what) {
    std::cerr << "Broken invariant: " << what << "\n";
    std::abort();
}

} // namespace banjie::engine
