#include "api/transport/server.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/transport/http_connection.hpp"
#include "api/transport/tls.hpp"
#include "engine/people/address_block.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/write.hpp>
#include <spdlog/spdlog.h>

#include <new>
#include <optional>
#include <sys/resource.h>
#include <thread>

namespace banjie::api {

namespace asio = boost::asio;
using boost::asio::ip::tcp;
using boost::system::error_code;
using engine::Outcome;

namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

constexpr std::size_t other_files = 512; // the store's, and some to spare

engine::Refusal cannot_listen(ServerOptions const& options, error_code error) {
    return {.code = "cannot_listen"_code,
            .detail = "Cannot listen on " + options.address + " port " +
                      std::to_string(options.port) + ": " + error.message() + ".",
            .help = "Choose another port if another process has this one."};
}

/// Asks for as many open files as the bounds allow. Where the system gives fewer the bounds shrink:
/// who is too many hears so, and does not hang.
void allow_open_files(ServerOptions& options) {
    rlimit limit{};
    rlim_t const wanted = options.connections + options.feeds + other_files;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    if (limit.rlim_cur >= wanted) return;
    auto const files = static_cast<std::size_t>(limit.rlim_cur);
    auto const sockets = files > 2 * other_files ? files - other_files : files / 2;
    options.connections = std::min(options.connections, sockets - sockets / 2);
    options.feeds = std::min(options.feeds, sockets / 2);
    spdlog::warn("The system lets the server open {} files, fewer than the {} that it wants: it "
                 "takes {} connections and {} feeds (LimitNOFILE, ulimit -n)",
                 files, wanted, options.connections, options.feeds);
}

/// One try without waiting: whoever is too many is not owed more.
void turn_away(Socket socket) {
    static constexpr std::string_view text =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n"
        "Retry-After: 2\r\nContent-Length: 129\r\nConnection: close\r\n\r\n"
        R"({"type":"urn:banjie:refusal:too_many_connections","title":"Unavailable for now",)"
        R"("status":503,"code":"too_many_connections"})"
        "\r\n\r\n\r\n";
    static_assert(text.find("too_many_connections"_code) != std::string_view::npos);
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

} // namespace

struct Server::Parts {
    std::shared_ptr<Traffic> traffic = std::make_shared<Traffic>();
    std::vector<std::shared_ptr<Worker>> workers;
    std::vector<std::thread> threads;
    std::optional<Acceptor> acceptor; // on the first worker
    std::optional<Timer> pause;
    std::size_t next = 0; // worker
    std::uint16_t port = 0;
    bool accepting = true;
    std::atomic<std::int64_t> certificate_ends_ms = 0; // 0: none

    [[nodiscard]] Outcome<Worker::Tls> load_certificate() {
        auto const& options = traffic->options;
        if (options.tls_certificate.empty() && options.tls_key.empty()) return Worker::Tls();
        auto tls = load_tls(options.tls_certificate, options.tls_key);
        if (tls) certificate_ends_ms = end_of_certificate(**tls).time_since_epoch().count();
        return tls;
    }

    [[nodiscard]] Outcome<void> read_forwarding() {
        auto const& options = traffic->options;
        auto proxies = Proxies::named(options.proxies);
        if (!proxies) return proxies.error();
        std::optional<PublicOrigin> origin;
        if (!options.public_origin.empty()) {
            auto read = PublicOrigin::from(options.public_origin);
            if (!read) return read.error();
            origin = std::move(*read);
        }
        traffic->forwarding = Forwarding(std::move(*proxies), std::move(origin));
        return boost::system::in_place_value;
    }

    Outcome<void> listen() {
        auto const& options = traffic->options;
        error_code error;
        auto const address = asio::ip::make_address(options.address, error);
        if (error)
            return engine::Refusal{.code = "bad_address"_code,
                                   .detail = "Cannot listen on '" + options.address +
                                             "': it is not the address of an interface.",
                                   .help = "Give, for example, 127.0.0.1, 0.0.0.0 or ::."};
        tcp::endpoint const endpoint(address, options.port);
        acceptor.emplace(workers.front()->context());
        pause.emplace(workers.front()->context());
        acceptor->open(endpoint.protocol(), error);
        if (!error) acceptor->set_option(Acceptor::reuse_address(true), error);
        if (!error) acceptor->bind(endpoint, error);
        if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
        if (error) return cannot_listen(options, error);
        port = acceptor->local_endpoint(error).port();
        return boost::system::in_place_value;
    }

    void accept() {
        auto& worker = workers[next++ % workers.size()];
        acceptor->async_accept(worker->context(), [this, worker](error_code error, Socket socket) {
            if (!accepting) return;
            if (error) return accept_later();
            take(worker, std::move(socket));
            accept();
        });
    }

