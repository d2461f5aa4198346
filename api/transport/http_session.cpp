#include "api/transport/http_session.hpp"

#include "api/feed/event_feed.hpp"
#include "api/request/refusal_document.hpp"
#include "api/request/rooms.hpp"
#include "api/transport/feed_session.hpp"
#include "api/transport/packing.hpp"
#include "api/transport/request_reader.hpp"
#include "api/transport/response_text.hpp"

#include <boost/asio/write.hpp>
#include <spdlog/spdlog.h>

#include <cstring>
#include <new>
#include <optional>
#include <vector>

namespace banjie::api {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t read_bytes = 8'192;
constexpr std::size_t buffered_bytes = 2 * limits::head_bytes;
constexpr std::size_t kept_bytes = 65'536; // of the memory for a response, between two
constexpr std::size_t lingering_bytes = 4'194'304;

/// What is left to say when there is no memory to say more.
constexpr std::string_view out_of_memory_text =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n"
    "Retry-After: 5\r\nContent-Length: 91\r\nConnection: close\r\n\r\n"
    R"({"type":"urn:banjie:refusal:busy","title":"Unavailable for now",)"
    R"("status":503,"code":"busy"})";
static_assert(out_of_memory_text.size() - out_of_memory_text.find('{') == 91);

/// One request after the other: what a client sends ahead waits in the buffer. Every wait has a
/// deadline, looked at by `tick`.
template <class Stream>
class HttpSession final : public Connection {
public:
    HttpSession(std::shared_ptr<Worker> worker, Stream stream, asio::ip::address const& peer)
        : worker_(std::move(worker)), traffic_(worker_->traffic()), stream_(std::move(stream)),
          peer_(peer), address_(peer.to_string()), sender_(address_), input_(read_bytes) {}

    void start() {
        wait_for(State::head, traffic_.options.head_time);
        if constexpr (secure) {
            wait_for(State::handshake, traffic_.options.head_time);
            stream_.async_handshake(
                asio::ssl::stream_base::server, [self = self()](error_code error) {
                    if (error) return self->close();
                    self->wait_for(State::head, self->traffic_.options.head_time);
                    self->guarded([&] { self->read(); });
                });
        } else {
            guarded([&] { read(); });
        }
    }

    void tick(Moment now) override {
        if (now < deadline_) return;
        bool const owes_answer = state_ == State::body || (state_ == State::head && begin_ != end_);
        if (!owes_answer || timed_out_) return close();
        timed_out_ = true; // the read that is under way ends, and on_read says so
        error_code ignored;
        socket().cancel(ignored);
    }

    void stop() override {
        last_ = true;
        bool const idle = state_ == State::idle || state_ == State::handshake ||
                          (state_ == State::head && begin_ == end_ && !reader_);
        if (idle) close();
    }

    void close() override {
        if (state_ == State::closed) return;
        state_ = State::closed;
        hold_body(0);
        error_code ignored;
        socket().close(ignored);
        if (!handed_over_) --traffic_.connections;
        worker_->remove(*this);
    }

private:
    static constexpr bool secure = std::is_same_v<Stream, TlsSocket>;
    enum class State { handshake, idle, head, body, handling, writing, lingering, closed };

    std::shared_ptr<HttpSession> self() {
        return std::static_pointer_cast<HttpSession>(shared_from_this());
    }
    Socket& socket() {
        if constexpr (secure)
            return stream_.next_layer();
        else
            return stream_;
    }
    void wait_for(State state, std::chrono::milliseconds time) {
        state_ = state;
        deadline_ = worker_->now() + time;
    }

    static std::chrono::seconds time_for(std::uint64_t bytes, std::uint64_t bytes_per_s) {
        return std::chrono::seconds(bytes / bytes_per_s);
    }

    /// Runs what an event asks for. Memory that runs out costs this request, not the process.
    template <class Work>
    void guarded(Work const& work) {
        try {
            work();
        } catch (std::bad_alloc const&) {
            out_of_memory();
        }
    }

