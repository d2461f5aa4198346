#include "api/transport/http_session.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/request/refusal_document.hpp"

#include <utility>

namespace banjie::api {

namespace {

constexpr std::size_t lingering_bytes = 4'194'304;

/// The answer for which no memory is needed.
constexpr std::string_view out_of_memory_text =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n"
    "Retry-After: 5\r\nContent-Length: 91\r\nConnection: close\r\n\r\n"
    R"({"type":"urn:banjie:refusal:busy","title":"Unavailable for now",)"
    R"("status":503,"code":"busy"})";
static_assert(out_of_memory_text.size() - out_of_memory_text.find('{') == 91);
static_assert(out_of_memory_text.find("busy"_code) != std::string_view::npos);

} // namespace

HttpSession::HttpSession(std::shared_ptr<Worker> worker, boost::asio::ip::address const& peer,
                         bool secure, std::shared_ptr<Room> place)
    : worker_(std::move(worker)), traffic_(worker_->traffic()), peer_(traffic_, peer, secure),
      incoming_(admission()), outgoing_(traffic_.options), body_bytes_(traffic_.bodies_bytes),
      place_(std::move(place)) {
    asked_.secure = secure;
}

void HttpSession::start() {
    wait_for(State::handshake, traffic_.options.head_time);
    open();
}

void HttpSession::on_open(Error error) {
    if (error) return close();
    wait_for(State::head, traffic_.options.head_time);
    guarded([&] { read(); });
}

void HttpSession::tick(Moment now) {
    if (state_ == State::idle && is_crowded()) {
        auto const idle_since = deadline_ - traffic_.options.idle_time;
        if (now >= idle_since + traffic_.options.crowded_idle_time) return close();
    }
    if (now < deadline_) return;
    bool const owes_answer =
        state_ == State::body || (state_ == State::head && !incoming_.is_empty());
    if (!owes_answer || timed_out_) return close();
    timed_out_ = true; // on_received answers
    give_up_receiving();
}

bool HttpSession::is_crowded() const {
    return traffic_.connections * 4 > traffic_.options.connections * 3;
}

void HttpSession::stop() {
    last_ = true;
    bool const is_idle =
        state_ == State::idle || state_ == State::handshake ||
        (state_ == State::head && incoming_.is_empty() && !incoming_.has_request());
    if (is_idle) close();
}

void HttpSession::close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    body_bytes_.hold(0);
    place_.reset();
    cut();
    if (!handed_over_) --traffic_.connections;
    worker_->remove(*this);
}

void HttpSession::wait_for(State state, std::chrono::milliseconds time) {
    state_ = state;
    deadline_ = worker_->now() + time;
}

/// Does what an event asks for. Memory that runs out costs this request, not the process.
template <class Work>
void HttpSession::guarded(Work const& work) {
    try {
        work();
    } catch (std::bad_alloc const&) {
        out_of_memory();
    }
}

void HttpSession::out_of_memory() {
    if (state_ == State::closed) return;
    bool const has_begun = state_ == State::writing && outgoing_.has_begun();
    if (answered_ != turn_) --traffic_.requests;
    answered_ = turn_;
    incoming_.finish();
    outgoing_.clear();
    body_bytes_.hold(0);
    if (has_begun || state_ == State::lingering) return close();
    last_ = true;
    wait_for(State::writing, traffic_.options.write_time);
    try {
        say(out_of_memory_text);
    } catch (std::bad_alloc const&) {
        close();
    }
}

void HttpSession::read() {
    auto const place = incoming_.place();
    if (place.empty())
        return give_up(refusal_response(
            {"malformed_http"_code, "A chunk or trailer of the body is too long."}));
    receive(place);
}

void HttpSession::on_received(Error error, std::size_t count) {
    if (state_ == State::closed) return;
    if (timed_out_)
        return guarded([&] {
            give_up(refusal_response({"too_slow"_code, "The request did not arrive in time.",
                                      "Send the whole request at once."}));
        });
    if (error) return close();
    incoming_.add(count);
    if (state_ != State::lingering) return guarded([&] { advance(); });
    if (incoming_.drop() > lingering_bytes) return close();
    guarded([&] { read(); });
}

/// Goes on with what has been read.
void HttpSession::advance() {
    bool const begins = !incoming_.has_request();
    auto const progress = incoming_.read();
    if (progress == Incoming::Progress::nothing) return read();
    if (begins) wait_for(State::head, traffic_.options.head_time);
    switch (progress) {
    case Incoming::Progress::nothing:
    case Incoming::Progress::head:
        return read();
    case Incoming::Progress::body:
        if (auto const what = too_much(); !what.empty()) return give_up(busy(what));
        return read_body();
    case Incoming::Progress::refused:
        return give_up(incoming_.refusal());
    case Incoming::Progress::done:
        return take();
    }
}

/// Asks about a body with the address of its sender.
AdmitBody HttpSession::admission() {
    if (!traffic_.options.admit_body) return {};
    return [this](Request& request, std::uint64_t bytes) {
        if (auto refusal = peer_.identify(request, incoming_.frame())) return refusal;
        return traffic_.options.admit_body(request, bytes);
    };
}

/// After a while to begin with, what has come is held against the time that it took: a client is
/// slow if its bytes do not come at the pace that it owes, however many are announced.
void HttpSession::read_body() {
    bool const begins = state_ != State::body;
    if (begins) body_began_ = worker_->now();
    std::chrono::seconds const owed(incoming_.frame().received_bytes / limits::slowest_bytes_per_s);
    state_ = State::body;
    deadline_ = body_began_ + traffic_.options.body_time + owed;
    if (begins && incoming_.frame().expects_continue) return say("HTTP/1.1 100 Continue\r\n\r\n");
    read();
}

