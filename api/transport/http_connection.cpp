#include "api/transport/http_connection.hpp"

#include "api/transport/feed_session.hpp"
#include "api/transport/http_session.hpp"

#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <type_traits>
#include <utility>

namespace banjie::api {

namespace asio = boost::asio;

namespace {

template <class Stream>
class HttpConnection final : public HttpSession {
public:
    HttpConnection(std::shared_ptr<Worker> worker, Stream stream, asio::ip::address const& peer,
                   std::shared_ptr<Room> place)
        : HttpSession(std::move(worker), peer, is_secure, std::move(place)),
          stream_(std::move(stream)) {}

private:
    static constexpr bool is_secure = std::is_same_v<Stream, TlsSocket>;

    std::shared_ptr<HttpConnection> self() {
        return std::static_pointer_cast<HttpConnection>(shared_from_this());
    }
    Socket& socket() {
        if constexpr (is_secure)
            return stream_.next_layer();
        else
            return stream_;
    }

    void open() override {
        if constexpr (is_secure)
            stream_.async_handshake(asio::ssl::stream_base::server,
                                    [self = self()](Error error) { self->on_open(error); });
        else
            on_open({});
    }

    void receive(std::span<char> place) override {
        stream_.async_read_some(
            asio::buffer(place.data(), place.size()),
            [self = self()](Error error, std::size_t count) { self->on_received(error, count); });
    }

    void send(std::string_view bytes) override {
        stream_.async_write_some(
            asio::buffer(bytes),
            [self = self()](Error error, std::size_t count) { self->on_sent(error, count); });
    }

    void say(std::string_view text) override {
        asio::async_write(stream_, asio::buffer(text),
                          [self = self()](Error error, std::size_t) { self->on_said(error); });
    }

    void shut_down() override {
        if constexpr (is_secure) {
            stream_.async_shutdown([self = self()](Error) { self->on_shut_down(false); });
        } else {
            Error ignored;
            stream_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
            on_shut_down(true);
        }
    }

    void give_up_receiving() override {
        Error ignored;
        socket().cancel(ignored);
    }

    void cut() override {
        Error ignored;
        socket().close(ignored);
    }

    void hand_over(RequestFrame const& frame, std::unique_ptr<Subscription> subscription,
                   std::shared_ptr<Room> place) override {
        open_feed_session(worker(), std::move(stream_), frame, std::move(subscription),
                          std::move(place));
    }

    Stream stream_;
};

template <class Stream>
void open(std::shared_ptr<Worker> const& worker, Stream stream, asio::ip::address const& peer,
          std::shared_ptr<Room> place) {
    auto const connection =
        std::make_shared<HttpConnection<Stream>>(worker, std::move(stream), peer, std::move(place));
    worker->add(connection);
    connection->start();
}

} // namespace

void open_http_connection(std::shared_ptr<Worker> worker, Socket socket,
                          std::shared_ptr<Room> place) {
    boost::system::error_code error;
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    auto const peer = plain(socket.remote_endpoint(error).address());
    if (auto const tls = worker->tls()) {
        TlsSocket stream(std::move(socket), *tls);
        return open(worker, std::move(stream), peer, std::move(place));
    }
    open(worker, std::move(socket), peer, std::move(place));
}

} // namespace banjie::api