    void out_of_memory() {
        if (state_ == State::closed) return;
        bool const has_begun = state_ == State::writing && written_ > 0;
        if (answered_ != turn_) --traffic_.requests;
        answered_ = turn_;
        reader_.reset();
        room_.reset();
        hold_body(0);
        std::string().swap(output_);
        if (has_begun || state_ == State::lingering) return close();
        last_ = true;
        wait_for(State::writing, traffic_.options.write_time);
        try {
            asio::async_write(stream_, asio::buffer(out_of_memory_text),
                              [self = self()](error_code error, std::size_t) {
                                  if (self->state_ == State::closed) return;
                                  if (error) return self->close();
                                  self->guarded([&] { self->end(); });
                              });
        } catch (std::bad_alloc const&) {
            close();
        }
    }

    void read() {
        if (begin_ == end_) begin_ = end_ = 0;
        if (begin_ > 0) {
            std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
            end_ -= begin_;
            begin_ = 0;
        }
        if (end_ == input_.size() && end_ >= buffered_bytes)
            return give_up(problem_response(400, "malformed_http",
                                            "Expected chunks and trailers of the usual length, but "
                                            "one does not end."));
        if (end_ == input_.size()) input_.resize(input_.size() * 2);
        stream_.async_read_some(asio::buffer(input_.data() + end_, input_.size() - end_),
                                [self = self()](error_code error, std::size_t count) {
                                    self->guarded([&] { self->on_read(error, count); });
                                });
    }

    void on_read(error_code error, std::size_t count) {
        if (state_ == State::closed) return;
        if (timed_out_)
            return give_up(problem_response(
                408, "too_slow", "Expected the whole request in time, but it did not come.",
                "Send it at once."));
        if (error) return close();
        if (state_ == State::lingering) return linger(count);
        end_ += count;
        advance();
    }

    /// Goes on with what has been read.
    void advance() {
        while (!reader_ && begin_ != end_ && (input_[begin_] == '\r' || input_[begin_] == '\n'))
            ++begin_; // old clients end a body with an empty line
        if (begin_ == end_) return read();
        if (!reader_) {
            reader_.emplace(admission());
            wait_for(State::head, traffic_.options.head_time);
        }
        std::size_t taken = 0;
        auto const progress = reader_->read({input_.data() + begin_, end_ - begin_}, taken);
        begin_ += taken;
        switch (progress) {
        case RequestReader::Progress::head:
            return read();
        case RequestReader::Progress::body:
            if (auto const what = too_much(); !what.empty()) return give_up(busy(what));
            return read_body();
        case RequestReader::Progress::refused:
            return give_up(reader_->refusal());
        case RequestReader::Progress::done:
            return take();
        }
    }

    /// Asks with the address of whoever sends it, when it is to be asked.
    AdmitBody admission() {
        if (!traffic_.options.admit_body) return {};
        return [this](Request& request, std::uint64_t bytes) { // which owns the reader
            if (auto refusal = identify(request)) return refusal;
            return traffic_.options.admit_body(request, bytes);
        };
    }

    /// Slow is whose bytes do not come at the pace that is owed, however many are announced: after
    /// a while to begin with, what has come is held against the time that it took.
    void read_body() {
        bool const begins = state_ != State::body;
        if (begins) body_began_ = worker_->now();
        state_ = State::body;
        deadline_ = body_began_ + traffic_.options.body_time +
                    time_for(reader_->request().body.size(), limits::slowest_bytes_per_s);
        if (begins && reader_->frame().expects_continue) return ask_to_continue();
        read();
    }

    void ask_to_continue() {
        static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream_, asio::buffer(line),
                          [self = self()](error_code error, std::size_t) {
                              if (self->state_ == State::closed) return;
                              if (error) return self->close();
                              self->guarded([&] { self->read(); });
                          });
    }

    /// Of what there is too much to read this body, if anything.
    std::string_view too_much() {
        Request const& request = reader_->request();
        hold_body(request.room ? 0 : request.body.capacity());
        if (traffic_.bodies_bytes > traffic_.options.bodies_bytes)
            return "large requests are under way";
        if (traffic_.requests >= traffic_.options.requests_under_way)
            return "requests are under way";
        return {};
    }

    void hold_body(std::size_t bytes) {
        traffic_.bodies_bytes += bytes - body_bytes_; // modulo 2^64: may be fewer than before
        body_bytes_ = bytes;
    }