    // Out of descriptors, most likely: at once it would only fail again.
    void accept_later() {
        pause->expires_after(std::chrono::milliseconds(100));
        pause->async_wait([this](error_code) {
            if (accepting) accept();
        });
    }

    void share_places() {
        auto const& options = traffic->options;
        auto const part = [](std::size_t all, std::size_t of) {
            return std::max<std::size_t>(1, all / of);
        };
        traffic->connection_places = std::make_shared<Rooms>(
            Shares{.all = options.connections,
                   .caller = part(options.connections, limits::block_part), // who has a block
                   .address = part(options.connections, limits::address_part)});
        traffic->feed_places = std::make_shared<Rooms>(
            Shares{.all = options.feeds,
                   .caller = std::min(options.feeds, limits::feeds_of_account),
                   .address = part(options.feeds, limits::block_part)});
    }

    struct Place {
        bool taken = true;            // false: that peer has no more of them
        std::shared_ptr<Room> room{}; // nullptr: its places are not counted
    };
    [[nodiscard]] Place place_for(Socket& socket) const {
        error_code error;
        auto const peer = plain(socket.remote_endpoint(error).address());
        if (error || peer.is_loopback() || traffic->forwarding.is_proxy(peer)) return {};
        auto const address = peer.to_string();
        auto room = traffic->connection_places->open(engine::block_of(address), address);
        bool const taken = room->hold(1);
        return {taken, std::move(room)};
    }

    void take(std::shared_ptr<Worker> const& worker, Socket socket) {
        auto place = place_for(socket);
        if (!place.taken) return turn_away(std::move(socket));
        if (traffic->connections.fetch_add(1) >= traffic->options.connections) {
            --traffic->connections;
            return turn_away(std::move(socket));
        }
        worker->post([worker, socket = std::move(socket), room = std::move(place.room)]() mutable {
            try {
                if (!worker->stopping())
                    return open_http_connection(worker, std::move(socket), std::move(room));
            } catch (std::bad_alloc const&) {
                spdlog::error("Memory ran out for a connection");
            }
            --worker->traffic().connections;
        });
    }

    void stop() {
        if (threads.empty()) return;
        workers.front()->post([this] {
            accepting = false;
            error_code ignored;
            acceptor->close(ignored);
            pause->cancel();
        });
        auto const last_moment = std::chrono::steady_clock::now() + traffic->options.stop_time;
        for (auto const& worker : workers)
            worker->post([worker, last_moment] { worker->stop(last_moment); });
        for (auto& thread : threads) thread.join();
        threads.clear();
        for (auto const& worker : workers) worker->end();
        acceptor.reset();
        pause.reset();
    }
};

Server::Server(ServerOptions options, Handle handle, std::shared_ptr<EventFeed> feed)
    : parts_(std::make_unique<Parts>()) {
    parts_->traffic->options = std::move(options);
    parts_->traffic->handle = std::move(handle);
    parts_->traffic->feed = std::move(feed);
}

Server::~Server() {
    stop();
}

Outcome<void> Server::start() {
    auto& traffic = *parts_->traffic;
    auto& options = traffic.options;
    auto const tls = parts_->load_certificate();
    if (!tls) return tls.error();
    if (auto read = parts_->read_forwarding(); !read) return read.error();
    allow_open_files(options);
    parts_->share_places();
    unsigned const threads =
        options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < threads; ++i)
        parts_->workers.emplace_back(std::make_shared<Worker>(parts_->traffic))->use(*tls);
    if (auto listening = parts_->listen(); !listening) return listening.error();
    parts_->accept();
    for (auto const& worker : parts_->workers)
        parts_->threads.emplace_back([worker] { worker->run(); });
    return boost::system::in_place_value;
}

Outcome<void> Server::reload_certificate() {
    auto const tls = parts_->load_certificate();
    if (!tls) return tls.error();
    for (auto const& worker : parts_->workers)
        worker->post([worker, tls = *tls] { worker->use(tls); });
    return boost::system::in_place_value;
}

std::optional<engine::Time> Server::certificate_ends() const {
    std::int64_t const ms = parts_->certificate_ends_ms;
    if (ms == 0) return std::nullopt;
    return engine::Time(engine::Time::duration(ms));
}

std::uint16_t Server::port() const {
    return parts_->port;
}

std::size_t Server::connections() const {
    return parts_->traffic->connections;
}

std::size_t Server::feeds() const {
    return parts_->traffic->feeds;
}

void Server::stop() {
    parts_->stop();
}

} // namespace banjie::api
