#pragma once
// Inside the transport (Asio): what is said over one connection that speaks HTTP.

#include "api/feed/event_feed.hpp"
#include "api/transport/connection.hpp"
#include "api/transport/counted.hpp"
#include "api/transport/incoming.hpp"
#include "api/transport/outgoing.hpp"
#include "api/transport/peer.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>

namespace banjie::api {

/// Answers one request after the other. Every wait has a deadline, which `tick` looks at. The bytes
/// are carried by the derived class, over TCP or TLS.
class HttpSession : public Connection {
public:
    HttpSession(std::shared_ptr<Worker> worker, boost::asio::ip::address const& peer, bool secure,
                std::shared_ptr<Room> place);

    void start();
    void tick(Moment now) override;
    void stop() override;
    void close() override;

protected:
    using Error = boost::system::error_code;

    // The derived class carries bytes, and calls what is named when that is done.
    virtual void open() = 0;                         // on_open
    virtual void receive(std::span<char> place) = 0; // on_received
    virtual void send(std::string_view bytes) = 0;   // on_sent
    virtual void say(std::string_view text) = 0;     // on_said, when all of it is sent
    virtual void shut_down() = 0;                    // on_shut_down
    virtual void give_up_receiving() = 0;            // on_received, at once
    virtual void cut() = 0;
    virtual void hand_over(RequestFrame const& frame, std::unique_ptr<Subscription> subscription,
                           std::shared_ptr<Room> place) = 0;

    void on_open(Error error);
    void on_received(Error error, std::size_t count);
    void on_sent(Error error, std::size_t count);
    void on_said(Error error);
    /// `sends_still`: the peer may, and what it sends is dropped for a while.
    void on_shut_down(bool sends_still);
    [[nodiscard]] std::shared_ptr<Worker> const& worker() const { return worker_; }

private:
    enum class State { handshake, idle, head, body, handling, writing, lingering, closed };

    /// Returns whether so many connections are taken that idle ones have to make room.
    [[nodiscard]] bool is_crowded() const;
    void wait_for(State state, std::chrono::milliseconds time);
    template <class Work>
    void guarded(Work const& work);
    void out_of_memory();

    void read();
    void advance();
    void read_body();
    [[nodiscard]] std::string_view too_much();
    [[nodiscard]] AdmitBody admission();

    void take();
    void handle(Request request);
    void respond_from_anywhere(std::uint64_t turn, Response response);
    void respond(std::uint64_t turn, Response response) override;
    void upgrade();
    [[nodiscard]] std::shared_ptr<Room> place_for(Subscription const& subscription) const;

    void give_up(Response response);
    void answer(Response response);
    void write();
    void on_written();
    void end();

    std::shared_ptr<Worker> worker_; // first, so that it outlives the stream
    Traffic& traffic_;
    Peer peer_;
    Incoming incoming_;
    Outgoing outgoing_;
    Counted body_bytes_;
    std::shared_ptr<Room> place_; // among the connections of its address
    Asked asked_;
    Moment deadline_ = Moment::max(), body_began_{};
    State state_ = State::idle;
    std::uint64_t turn_ = 0, answered_ = 0; // numbers of requests
    bool keep_alive_ = true;
    bool last_ = false; // no request after this one
    bool timed_out_ = false;
    bool handed_over_ = false;
};

} // namespace banjie::api
