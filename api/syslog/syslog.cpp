#include "api/syslog/syslog.hpp"

#include "api/limits.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/url/parse.hpp>
#include <spdlog/spdlog.h>

#include <array>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace banjie::api {

namespace asio = boost::asio;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;

namespace {

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// One way to the server. Every call ends within limits::syslog_time_s.
class Way {
public:
    virtual ~Way() = default;
    /// Connects where there is no connection, and sends one message.
    [[nodiscard]] virtual error_code send(std::string const& text) = 0;

protected:
    /// Starts something, and waits for it. Calls `cancel` when it takes too long.
    template <class Start, class Cancel>
    error_code carry_out(Start start, Cancel cancel) {
        error_code result;
        bool is_done = false;
        start([&](error_code error, auto const&...) {
            result = error;
            is_done = true;
        });
        context_.restart();
        context_.run_for(std::chrono::seconds(limits::syslog_time_s));
        if (is_done) return result;
        cancel();
        context_.restart();
        context_.run();
        return asio::error::timed_out;
    }

    asio::io_context context_;
};

/// The addresses of a name.
template <class Protocol>
class Named : public Way {
protected:
    explicit Named(SyslogTarget target) : target_(std::move(target)) {}

    error_code resolve() {
        return carry_out(
            [&](auto done) {
                resolver_.async_resolve(target_.host, target_.port,
                                        [this, done](error_code error, auto results) {
                                            found_ = std::move(results);
                                            done(error);
                                        });
            },
            [&] { resolver_.cancel(); });
    }
    /// Connects anew.
    error_code connect() {
        close();
        if (auto const error = resolve()) return error;
        return carry_out([&](auto done) { asio::async_connect(socket_, found_, done); },
                         [&] { close(); });
    }
    void close() {
        error_code ignored;
        socket_.close(ignored);
    }

    SyslogTarget target_;
    typename Protocol::resolver resolver_{this->context_};
    typename Protocol::resolver::results_type found_;
    typename Protocol::socket socket_{this->context_};
};

class Udp final : public Named<asio::ip::udp> {
public:
    explicit Udp(SyslogTarget target) : Named(std::move(target)) {}

    error_code send(std::string const& text) override {
        if (!socket_.is_open())
            if (auto const error = connect()) return error;
        error_code error;
        socket_.send(asio::buffer(text), 0, error);
        if (error) close();
        return error;
    }
};

class Tcp final : public Named<asio::ip::tcp> {
public:
    explicit Tcp(SyslogTarget target) : Named(std::move(target)) {}

    error_code send(std::string const& text) override {
        if (!is_connected())
            if (auto const error = connect()) return error;
        auto const framed = std::to_string(text.size()) + ' ' + text;
        auto const error =
            carry_out([&](auto done) { asio::async_write(socket_, asio::buffer(framed), done); },
                      [&] { close(); });
        if (error) close();
        return error;
    }

private:
    /// A server that went away has ended the stream: writing would still succeed once.
    bool is_connected() {
        if (!socket_.is_open()) return false;
        char byte = 0;
        auto const got =
            ::recv(socket_.native_handle(), &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT);
        return got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
    }
};

class Local final : public Way {
public:
    explicit Local(SyslogTarget target) : path_(std::move(target.host)) {}

    error_code send(std::string const& text) override {
        error_code error;
        if (!socket_.is_open()) socket_.connect(path_, error);
        if (!error)
            error = carry_out([&](auto done) { socket_.async_send(asio::buffer(text), done); },
                              [&] { socket_.cancel(); });
        if (!error) return error;
        error_code ignored;
        socket_.close(ignored);
        return error;
    }

private:
    asio::local::datagram_protocol::endpoint path_;
    asio::local::datagram_protocol::socket socket_{context_};
};

std::unique_ptr<Way> way_to(SyslogTarget target) {
    switch (target.kind) {
    case SyslogTarget::Kind::udp:
        return std::make_unique<Udp>(std::move(target));
    case SyslogTarget::Kind::tcp:
        return std::make_unique<Tcp>(std::move(target));
    case SyslogTarget::Kind::local:
        break;
    }
    return std::make_unique<Local>(std::move(target));
}

} // namespace

