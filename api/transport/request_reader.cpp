#include "api/transport/request_reader.hpp"

#include "api/limits.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/refusal_document.hpp"
#include "api/request/rooms.hpp"
#include "engine/documents/attachment_files.hpp"
#include "engine/refusal_of.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/url/params_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace banjie::api {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace urls = boost::urls;
using beast::error_code;
using View = beast::string_view;

namespace {

Response refused(RefusalCode code, std::string detail) {
    return refusal_response({code, std::move(detail)});
}

Response malformed(std::string detail) {
    return refused("malformed_http"_code, std::move(detail));
}

/// Returns whether Accept-Encoding names gzip, and not with the weight 0 (RFC 9110, 12.5.3).
bool takes_gzip(View codings) {
    for (auto const& [coding, parameters] : http::ext_list{codings}) {
        if (!beast::iequals(coding, "gzip")) continue;
        return std::ranges::none_of(parameters, [](auto const& parameter) {
            auto const& [name, value] = parameter;
            return beast::iequals(name, "q") && value.find_first_not_of("0.") == View::npos;
        });
    }
    return false;
}

/// Reads path and query of a request target. Returns false if it is not valid.
bool read_target(View target, Request& request) {
    bool const absolute = !target.empty() && target.front() != '/';
    auto const url = absolute ? urls::parse_absolute_uri(target) : urls::parse_origin_form(target);
    if (!url) return false;
    if (absolute && url->scheme() != "http" && url->scheme() != "https") return false;
    // An encoded slash or a zero would change its meaning by being decoded.
    auto const path = url->encoded_path();
    for (auto at = path.find('%'); at != View::npos; at = path.find('%', at + 1)) {
        auto const code = path.substr(at + 1, 2);
        if (beast::iequals(code, "2f") || code == "00") return false;
    }
    request.path = url->path();
    if (request.path.empty()) request.path = "/";
    if (!url->has_query()) return true;
    urls::encoding_opts form;
    form.space_as_plus = true;
    for (auto const& parameter : url->params(form))
        request.query.emplace_back(std::string(parameter.key), std::string(parameter.value));
    return true;
}

/// A line of the head that begins with white space (the parser would join it to the one before).
/// Bytes that go on `after_a_line` and begin with an empty one are the end of the head.
bool has_folded_line(std::string_view bytes, bool after_a_line) {
    if (after_a_line && bytes.starts_with("\r\n")) return false;
    for (auto at = bytes.find("\r\n"); at != std::string_view::npos && at + 2 < bytes.size();
         at = bytes.find("\r\n", at + 2)) {
        char const next = bytes[at + 2];
        if (next == '\r') return false; // the end of the head
        if (next == ' ' || next == '\t') return true;
    }
    return false;
}

} // namespace

class RequestReader::Parser final : public http::basic_parser<true> {
public:
    explicit Parser(AdmitBody const& admit_body) : admit_body_(admit_body) {
        eager(true);
        header_limit(limits::head_bytes);
        body_limit(boost::none); // it would look before `on_header_impl` can say how much
    }

    Request request;
    RequestFrame frame;
    std::optional<Response> refusal;
    bool has_target = false;

    [[nodiscard]] Response refusal_for(error_code error) const {
        if (error == http::error::header_limit && !has_target) return target_too_long();
        if (error == http::error::header_limit || error == http::error::buffer_overflow)
            return head_too_large();
        return malformed("The request is not valid HTTP/1.1: " + error.message() + ".");
    }

private:
    static Response target_too_long() {
        return refused("target_too_long"_code, "The URL is longer than " +
                                                   std::to_string(limits::target_bytes) +
                                                   " bytes.");
    }
    static Response head_too_large() {
        return refused("head_too_large"_code, "The header fields are longer than " +
                                                  std::to_string(limits::head_bytes) +
                                                  " bytes together.");
    }

    void refuse(Response why, error_code& error) {
        refusal = std::move(why);
        error = http::error::bad_value;
    }

    void on_request_impl(http::verb method, View, View target, int version,
                         error_code& error) override {
        has_target = true;
        head_bytes_ = target.size();
        frame.old_version = version < 11;
        frame.head_only = method == http::verb::head;
        request.method = method_of(method);
        if (target.size() > limits::target_bytes) return refuse(target_too_long(), error);
        if (!read_target(target, request))
            refuse(malformed("The URL is not one such as /api/v1/problems?state=handling."), error);
    }

