#include "api/files/scanner.hpp"

#include "api/limits.hpp"
#include "api/request/refusal_codes.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/endian/conversion.hpp>
#include <spdlog/spdlog.h>

#include <array>

namespace banjie::api {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using boost::system::error_code;
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

class Clamd final : public Scanner {
public:
    Clamd(std::string path, std::chrono::milliseconds time) : path_(std::move(path)), time_(time) {}

    Outcome<void> scan(std::string_view bytes) override {
        error_code error;
        auto const said = asked(bytes, error);
        if (error) return unavailable(error.message());
        if (said.ends_with("OK")) return boost::system::in_place_value;
        if (!said.ends_with("FOUND")) return unavailable(said);
        spdlog::warn("A file is refused by the scanner: {}", said);
        return Refusal{"malware_found"_code, "The scanner found malware in the file.",
                       "Do not open the file. Tell the person who looks after your computer."};
    }

private:
    /// Returns the scanner's answer: "stream: OK", "stream: <name> FOUND" or another. The
    /// operations are asynchronous because Asio's synchronous ones wait without a bound.
    std::string asked(std::string_view bytes, error_code& error) {
        constexpr std::size_t longest_answer = 512;
        auto const length = boost::endian::native_to_big(static_cast<std::uint32_t>(bytes.size()));
        std::uint32_t const end = 0;
        std::array<asio::const_buffer, 4> const question{
            asio::buffer("zINSTREAM", sizeof "zINSTREAM"), asio::buffer(&length, sizeof length),
            asio::buffer(bytes), asio::buffer(&end, sizeof end)};
        std::string answer;
        asio::io_context context;
        stream_protocol::socket socket(context);
        error = asio::error::timed_out;
        auto const read = [&](error_code failed, std::size_t) {
            error = failed;
            if (failed) return;
            error = asio::error::timed_out;
            asio::async_read_until(socket, asio::dynamic_buffer(answer, longest_answer), '\0',
                                   [&](error_code ended, std::size_t) {
                                       error = ended == asio::error::eof ? error_code() : ended;
                                   });
        };
        socket.async_connect(stream_protocol::endpoint(path_), [&](error_code failed) {
            error = failed;
            if (failed) return;
            error = asio::error::timed_out;
            asio::async_write(socket, question, read);
        });
        context.run_for(time_);
        answer.resize(std::min(answer.find('\0'), answer.size()));
        return answer;
    }

    std::string path_;
    std::chrono::milliseconds time_;
};

} // namespace

std::unique_ptr<Scanner> open_clamd(std::string socket_path, std::chrono::milliseconds time) {
    return std::make_unique<Clamd>(std::move(socket_path), time);
}

} // namespace banjie::api
