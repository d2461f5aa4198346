// Any bytes as a file that is attached: refused, or kept as what its own content still says.

#include "api/files/photo_cleaning.hpp"
#include "tests/fuzz/expect.hpp"

using namespace banjie;
using fuzz::expect;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const bytes(reinterpret_cast<char const*>(data), size);
    auto const type = api::file_type_of(bytes);
    if (!type) return 0;
    auto const kept = api::cleaned(bytes, **type);
    if (!kept) return 0;
    auto const again = api::file_type_of(*kept);
    expect(again.has_value() && *again == *type, "a cleaned file is of the kind that it was");
    return 0;
}
