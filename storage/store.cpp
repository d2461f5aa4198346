#include "storage/store.hpp"

#include <stdexcept>

namespace banjie::storage {

Partition partition_of(std::string_view id) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (char const letter : id) {
        hash ^= static_cast<unsigned char>(letter);
        hash *= 0x100000001b3ULL;
    }
    for (unsigned bits = 32; bits >= 8; bits /= 2) hash ^= hash >> bits;
    return static_cast<Partition>(hash & 0xffU);
}

void throw_exception_from_error(Failure const& failure, boost::source_location const&) {
    throw std::runtime_error(failure.detail);
}

} // namespace banjie::storage
