#include "api/command_line/audit_schedule.hpp"
#include "api/command_line/backup_schedule.hpp"
#include "api/command_line/commands.hpp"
#include "api/command_line/offline.hpp"
#include "api/command_line/watch.hpp"
#include "api/description/openapi.hpp"
#include "api/feed/event_feed.hpp"
#include "api/files/scanner.hpp"
#include "api/request/metrics.hpp"
#include "api/request/worker_pool.hpp"
#include "api/router.hpp"
#include "api/transport/server.hpp"
#include "engine/commands/timers.hpp"
#include "engine/text/time_text.hpp"

#include <spdlog/spdlog.h>

#include <csignal>
#include <thread>
#include <unistd.h>

namespace banjie::api::command_line {

namespace {

options::options_description serve_options() {
    options::options_description known;
    add_data_option(known);
    auto const text = [](char const* name) {
        return options::value<std::string>()->value_name(name);
    };
    known.add_options()("address", text("ADDRESS")->default_value("127.0.0.1"), "where to listen")(
        "port",
        options::value<std::uint16_t>()->value_name("PORT")->default_value(
            static_cast<std::uint16_t>(std::stoi(environment("BANJIE_PORT", "8080")))),
        "0: any that is free; BANJIE_PORT")("tls-certificate", text("FILE"),
                                            "serve HTTPS with this chain (PEM)")(
        "tls-key", text("FILE"), "and its key (PEM)")("backups", text("FOLDER"),
                                                      "where backups are written")(
        "backup-every", options::value<int>()->value_name("HOURS")->default_value(0),
        "write one by itself; 0: only when somebody asks")(
        "keep-backups", options::value<std::size_t>()->value_name("N")->default_value(0),
        "of those that are whole, when one was written by itself; 0: all")(
        "threads",
        options::value<unsigned>()->value_name("N")->default_value(
            std::max(1U, std::thread::hardware_concurrency())),
        "for connections")(
        "connections",
        options::value<std::size_t>()->value_name("N")->default_value(ServerOptions().connections),
        "at most so many at once")(
        "memory-mib", options::value<std::uint64_t>()->value_name("N")->default_value(128),
        "for the store's cache and write buffers")(
        "reserve-mib", options::value<std::uint64_t>()->value_name("N")->default_value(512),
        "of free disk; below, writes are refused")(
        "proxy", options::value<Words>()->composing()->value_name("ADDRESS"),
        "believe X-Forwarded-For, -Proto and -Host of this proxy, or block of proxies; several by "
        "commas or repeated")(
        "public-origin", text("URL"),
        "at which browsers ask the server, https://banjie.example.cn; when proxies change it")(
        "requests-per-second",
        options::value<int>()->value_name("N")->default_value(limits::requests_per_second),
        "of one account or address, but for this machine's own; 0: no bound")(
        "scanner", text("SOCKET"), "of clamd, which looks at every file that is attached")(
        "sign-heads", text("FILE"),
        "append signed heads of the history's hash chain; best kept away from the data")(
        "signing-key", text("FILE"), "that signs them (Ed25519, PEM): 'banjie signing-key new'")(
        "sign-every", options::value<int>()->value_name("MINUTES")->default_value(10),
        "when the head has moved; and when the server stops")(
        "syslog", text("URL"),
        "send what is audited, and signed heads, to udp://host:port, tcp://host:port or "
        "unix:/dev/log (RFC 5424)")(
        "existing", "refuse to begin a new store: for a service whose store is there")(
        "allow-root", "serve as root, which a service never needs; BANJIE_ALLOW_ROOT=1");
    return known;
}

/// Returns why the server cannot start with these arguments; empty if it can.
std::string trouble_with(Arguments const& arguments) {
    bool const may_be_root =
        arguments.flag("allow-root") || environment("BANJIE_ALLOW_ROOT", "") == "1";
    if (geteuid() == 0 && !may_be_root)
        return "The server does not run as root, because a fault would endanger the whole "
               "machine.\nStart it as another user, as the package's service does, or with "
               "--allow-root.";
    if (arguments.as<int>("backup-every") > 0 && arguments.text("backups").empty())
        return "Cannot write backups regularly: --backup-every needs a folder.\nStart the server "
               "with --backups FOLDER as well.";
    if (arguments.text("sign-heads").empty() != arguments.text("signing-key").empty())
        return "Cannot sign heads: --sign-heads FILE and --signing-key FILE belong together.";
    if (arguments.as<int>("sign-every") < 1)
        return "Cannot sign heads: --sign-every is less than one minute.";
    return {};
}

std::uint64_t reserve_bytes(Arguments const& arguments) {
    return arguments.as<std::uint64_t>("reserve-mib") << 20U;
}

storage::RocksdbOptions store_options(Arguments const& arguments) {
    storage::RocksdbOptions opening;
    opening.directory = store_directory(arguments);
    opening.create_if_missing = !arguments.flag("existing");
    opening.memory_bytes = arguments.as<std::uint64_t>("memory-mib") << 20U;
    opening.reserve_bytes = reserve_bytes(arguments);
    opening.now_ms = [] { return engine::system_clock().now().time_since_epoch().count(); };
    opening.log = [](int level, std::string_view message) {
        spdlog::log(level >= 3 ? spdlog::level::err : spdlog::level::warn, "store: {}", message);
    };
    opening.failed = [](storage::Failure const& failure) {
        spdlog::error("The store no longer knows what it wrote, so the process ends: {}",
                      failure.detail);
        spdlog::shutdown();
        _exit(70);
    };
    return opening;
}

std::vector<std::string> proxies_of(Arguments const& arguments) {
    std::vector<std::string> proxies;
    if (!arguments.flag("proxy")) return proxies;
    for (auto const& list : arguments.as<Words>("proxy"))
        for (std::size_t at = 0; at <= list.size();) {
            auto const comma = std::min(list.find(',', at), list.size());
            if (comma > at) proxies.push_back(list.substr(at, comma - at));
            at = comma + 1;
        }
    return proxies;
}

ServerOptions server_options(Arguments const& arguments) {
    ServerOptions options;
    options.address = arguments.text("address");
    options.port = arguments.as<std::uint16_t>("port");
    options.tls_certificate = arguments.text("tls-certificate");
    options.tls_key = arguments.text("tls-key");
    options.proxies = proxies_of(arguments);
    options.public_origin = arguments.text("public-origin");
    options.threads = arguments.as<unsigned>("threads");
    options.connections = arguments.as<std::size_t>("connections");
    return options;
}

/// Blocks the signals before any thread starts, so that only the main thread waits for them.
sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void warn_of_strays(storage::Blobs& blobs) {
    auto const strays = blobs.strays();
    if (!strays || strays->empty()) return;
    spdlog::warn("{} files among the attachments are none of the program's, '{}' first: they are "
                 "passed over",
                 strays->size(), strays->front());
}

/// What leaves the store while the server works.
struct AuditOutlets {
    std::unique_ptr<Syslog> syslog;
    AuditPlan plan;
};

/// Refuses a key, a file of heads or an address that cannot be used.
storage::Result<AuditOutlets> audit_outlets(Arguments const& arguments, Conditions& conditions) {
    AuditOutlets outlets;
    outlets.plan.backups = arguments.text("backups");
    outlets.plan.sign_every = std::chrono::minutes(arguments.as<int>("sign-every"));
    if (auto const url = arguments.text("syslog"); !url.empty()) {
        auto syslog = open_syslog(url, conditions.syslog_sent, conditions.syslog_lost);
        if (!syslog) return syslog.error();
        outlets.syslog = std::move(*syslog);
        outlets.plan.syslog = outlets.syslog.get();
    }
    if (auto const file = arguments.text("sign-heads"); !file.empty()) {
        auto heads = open_heads(file, arguments.text("signing-key"));
        if (!heads) return heads.error();
        outlets.plan.heads = std::move(*heads);
    }
    return outlets;
}

BackupPlan backup_plan(Arguments const& arguments) {
    return {.folder = arguments.text("backups"),
            .every = std::chrono::hours(arguments.as<int>("backup-every")),
            .keep = arguments.as<std::size_t>("keep-backups")};
}

void reload_certificate(Server& server) {
    auto const reloaded = server.reload_certificate();
    if (!reloaded)
        spdlog::error("The certificate in use stays: {}", message_of(reloaded.error()));
    else if (auto const ends = server.certificate_ends())
        spdlog::info("The certificate was read again, and ends on {}", engine::time_text(*ends));
    else
        spdlog::info("SIGHUP: there is no certificate to read again");
}

/// Serves until SIGTERM or SIGINT. SIGHUP reloads the certificate.
void serve_until_told(sigset_t const& signals, Server& server, Watch& watch) {
    constexpr timespec second{.tv_sec = 1, .tv_nsec = 0};
    for (;;) {
        watch.look(engine::system_clock().now(), std::chrono::steady_clock::now(),
                   server.certificate_ends());
        int const signal = sigtimedwait(&signals, nullptr, &second);
        if (signal == SIGTERM || signal == SIGINT) return;
        if (signal == SIGHUP) reload_certificate(server);
    }
}

void say_ready(Arguments const& arguments, Server const& server) {
    bool const secure = !arguments.text("tls-certificate").empty();
    spdlog::info("Ready on {}://{}:{}", secure ? "https" : "http", arguments.text("address"),
                 server.port());
    bool const in_the_clear = !secure && !arguments.flag("proxy");
    if (in_the_clear && !is_of_this_machine(arguments.text("address")))
        spdlog::warn("Passwords travel in the clear: serve HTTPS, or behind a proxy that does");
}

std::shared_ptr<Scanner> scanner_of(Arguments const& arguments) {
    auto const socket = arguments.text("scanner");
    return socket.empty() ? nullptr : std::shared_ptr(open_clamd(socket));
}

/// Serves until a signal arrives, then finishes the requests in flight.
int run(Arguments const& arguments, engine::Office& office, storage::ChainedStore& store,
        sigset_t const& signals) {
    engine::Timers const timers(office.engine, office.clock);
    engine::Notifications::Following const following(office.notifications);
    Metrics metrics;
    WorkerPool workers;
    Router router({.office = office,
                   .metrics = metrics,
                   .post = [&workers](auto const& caller,
                                      auto work) { return workers.post(caller, std::move(work)); },
                   .describe = openapi_document,
                   .scanner = scanner_of(arguments),
                   .backup_directory = arguments.text("backups"),
                   .requests_per_second = arguments.as<int>("requests-per-second")});
    auto const feed = std::make_shared<EventFeed>(office.stream, [&router](Request const& request) {
        return router.caller_of(request, Router::Use::passive);
    });
    auto options = server_options(arguments);
    options.admit_body = [&router](Request& request, std::uint64_t bytes) {
        return router.admit_body(request, bytes);
    };
    options.charge = [&router](std::string const& account, double requests) {
        return router.charge(account, requests);
    };
    options.answers = router.services().answers;
    auto outlets = audit_outlets(arguments, *router.services().conditions);
    if (!outlets) return fail(message_of(outlets.error()));
    outlets->plan.store = &store;
    AuditSchedule audit(office, *router.services().conditions, std::move(outlets->plan));
    Server server(
        std::move(options),
        [&router](Request request, Respond respond) {
            router.handle(std::move(request), std::move(respond));
        },
        feed);
    if (auto started = server.start(); !started) return fail(message_of(started.error()));
    say_ready(arguments, server);
    BackupSchedule backups(office, *router.services().conditions, backup_plan(arguments));
    backups.start();
    audit.start();
    Watch watch(*router.services().conditions);
    serve_until_told(signals, server, watch);
    spdlog::info("Stopping: finishing what is under way");
    server.stop();
    office.engine.drain();
    audit.finish();
    return 0;
}

} // namespace

int serve(Typed typed) {
    int status = 0;
    auto const arguments = parse(typed,
                                 {"banjie serve [--data FOLDER] [--port PORT] …",
                                  "Runs the server until SIGTERM or SIGINT. The store is made "
                                  "where there is none; accounts\n"
                                  "are made with 'banjie user create' before.",
                                  0, 0},
                                 serve_options(), status);
    if (!arguments) return status;
    if (auto const trouble = trouble_with(*arguments); !trouble.empty()) return fail(trouble);
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l: %v");
    auto const signals = block_signals();
    if (auto const trouble = trouble_beginning_in(arguments->text("data")); !trouble.empty())
        return fail(trouble);
    auto opened = storage::open_rocksdb_store(store_options(*arguments));
    if (!opened) return fail(message_of(opened.error()));
    auto const store = std::move(*opened);
    auto blobs =
        storage::open_blob_files(attachments_directory(*arguments), reserve_bytes(*arguments));
    if (!blobs) return fail(message_of(blobs.error()));
    {
        auto const began = std::chrono::steady_clock::now();
        engine::Office office(*store, engine::system_clock(), engine::system_random(),
                              std::move(*blobs));
        if (auto loaded = office.load(); !loaded) return fail(message_of(loaded.error()));
        warn_of_strays(office.attachments.blobs());
        spdlog::info("{} instances loaded in {} ms", office.index.size(),
                     std::chrono::duration_cast<std::chrono::milliseconds>(
                         std::chrono::steady_clock::now() - began)
                         .count());
        status = run(*arguments, office, *store, signals);
    }
    store->close();
    spdlog::info("Closed");
    return status;
}

} // namespace banjie::api::command_line
