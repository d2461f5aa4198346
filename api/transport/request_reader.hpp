#pragma once
// Reads one HTTP/1.1 request from the bytes of a connection, strictly: what two programs could
// read in two ways is refused.

#include "api/request/http.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace banjie::api {

class RequestReader {
public:
    /// Without `admit_body` no body may have more than limits::body_bytes, and none has a room.
    explicit RequestReader(AdmitBody const& admit_body = {});
    ~RequestReader();

    enum class Progress {
        head,    // more bytes are needed, of the head
        body,    // the head is there and sound; more bytes are needed
        done,    // `request` is whole
        refused, // `refusal` says why; the connection cannot go on
    };
    /// Takes from `bytes` and says in `taken` how much. Bytes that were not taken must be given
    /// again, with more behind them.
    [[nodiscard]] Progress read(std::string_view bytes, std::size_t& taken);

    [[nodiscard]] Request& request();
    [[nodiscard]] RequestFrame const& frame() const;
    /// 400 malformed, 413 body, 414 target, 417 expectation, 431 head, 501 transfer encoding, 503
    /// no room; and what `admit_body` says.
    [[nodiscard]] Response const& refusal() const;

private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

} // namespace banjie::api