    static Method method_of(http::verb method) {
        switch (method) {
        case http::verb::get:
        case http::verb::head:
            return Method::get;
        case http::verb::post:
            return Method::post;
        case http::verb::put:
            return Method::put;
        case http::verb::patch:
            return Method::patch;
        case http::verb::delete_:
            return Method::delete_;
        default:
            return Method::other;
        }
    }

    void on_field_impl(http::field field, View name, View value, error_code& error) override {
        // The parser bounds what it holds at once; a head that trickles in is bounded here.
        head_bytes_ += name.size() + value.size() + 4;
        if (head_bytes_ > limits::head_bytes) return refuse(head_too_large(), error);
        if (is_header_done()) return; // a trailer: whoever checked the head has not seen it
        switch (field) {
        case http::field::content_length:
            return once(length_, value, name, error);
        case http::field::transfer_encoding:
            return once(encoding_, value, name, error);
        case http::field::host:
            return once(host_, value, name, error);
        case http::field::expect:
            return once(expect_, value, name, error);
        case http::field::authorization:
            return once(request.authorization, value, name, error);
        case http::field::cookie:
            return once(request.cookie, value, name, error);
        case http::field::content_type:
            return once(request.content_type, value, name, error);
        case http::field::if_match:
            return once(request.if_match, value, name, error);
        case http::field::user_agent:
            request.user_agent = std::string(value);
            return;
        case http::field::accept_encoding:
            request.takes_gzip = request.takes_gzip || takes_gzip(value);
            return;
        case http::field::origin:
            return once(request.origin, value, name, error);
        case http::field::sec_websocket_key:
            return once(frame.websocket_key, value, name, error);
        case http::field::sec_websocket_version:
            return once(frame.websocket_version, value, name, error);
        case http::field::upgrade:
            frame.websocket = http::token_list{value}.exists("websocket");
            return;
        case http::field::unknown:
            if (beast::iequals(name, "Idempotency-Key"))
                return once(request.idempotency_key, value, name, error);
            if (beast::iequals(name, "X-CSRF-Token"))
                return once(request.csrf_token, value, name, error);
            if (beast::iequals(name, "X-HTTP-Method-Override"))
                return once(request.method_override, value, name, error);
            return read_forwarding(name, value);
        case http::field::forwarded:
        case http::field::via:
            frame.forwarded = true;
            return;
        default:
            return;
        }
    }

    /// Several fields of a name are one list (RFC 9110, 5.3): some proxies add one of their own.
    void read_forwarding(View name, View value) {
        if (!name.starts_with("X-") && !name.starts_with("x-")) return;
        auto const add = [&](std::string& list) {
            if (!list.empty()) list += ',';
            list.append(value.data(), value.size());
            frame.forwarded = true;
        };
        if (beast::iequals(name, "X-Forwarded-For")) return add(frame.forwarded_for);
        if (beast::iequals(name, "X-Forwarded-Proto")) return add(frame.forwarded_proto);
        if (beast::iequals(name, "X-Forwarded-Host")) return add(frame.forwarded_host);
        if (beast::iequals(name, "X-Real-IP")) frame.forwarded = true;
    }

    template <class Text>
    void once(Text& place, View value, View name, error_code& error) {
        bool there;
        if constexpr (std::is_same_v<Text, std::string>)
            there = !place.empty();
        else
            there = place.has_value();
        place = std::string(value.data(), value.size());
        if (there)
            refuse(malformed("The header field '" + std::string(name.data(), name.size()) +
                             "' occurs twice."),
                   error);
    }