    /// The request is whole.
    void take() {
        Request& request = reader_->request();
        if (auto refusal = identify(request)) return give_up(std::move(*refusal));
        secure_ = request.secure;
        is_read_ = request.method == Method::get;
        state_ = State::handling;
        deadline_ = Moment::max();
        keep_alive_ = reader_->frame().keep_alive;
        never_stored_ = request.path.starts_with("/api");
        takes_gzip_ = request.takes_gzip;
        bool const to_feed =
            traffic_.feed && reader_->frame().websocket && request.path == traffic_.feed->path();
        if (to_feed) return upgrade();
        if (traffic_.requests.fetch_add(1) >= traffic_.options.requests_under_way) {
            --traffic_.requests;
            return answer(busy("requests are under way"));
        }
        ++turn_;
        auto respond = [self = self(), turn = turn_](Response response) {
            self->respond_from_anywhere(turn, std::move(response));
        };
        try {
            traffic_.handle(std::move(request), std::move(respond));
        } catch (std::exception const& thrown) {
            this->respond(turn_, internal_error(thrown));
        }
    }

    /// Writes into the request who sends it.
    std::optional<Response> identify(Request& request) {
        if (!request.address.empty()) return std::nullopt; // its body was asked about
        auto const& frame = reader_->frame();
        auto sender = traffic_.forwarding.sender_of(
            peer_, {.address = address_, .host = std::move(request.host), .secure = secure}, frame);
        if (!sender) return problem_response(sender.error());
        if (traffic_.forwarding.is_forgotten_proxy(peer_, frame)) warn_of_forgotten_proxy();
        request.host = std::move(sender->host);
        request.secure = sender->secure;
        request.of_this_machine = sender->of_this_machine;
        if (sender_ != sender->address) sender_ = sender->address;
        request.address = std::move(sender->address);
        return std::nullopt;
    }

    void warn_of_forgotten_proxy() {
        if (traffic_.has_warned_of_proxy.exchange(true)) return;
        spdlog::warn("Requests come through a proxy at {} that --proxy does not name: its clients "
                     "share one address, and none of them is this machine",
                     address_);
    }

    static Response busy(std::string_view what) {
        auto response = problem_response(
            503, "busy", "Expected to take the request up, but too many " + std::string(what) + ".",
            "Try again in a moment.");
        response.headers.emplace_back("Retry-After", "1");
        return response;
    }

    // On any thread.
    void respond_from_anywhere(std::uint64_t turn, Response response) {
        if (worker_->is_this_thread()) return respond(turn, std::move(response));
        if (!worker_->hand_over({self(), turn, std::move(response)})) --traffic_.requests;
    }

    void respond(std::uint64_t turn, Response response) override {
        if (turn != turn_ || answered_ == turn) return; // a second answer to one request
        answered_ = turn;
        --traffic_.requests;
        if (state_ == State::handling) guarded([&] { answer(std::move(response)); });
    }

    void give_up(Response response) {
        keep_alive_ = false;
        answer(std::move(response));
    }

    void answer(Response response) {
        last_ = last_ || !keep_alive_ || worker_->stopping();
        ResponseFrame frame{.date = worker_->date(), .keep_alive = !last_};
        frame.never_stored = never_stored_;
        frame.secure = secure_;
        if (reader_) {
            frame.old_version = reader_->frame().old_version;
            frame.without_body = reader_->frame().head_only;
        }
        if (response.write_body) response.body = response.write_body();
        if (takes_gzip_) pack(response);
        if (!make_room(response)) response = busy("answers are unread");
        hold_body(0);
        output_.clear();
        append_response(output_, response, frame);
        reader_.reset();
        room_ = std::move(response.room);
        written_ = 0;
        write_began_ = worker_->now();
        write();
    }

    /// Until the peer has taken it. What was read may be asked for again, but what was done is
    /// said.
    bool make_room(Response& response) {
        bool const counts = !response.room && response.body.size() > limits::small_answer_bytes;
        if (!counts) return true;
        response.room = traffic_.options.answers->open(std::move(response.account), sender_);
        if (is_read_) return response.room->hold(response.body.size());
        response.room->hold_anyway(response.body.size());
        return true;
    }

