#pragma once
// Inside the transport (Asio): a thread with the connections that live on it. Only the sources of
// the transport include this.

#include "api/transport/forwarding.hpp"
#include "api/transport/server.hpp"
#include "engine/events/event_stream.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <deque>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace banjie::api {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using TlsSocket = boost::asio::ssl::stream<Socket>;
using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
using Moment = std::chrono::steady_clock::time_point;

/// What all threads share. Outlives every connection.
struct Traffic {
    ServerOptions options;
    Handle handle;
    std::shared_ptr<EventFeed> feed;
    Forwarding forwarding;
    std::atomic<bool> has_warned_of_proxy = false;
    std::shared_ptr<Rooms> connection_places; // of addresses and blocks, by connection
    std::shared_ptr<Rooms> feed_places;       // of accounts and addresses, by feed
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> requests = 0; // under way
    std::atomic<std::size_t> bodies_bytes = 0;
    std::atomic<std::size_t> feeds = 0;
};

/// Everything here runs on the thread of its worker.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    virtual ~Connection() = default;
    /// Looks at its deadline.
    virtual void tick(Moment now) = 0;
    /// Ends as soon as what is under way allows.
    virtual void stop() = 0;
    /// Ends now. Idempotent; leaves its worker.
    virtual void close() = 0;
    /// There is something newer in the stream of events.
    virtual void wake() {}
    /// Takes the answer to the request of that number.
    virtual void respond(std::uint64_t, Response) {}
};

/// One thread. Deadlines are plain fields that one timer looks at, so keeping time costs a request
/// nothing.
class Worker : public std::enable_shared_from_this<Worker> {
public:
    explicit Worker(std::shared_ptr<Traffic> traffic);

    /// Until stopped and all connections are gone. The body of the thread.
    void run();
    /// Runs it on this thread, from any; false when the thread has ended.
    template <class Work>
    bool post(Work work) {
        std::lock_guard const lock(mutex_);
        if (ended_) return false;
        boost::asio::post(context_, std::move(work));
        return true;
    }
    /// An answer on its way to its connection.
    struct Answer {
        std::shared_ptr<Connection> connection;
        std::uint64_t turn = 0;
        Response response;
    };
    /// The same for an answer: those that come in a burst wake the thread once.
    bool hand_over(Answer answer);
    /// Refuses everything from now on. Call it after the thread has been joined.
    void end();

    /// Takes the certificate for the connections to come; nullptr: plain. Before the thread begins,
    /// or on it.
    using Tls = std::shared_ptr<boost::asio::ssl::context>;
    void use(Tls tls) { tls_ = std::move(tls); }

    // The rest only on this thread.
    [[nodiscard]] Tls const& tls() const { return tls_; }
    void stop(Moment last_moment);
    void add(std::shared_ptr<Connection> connection);
    void remove(Connection& connection);
    /// Wakes that connection once when an event after `after` is there.
    void wake_when_newer(std::shared_ptr<Connection> connection, std::uint64_t after);

    [[nodiscard]] Traffic& traffic() { return *traffic_; }
    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    [[nodiscard]] bool is_this_thread() { return context_.get_executor().running_in_this_thread(); }
    [[nodiscard]] bool stopping() const { return stopping_; }
    /// Returns the time; at most one tick old.
    [[nodiscard]] Moment now() const { return now_; }
    /// Returns the value of the header field Date.
    [[nodiscard]] std::string const& date();

private:
    void wait_for_tick();
    void tick();
    void look_at_deadlines();
    void wake_waiting();
    void take_answers();
    void wake_some();

    std::shared_ptr<Traffic> traffic_;
    Tls tls_;
    boost::asio::io_context context_{1};
    Timer timer_{context_};
    std::unordered_set<std::shared_ptr<Connection>> connections_;
    std::vector<std::weak_ptr<Connection>> waiting_; // for the stream of events
    std::deque<std::weak_ptr<Connection>> waking_;   // there is something newer for them
    std::unique_ptr<engine::EventStream::Waiter> waiter_;
    Moment now_ = std::chrono::steady_clock::now();
    Moment last_moment_ = Moment::max();
    std::int64_t date_second_ = -1;
    std::string date_;
    bool stopping_ = false;
    std::mutex mutex_; // of the rest
    bool ended_ = false;
    std::vector<Answer> answers_; // handed over; while there are any, `take_answers` is posted
};

} // namespace banjie::api