void HttpSession::on_said(Error error) {
    if (state_ == State::closed) return;
    if (error) return close();
    guarded([&] {
        if (state_ == State::writing) return end(); // memory had run out
        read();
    });
}

/// Returns of what there is too much to read this body; empty if it may be read.
std::string_view HttpSession::too_much() {
    Request const& request = incoming_.request();
    body_bytes_.hold(request.room ? 0 : request.body.capacity());
    if (traffic_.bodies_bytes > traffic_.options.bodies_bytes)
        return "large requests are in flight";
    if (traffic_.requests >= traffic_.options.requests_under_way) return "requests are in flight";
    return {};
}

/// Takes up the request, which is whole.
void HttpSession::take() {
    Request& request = incoming_.request();
    auto const& frame = incoming_.frame();
    if (auto refusal = peer_.identify(request, frame)) return give_up(std::move(*refusal));
    asked_ = {.secure = request.secure,
              .is_read = request.method == Method::get,
              .never_stored = request.path.starts_with("/api"),
              .takes_gzip = request.takes_gzip};
    state_ = State::handling;
    deadline_ = Moment::max();
    keep_alive_ = frame.keep_alive;
    if (traffic_.feed && frame.websocket && request.path == traffic_.feed->path()) return upgrade();
    handle(std::move(request));
}

void HttpSession::handle(Request request) {
    if (traffic_.requests.fetch_add(1) >= traffic_.options.requests_under_way) {
        --traffic_.requests;
        return answer(busy("requests are in flight"));
    }
    ++turn_;
    auto self = std::static_pointer_cast<HttpSession>(shared_from_this());
    auto respond = [self = std::move(self), turn = turn_](Response response) {
        self->respond_from_anywhere(turn, std::move(response));
    };
    try {
        traffic_.handle(std::move(request), std::move(respond));
    } catch (std::exception const& thrown) {
        this->respond(turn_, internal_error(thrown));
    }
}

void HttpSession::respond_from_anywhere(std::uint64_t turn, Response response) {
    if (worker_->is_this_thread()) return respond(turn, std::move(response));
    if (!worker_->hand_over({shared_from_this(), turn, std::move(response)})) --traffic_.requests;
}

void HttpSession::respond(std::uint64_t turn, Response response) {
    if (turn != turn_ || answered_ == turn) return; // a second answer to one request
    answered_ = turn;
    --traffic_.requests;
    if (state_ == State::handling) guarded([&] { answer(std::move(response)); });
}

void HttpSession::upgrade() {
    if (!incoming_.is_empty())
        return give_up(refusal_response(
            {"malformed_http"_code, "More bytes arrived before the upgrade was answered."}));
    if (traffic_.feeds.fetch_add(1) >= traffic_.options.feeds || worker_->stopping()) {
        --traffic_.feeds;
        return answer(busy("feeds are open"));
    }
    auto opening = traffic_.feed->open(incoming_.request(), incoming_.frame());
    if (!opening.subscription) {
        --traffic_.feeds;
        return answer(std::move(opening.refusal));
    }
    bool const is_counted = !incoming_.request().of_this_machine;
    auto place = is_counted ? place_for(*opening.subscription) : nullptr;
    if (is_counted && !place) {
        --traffic_.feeds;
        return answer(busy("feeds of yours are open, or were opened just now"));
    }
    handed_over_ = true;
    place_.reset();
    --traffic_.connections;
    hand_over(incoming_.frame(), std::move(opening.subscription), std::move(place));
    state_ = State::closed;
    worker_->remove(*this);
}

/// Returns its place among the feeds of its account and address; nullptr if they have no more, or
/// if the account has to wait. Opening one counts as a request.
std::shared_ptr<Room> HttpSession::place_for(Subscription const& subscription) const {
    auto place = traffic_.feed_places->open(subscription.account(), peer_.sender());
    auto const& charge = traffic_.options.charge;
    bool const waits = charge && charge(subscription.account(), 1) > 0;
    return !waits && place->hold(1) ? place : nullptr;
}

void HttpSession::give_up(Response response) {
    keep_alive_ = false;
    answer(std::move(response));
}

void HttpSession::answer(Response response) {
    last_ = last_ || !keep_alive_ || worker_->stopping();
    if (incoming_.has_request()) {
        asked_.old_version = incoming_.frame().old_version;
        asked_.without_body = incoming_.frame().head_only;
    }
    outgoing_.begin(std::move(response), asked_, peer_.sender(), *worker_, !last_);
    body_bytes_.hold(0);
    incoming_.finish();
    write();
}

void HttpSession::write() {
    state_ = State::writing;
    deadline_ = outgoing_.deadline(worker_->now());
    send(outgoing_.rest());
}

void HttpSession::on_sent(Error error, std::size_t count) {
    outgoing_.take(count);
    if (state_ == State::closed) return;
    if (error) return close();
    guarded([&] {
        if (!outgoing_.fill()) return close(); // the peer sees that the body is not whole
        if (outgoing_.rest().empty()) return on_written();
        if (state_ == State::writing) write();
    });
}

void HttpSession::on_written() {
    outgoing_.finish();
    if (last_) return end();
    wait_for(State::idle, traffic_.options.idle_time);
    advance();
}

/// Lets the peer read the last response: closing with bytes unread would take it away again.
void HttpSession::end() {
    wait_for(State::lingering, traffic_.options.linger_time);
    shut_down();
}

void HttpSession::on_shut_down(bool sends_still) {
    if (state_ == State::closed) return;
    if (!sends_still) return close();
    timed_out_ = false;
    incoming_.drop();
    read();
}

} // namespace banjie::api
