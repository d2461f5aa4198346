#include "api/files/scanner.hpp"
#include "tests/storage/place.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/endian/conversion.hpp>
#include <doctest/doctest.h>

#include <thread>

using namespace banjie;
using namespace banjie::api;
using boost::asio::local::stream_protocol;

namespace {

/// Answers one question as clamd does.
class Clamd {
public:
    Clamd(std::string const& path, std::string answer)
        : acceptor_(context_, stream_protocol::endpoint(path)),
          thread_([this, answer = std::move(answer)] { serve(answer); }) {}
    ~Clamd() { thread_.join(); }
    Clamd(Clamd const&) = delete;
    Clamd& operator=(Clamd const&) = delete;

    std::string command, scanned; // once the answer is there

private:
    void serve(std::string const& answer) {
        auto socket = acceptor_.accept();
        command.resize(10);
        boost::asio::read(socket, boost::asio::buffer(command));
        for (std::uint32_t length = 1; length != 0;) {
            boost::asio::read(socket, boost::asio::buffer(&length, sizeof length));
            length = boost::endian::big_to_native(length);
            std::string piece(length, '\0');
            boost::asio::read(socket, boost::asio::buffer(piece));
            scanned += piece;
        }
        boost::asio::write(socket, boost::asio::buffer(answer));
    }

    boost::asio::io_context context_;
    stream_protocol::acceptor acceptor_;
    std::thread thread_;
};

std::string verdict(std::string const& answer) {
    storage::Place const place;
    auto const path = place.path() + ".socket";
    std::string code = "none";
    {
        Clamd clamd(path, answer);
        auto const scanned = open_clamd(path)->scan("the bytes");
        if (!scanned) code = scanned.error().code.name();
    }
    ::unlink(path.c_str());
    return code;
}

} // namespace

TEST_CASE("what clamd finds is refused, and so is what it could not look at") {
    using namespace std::string_literals;
    CHECK(verdict("stream: OK\0"s) == "none");
    CHECK(verdict("stream: Eicar-Test-Signature FOUND\0"s) == "malware_found");
    CHECK(verdict("INSTREAM size limit exceeded. ERROR\0"s) == "scanner_unavailable");
    CHECK(verdict("") == "scanner_unavailable");
    CHECK(open_clamd("/nowhere/clamd")->scan("x").error().code == "scanner_unavailable");
}

TEST_CASE("a scanner that never answers holds nobody up") {
    storage::Place const place;
    auto const path = place.path() + ".socket";
    boost::asio::io_context context;
    stream_protocol::acceptor const silent(context, stream_protocol::endpoint(path));
    auto const scanned = open_clamd(path, std::chrono::milliseconds(50))->scan("x");
    CHECK(scanned.error().code == "scanner_unavailable");
    ::unlink(path.c_str());
}