    void on_header_impl(error_code& error) override {
        if (!frame.old_version && !host_)
            return refuse(malformed("The request names no Host."), error);
        request.host = host_.value_or("");
        if (encoding_ && (length_ || frame.old_version || !beast::iequals(*encoding_, "chunked")))
            return refuse(
                refusal_response({"bad_transfer_encoding"_code,
                                  "The body has neither a Content-Length alone nor chunks alone."},
                                 length_ || frame.old_version ? 400 : 501),
                error);
        if (length_ && !std::all_of(length_->begin(), length_->end(),
                                    [](char c) { return c >= '0' && c <= '9'; }))
            return refuse(malformed("Content-Length is not one number."), error);
        frame.expects_continue = expect_ && beast::iequals(*expect_, "100-continue");
        if (expect_ && !frame.expects_continue)
            return refuse(refused("unknown_expectation"_code, "Expect is not 100-continue."),
                          error);
        frame.keep_alive = keep_alive();
        frame.websocket = frame.websocket && upgrade();
        if (!length_) return;
        auto const* const end = length_->data() + length_->size();
        if (std::from_chars(length_->data(), end, frame.body_bytes).ec != std::errc{})
            frame.body_bytes = std::numeric_limits<std::uint64_t>::max();
        admit(frame.body_bytes, error);
    }

    void admit(std::uint64_t bytes, error_code& error) {
        if (bytes <= allowed_bytes_) return;
        if (!admit_body_) return refuse(body_too_large(limits::body_bytes), error);
        if (auto why = admit_body_(request, bytes)) return refuse(std::move(*why), error);
        allowed_bytes_ = bytes;
        if (!request.file || request.body.empty()) return;
        write(std::exchange(request.body, {}), error);
    }

    std::size_t take(View bytes, error_code& error) {
        auto const after = frame.received_bytes + bytes.size();
        if (after > limits::body_bytes && after > allowed_bytes_)
            refuse(body_too_large(limits::body_bytes), error);
        else if (after > allowed_bytes_)
            admit(limits::body_bytes, error); // of unknown length
        frame.received_bytes = after;
        if (!error) keep(bytes, error);
        return bytes.size();
    }

    void keep(View bytes, error_code& error) {
        if (request.file) return write(bytes, error);
        auto const after = request.body.size() + bytes.size();
        if (after > request.body.capacity()) grow(after, error);
        if (!error) request.body.append(bytes.data(), bytes.size());
    }

    void write(std::string_view bytes, error_code& error) {
        auto const written = request.file->append(bytes);
        if (!written)
            refuse(refusal_response(engine::refusal_of(written.error(), "take the file")), error);
    }

    /// Sets memory aside for so many bytes and for some of those that may follow: it grows as they
    /// come, as what is only announced may never come.
    void grow(std::size_t needed, error_code& error) {
        auto const whole = length_ ? frame.body_bytes : allowed_bytes_;
        auto bytes = std::max<std::uint64_t>({needed, ordinary_bytes, 4 * request.body.capacity()});
        if (2 * bytes > whole) bytes = whole; // a string at least doubles when it grows
        if (request.room && !request.room->hold(bytes)) return refuse(no_room_for_body(), error);
        request.body.reserve(bytes);
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(View bytes, error_code& error) override { return take(bytes, error); }
    void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, error_code& error) override {
        return take(bytes, error);
    }
    void on_finish_impl(error_code&) override {}
    void on_response_impl(int, View, int, error_code&) override {}

    static constexpr std::uint64_t ordinary_bytes = 16'384;

    AdmitBody admit_body_;
    std::uint64_t allowed_bytes_ = admit_body_ ? limits::anonymous_body_bytes : limits::body_bytes;
    std::optional<std::string> length_, encoding_, host_, expect_;
    std::size_t head_bytes_ = 0;
};

RequestReader::RequestReader(AdmitBody const& admit_body)
    : parser_(std::make_unique<Parser>(admit_body)) {}
RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::read(std::string_view bytes, std::size_t& taken) {
    taken = 0;
    if (!parser_->is_header_done() && has_folded_line(bytes, parser_->has_target)) {
        parser_->refusal = malformed("A header field is folded over two lines.");
        return Progress::refused;
    }
    error_code error;
    taken = parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error && error != http::error::need_more) {
        if (!parser_->refusal) parser_->refusal = parser_->refusal_for(error);
        return Progress::refused;
    }
    if (parser_->is_done()) return Progress::done;
    return parser_->is_header_done() ? Progress::body : Progress::head;
}

Request& RequestReader::request() {
    return parser_->request;
}

RequestFrame const& RequestReader::frame() const {
    return parser_->frame;
}

Response const& RequestReader::refusal() const {
    return *parser_->refusal;
}

} // namespace banjie::api
