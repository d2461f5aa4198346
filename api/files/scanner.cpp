#include "api/files/scanner.hpp"

#include "api/limits.hpp"
#include "api/request/refusal_codes.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/endian/conversion.hpp>
#include <spdlog/spdlog.h>

#include <sys/socket.h>

namespace banjie::api {

using boost::asio::local::stream_protocol;
using engine::Outcome;
using engine::Refusal;

namespace {

Refusal unavailable(std::string_view why) {
    spdlog::error("The scanner gives no answer, files are refused: {}", why);
    return {"scanner_unavailable"_code,
            "Cannot attach the file: the scanner for malware does not answer.",
            "Send it again in a moment. If it stays so, tell the operator.",
            {},
            30};
}

/// Sets a timeout on every system call, so that a hanging scanner does not occupy a worker.
void bound_waiting(stream_protocol::socket& socket) {
    timeval const longest{.tv_sec = limits::scan_time_s, .tv_usec = 0};
    for (int const what : {SO_RCVTIMEO, SO_SNDTIMEO})
        ::setsockopt(socket.native_handle(), SOL_SOCKET, what, &longest, sizeof longest);
}

class Clamd final : public Scanner {
public:
    explicit Clamd(std::string path) : path_(std::move(path)) {}

    Outcome<void> scan(std::string_view bytes) override {
        boost::system::error_code error;
        auto const said = asked(bytes, error);
        if (error) return unavailable(error.message());
        if (said.ends_with("OK")) return boost::system::in_place_value;
        if (!said.ends_with("FOUND")) return unavailable(said);
        spdlog::warn("A file is refused by the scanner: {}", said);
        return Refusal{"malware_found"_code, "The scanner found malware in the file.",
                       "Do not open the file. Tell the person who looks after your computer."};
    }

private:
    /// Returns the scanner's answer: "stream: OK", "stream: <name> FOUND" or another.
    std::string asked(std::string_view bytes, boost::system::error_code& error) {
        constexpr std::size_t longest_answer = 512;
        boost::asio::io_context context;
        stream_protocol::socket socket(context);
        socket.connect(stream_protocol::endpoint(path_), error);
        if (error) return {};
        bound_waiting(socket);
        auto const length = boost::endian::native_to_big(static_cast<std::uint32_t>(bytes.size()));
        std::uint32_t const end = 0;
        std::array<boost::asio::const_buffer, 4> const question{
            boost::asio::buffer("zINSTREAM", sizeof "zINSTREAM"),
            boost::asio::buffer(&length, sizeof length), boost::asio::buffer(bytes),
            boost::asio::buffer(&end, sizeof end)};
        boost::asio::write(socket, question, error);
        if (error) return {};
        std::string answer(longest_answer, '\0');
        std::size_t size = 0;
        while (size < answer.size() && answer.find('\0') >= size) {
            auto const rest = boost::asio::buffer(answer.data() + size, answer.size() - size);
            auto const got = socket.read_some(rest, error);
            if (error == boost::asio::error::eof) error = {};
            if (error || got == 0) break;
            size += got;
        }
        answer.resize(std::min(answer.find('\0'), size));
        return answer;
    }

    std::string path_;
};

} // namespace

std::unique_ptr<Scanner> open_clamd(std::string socket_path) {
    return std::make_unique<Clamd>(std::move(socket_path));
}

} // namespace banjie::api