    /// Slow is whoever takes nothing for a while, or takes it at less than the pace that is owed.
    void write() {
        state_ = State::writing;
        auto const& time = traffic_.options.write_time;
        deadline_ =
            std::min(worker_->now() + time,
                     write_began_ + time + time_for(written_, limits::slowest_taken_bytes_per_s));
        stream_.async_write_some(asio::buffer(output_) + written_,
                                 [self = self()](error_code error, std::size_t count) {
                                     self->guarded([&] { self->on_some_written(error, count); });
                                 });
    }

    void on_some_written(error_code error, std::size_t count) {
        written_ += count;
        if (error || written_ == output_.size()) return on_written(error);
        if (state_ == State::writing) write();
    }

    void on_written(error_code error) {
        if (state_ == State::closed) return;
        if (error) return close();
        if (output_.capacity() > kept_bytes) std::string().swap(output_);
        room_.reset();
        if (last_) return end();
        wait_for(State::idle, traffic_.options.idle_time);
        advance();
    }

    /// Lets the peer read the last response: closing with bytes unread would take it away again.
    void end() {
        wait_for(State::lingering, traffic_.options.linger_time);
        if constexpr (secure) {
            stream_.async_shutdown([self = self()](error_code) { self->close(); });
        } else {
            error_code ignored;
            stream_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
            timed_out_ = false;
            begin_ = end_ = 0;
            read();
        }
    }

    void linger(std::size_t count) {
        lingered_ += count;
        if (lingered_ > lingering_bytes) return close();
        begin_ = end_ = 0;
        read();
    }

    void upgrade() {
        Request& request = reader_->request();
        auto const& frame = reader_->frame();
        if (begin_ != end_)
            return give_up(problem_response(400, "malformed_http",
                                            "Expected nothing before the upgrade's answer, but "
                                            "there is more."));
        if (traffic_.feeds.fetch_add(1) >= traffic_.options.feeds || worker_->stopping()) {
            --traffic_.feeds;
            return answer(busy("feeds are open"));
        }
        auto opening = traffic_.feed->open(request, frame);
        if (!opening.subscription) {
            --traffic_.feeds;
            return answer(std::move(opening.refusal));
        }
        handed_over_ = true;
        --traffic_.connections;
        open_feed_session(worker_, std::move(stream_), frame, std::move(opening.subscription));
        state_ = State::closed;
        worker_->remove(*this);
    }

    std::shared_ptr<Worker> worker_; // first, so that it outlives the stream
    Traffic& traffic_;
    Stream stream_;
    asio::ip::address const peer_;
    std::string const address_; // of it
    std::string sender_;        // of the last request: the peer, or for whom a proxy asks
    std::vector<char> input_;
    std::size_t begin_ = 0, end_ = 0; // of what is read and not yet taken
    std::string output_;
    std::size_t written_ = 0;             // of it
    std::shared_ptr<Room> room_;          // of what is being sent
    std::optional<RequestReader> reader_; // of the request that is coming in or being answered
    Moment deadline_ = Moment::max(), body_began_{}, write_began_{};
    State state_ = State::idle;
    std::uint64_t turn_ = 0, answered_ = 0; // numbers of requests
    std::size_t lingered_ = 0;
    std::size_t body_bytes_ = 0; // counted in the traffic's
    bool secure_ = secure;       // of the request, as the client sent it
    bool keep_alive_ = true;
    bool last_ = false; // no request after this one
    bool never_stored_ = true;
    bool takes_gzip_ = false;
    bool is_read_ = true; // changes nothing, so that it can be asked for again
    bool timed_out_ = false;
    bool handed_over_ = false;
};

template <class Stream>
void open(std::shared_ptr<Worker> worker, Stream stream, asio::ip::address const& peer) {
    auto const session = std::make_shared<HttpSession<Stream>>(worker, std::move(stream), peer);
    worker->add(session);
    session->start();
}

} // namespace

void open_http_session(std::shared_ptr<Worker> worker, Socket socket) {
    error_code error;
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    auto const peer = plain(socket.remote_endpoint(error).address());
    if (auto const tls = worker->tls()) {
        TlsSocket stream(std::move(socket), *tls);
        return open(std::move(worker), std::move(stream), peer);
    }
    open(std::move(worker), std::move(socket), peer);
}

} // namespace banjie::api
