#include "api/transport/packing.hpp"

#include "api/limits.hpp"

#include <new>
#include <stdexcept>
#include <string>
#include <zlib.h>

namespace banjie::api {

namespace {

constexpr int gzip_of_full_window = 15 + 16; // as zlib's manual says it: not zlib's own format
constexpr int memory_level = 8;              // zlib's default, which deflateInit2 asks for

std::string gzip(std::string const& text) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_of_full_window, memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); // only read
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    int const end = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (end != Z_STREAM_END) throw std::logic_error("zlib's own bound was too small for a body");
    return packed;
}

} // namespace

void pack(Response& response) {
    bool const worth_it = response.body.size() >= limits::packed_from_bytes &&
                          response.content_type.starts_with("application/json");
    if (!worth_it) return;
    response.body = gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.headers.emplace_back("Vary", "Accept-Encoding");
}

} // namespace banjie::api
