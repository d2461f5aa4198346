#include "api/transport/feed_session.hpp"

#include "api/request/thread_time.hpp"

#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <utility>

namespace banjie::api {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

namespace {

/// Reads a page of the subscription only when the one before has been written, so a slow peer
/// costs one page and no more. Pings and silent peers are the WebSocket stream's own matter.
template <class Stream>
class FeedSession final : public Connection {
public:
    FeedSession(std::shared_ptr<Worker> worker, Stream stream,
                std::unique_ptr<Subscription> subscription, std::shared_ptr<Room> place)
        : worker_(std::move(worker)), options_(worker_->traffic().options),
          stream_(std::move(stream)), subscription_(std::move(subscription)),
          place_(std::move(place)) {}

    void start(RequestFrame const& frame) {
        websocket::stream_base::timeout times{};
        times.handshake_timeout = options_.head_time;
        times.idle_timeout = 2 * options_.feed_ping_time; // pings after half of it
        times.keep_alive_pings = true;
        stream_.set_option(times);
        stream_.set_option(websocket::stream_base::decorator(
            [](websocket::response_type& response) { response.set(http::field::server, ""); }));
        stream_.read_message_max(limits::feed_message_bytes);
        stream_.text(true);
        request_ = {http::verb::get, "/", 11};
        request_.set(http::field::host, "banjie"); // looked at before: EventFeed::open
        request_.set(http::field::connection, "Upgrade");
        request_.set(http::field::upgrade, "websocket");
        request_.set(http::field::sec_websocket_key, frame.websocket_key);
        request_.set(http::field::sec_websocket_version, frame.websocket_version);
        write_by_ = worker_->now() + options_.head_time;
        stream_.async_accept(request_, [self = self()](error_code error) {
            if (self->closed_) return;
            if (error) return self->close();
            self->open_ = true;
            self->write_by_ = Moment::max();
            self->check_at_ = self->worker_->now() + self->options_.feed_check_time;
            if (self->worker_->stopping()) return self->say_goodbye(going_away());
            self->read();
            self->send();
        });
    }

    void tick(Moment now) override {
        if (now >= write_by_) return close();
        if (now >= go_on_at_) {
            go_on_at_ = Moment::max();
            send();
        }
        if (!open_ || leaving_ || now < check_at_) return;
        check_at_ = now + options_.feed_check_time;
        if (!subscription_->check()) say_goodbye(session_ended());
    }

    // What is only opening says goodbye when it is open: its peer may know already that it is.
    void stop() override {
        if (open_) say_goodbye(going_away());
    }

    void wake() override {
        if (!closed_ && !leaving_ && waiting_) send();
    }

    void close() override {
        if (closed_) return;
        closed_ = true;
        error_code ignored;
        boost::beast::get_lowest_layer(stream_).close(ignored);
        place_.reset();
        --worker_->traffic().feeds;
        worker_->remove(*this);
    }

private:
    std::shared_ptr<FeedSession> self() {
        return std::static_pointer_cast<FeedSession>(shared_from_this());
    }
    static websocket::close_reason going_away() {
        return {websocket::close_code::going_away, "the server stops"};
    }
    static websocket::close_reason session_ended() {
        return {websocket::close_code::policy_error, "the session has ended"};
    }

    // Nothing that a client says matters, but its pongs and its goodbye are read here.
    void read() {
        stream_.async_read(incoming_, [self = self()](error_code error, std::size_t) {
            if (self->closed_) return;
            if (error) return self->leave();
            self->incoming_.consume(self->incoming_.size());
            self->read();
        });
    }

    /// The WebSocket has ended; a goodbye under way ends it by itself.
    void leave() {
        if (!leaving_) close();
    }

    /// Writes what is left of the page, else the next page, else waits.
    void send() {
        waiting_ = false;
        if (leaving_ || closed_) return;
        if (sent_ == page_.messages.size()) {
            if (has_to_wait()) return;
            auto next = read_page();
            if (!next) {
                bool const ended = next.error().kind == engine::RefusalKind::unauthenticated;
                return say_goodbye(
                    ended ? session_ended()
                          : websocket::close_reason(websocket::close_code::internal_error));
            }
            page_ = std::move(*next);
            sent_ = 0;
        }
        if (sent_ < page_.messages.size()) return write();
        if (page_.more) // a page of events not to be seen; others have their turn first
            return asio::post(worker_->context(), [self = self()] { self->send(); });
        waiting_ = true;
        worker_->wake_when_newer(shared_from_this(), subscription_->after());
    }

    /// A feed that goes through the past reads full pages. The time that they take counts as
    /// requests of the account, which waits when it has had too many.
    engine::Outcome<Subscription::Page> read_page() {
        auto const began = time_of_this_thread();
        auto next = subscription_->next();
        bool const is_counted = next && next->is_full && place_ && options_.charge;
        if (!is_counted) return next;
        auto const took = time_of_this_thread() - began;
        auto const requests =
            static_cast<double>(took.count()) / static_cast<double>(limits::request_cost_us);
        wait_s_ = options_.charge(subscription_->account(), requests);
        return next;
    }

    [[nodiscard]] bool has_to_wait() {
        if (wait_s_ == 0) return false;
        go_on_at_ = worker_->now() + std::chrono::seconds(std::exchange(wait_s_, 0));
        return true;
    }

    void write() {
        auto const message = page_.messages[sent_++];
        write_by_ = worker_->now() + options_.write_time;
        stream_.async_write(asio::buffer(*message),
                            [self = self(), message](error_code error, std::size_t) {
                                if (self->closed_) return;
                                if (self->leaving_) return;
                                if (error) return self->close();
                                self->write_by_ = Moment::max();
                                self->send();
                            });
    }

    void say_goodbye(websocket::close_reason const& reason) {
        if (leaving_) return;
        leaving_ = true;
        write_by_ = worker_->now() + options_.linger_time;
        stream_.async_close(reason, [self = self()](error_code) { self->close(); });
    }

    std::shared_ptr<Worker> worker_; // first, so that it outlives the stream
    ServerOptions const& options_;
    websocket::stream<Stream, false> stream_;
    std::unique_ptr<Subscription> subscription_;
    std::shared_ptr<Room> place_;
    http::request<http::empty_body> request_;
    boost::beast::flat_buffer incoming_;
    Subscription::Page page_;
    std::size_t sent_ = 0;
    Moment write_by_ = Moment::max();
    Moment check_at_ = Moment::max();
    Moment go_on_at_ = Moment::max(); // after a wait
    int wait_s_ = 0;
    bool open_ = false;
    bool waiting_ = false; // for something newer
    bool leaving_ = false;
    bool closed_ = false;
};

template <class Stream>
void open(std::shared_ptr<Worker> const& worker, Stream stream, RequestFrame const& frame,
          std::unique_ptr<Subscription> subscription, std::shared_ptr<Room> place) {
    auto const session = std::make_shared<FeedSession<Stream>>(
        worker, std::move(stream), std::move(subscription), std::move(place));
    worker->add(session);
    session->start(frame);
}

} // namespace

void open_feed_session(std::shared_ptr<Worker> worker, Socket stream, RequestFrame const& frame,
                       std::unique_ptr<Subscription> subscription, std::shared_ptr<Room> place) {
    open(worker, std::move(stream), frame, std::move(subscription), std::move(place));
}

void open_feed_session(std::shared_ptr<Worker> worker, TlsSocket stream, RequestFrame const& frame,
                       std::unique_ptr<Subscription> subscription, std::shared_ptr<Room> place) {
    open(worker, std::move(stream), frame, std::move(subscription), std::move(place));
}

} // namespace banjie::api