std::optional<SyslogTarget> SyslogTarget::from(std::string_view text) {
    constexpr std::string_view local = "unix:";
    constexpr std::size_t longest_path = 107; // of a socket's address
    if (text.starts_with(local)) {
        auto const path = text.substr(local.size());
        if (!path.starts_with('/') || path.size() > longest_path) return std::nullopt;
        return SyslogTarget{Kind::local, std::string(path), {}};
    }
    auto const url = boost::urls::parse_uri(text);
    if (!url || url->host().empty() || !(url->path().empty() || url->path() == "/"))
        return std::nullopt;
    if (url->scheme() != "udp" && url->scheme() != "tcp") return std::nullopt;
    std::string port = url->has_port() ? std::string(url->port()) : "514";
    std::uint16_t number = 0; // the URL's own number of a port that is too great is not 0
    auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (error != std::errc() || end != port.data() + port.size() || number == 0)
        return std::nullopt;
    return SyslogTarget{url->scheme() == "udp" ? Kind::udp : Kind::tcp,
                        std::string(url->host_address()), std::move(port)};
}

class Syslog::Sender {
public:
    Sender(SyslogTarget const& target, std::atomic<std::uint64_t>& sent,
           std::atomic<std::uint64_t>& lost)
        : keeps_(target.kind != SyslogTarget::Kind::udp), way_(way_to(target)), sent_(sent),
          lost_(lost), thread_([this] { run(); }) {}
    ~Sender() {
        {
            std::lock_guard const lock(mutex_);
            stops_at_ = Steady::now() + std::chrono::seconds(limits::syslog_stop_time_s);
        }
        changed_.notify_all();
        thread_.join();
    }

    void put(SyslogMessage const& message) {
        auto text = rfc5424_text(message, host_, process_);
        {
            std::lock_guard const lock(mutex_);
            if (waiting_.size() < limits::syslog_messages)
                waiting_.push_back(std::move(text));
            else
                ++lost_;
        }
        changed_.notify_all();
    }

private:
    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return stops_at_ || !waiting_.empty(); });
            if (waiting_.empty() || (stops_at_ && Steady::now() >= *stops_at_)) break;
            auto const text = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            auto const error = way_->send(text);
            lock.lock();
            if (!error)
                ++sent_;
            else if (keeps_)
                waiting_.push_front(text);
            else
                ++lost_;
            log(error);
            // Also over UDP: a name that is not found would be asked for with every message.
            if (error)
                changed_.wait_for(lock, std::chrono::seconds(limits::syslog_pause_s),
                                  [this] { return stops_at_.has_value(); });
            if (error && stops_at_) break;
        }
        lost_ += waiting_.size();
    }

    /// When it begins to fail, and when it ends.
    void log(error_code error) {
        if (static_cast<bool>(error) == is_failing_) return;
        is_failing_ = static_cast<bool>(error);
        if (error)
            spdlog::error("The syslog server cannot be reached: {}", error.message());
        else
            spdlog::info("The syslog server is reached again");
    }

    std::string const host_ = host_name();
    int const process_ = ::getpid();
    bool const keeps_; // what could not be sent
    std::unique_ptr<Way> const way_;
    std::atomic<std::uint64_t>& sent_;
    std::atomic<std::uint64_t>& lost_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> waiting_;
    std::optional<Steady::time_point> stops_at_;
    bool is_failing_ = false;
    std::thread thread_; // last: it uses the others
};

Syslog::Syslog(SyslogTarget target, std::atomic<std::uint64_t>& sent,
               std::atomic<std::uint64_t>& lost)
    : sender_(std::make_unique<Sender>(target, sent, lost)) {}
Syslog::~Syslog() = default;

void Syslog::send(SyslogMessage const& message) {
    sender_->put(message);
}

} // namespace banjie::api
