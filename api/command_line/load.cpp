// Drives problems through their whole life over keep-alive connections, and measures.

#include "api/command_line/client.hpp"
#include "api/command_line/commands.hpp"
#include "api/command_line/progress_bar.hpp"
#include "api/command_line/secret.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <iostream>
#include <sys/resource.h>

namespace banjie::api::command_line {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable;
using asio::use_awaitable;
using nlohmann::json;

namespace {

using Clock = std::chrono::steady_clock;

struct Deed {
    char const* by;
    char const* command;
    json fields;
};

std::vector<Deed> life() {
    return {{"township",
             "",
             {{"title", "断头路影响群众出行"},
              {"description", "通村公路尚有三公里未硬化，雨天无法通行，沿线两个村六百余户群众出行困"
                              "难，请求协调解决。"},
              {"category", "transport"},
              {"region", "360731100"},
              {"submit", true}}},
            {"county", "accept", json::object()},
            {"county", "assign", {{"lead_unit", "360731-transport"}}},
            {"load-unit", "acknowledge", json::object()},
            {"load-unit", "log_progress", {{"text", "已现场勘察，正在编制方案。"}}},
            {"load-unit",
             "submit_resolution",
             {{"result", "solved"}, {"measures", "三公里路段已硬化并通过验收。"}}},
            {"county", "approve_resolution", json::object()},
            {"visitor",
             "log_visit",
             {{"method", "on_site"},
              {"thoroughly_resolved", "yes"},
              {"accepted_by_grassroots", "satisfied"},
              {"findings", "现场查看，道路畅通，群众满意。"}}},
            {"visitor", "conclude_visits", json::object()},
            {"county", "close", json::object()}};
}

/// What all connections share; one thread runs them all.
struct Measurement {
    std::uint64_t problems = 0, begun = 0, errors = 0;
    bool floor = false;
    std::map<std::string, std::string> tokens;
    std::vector<std::uint32_t> took_us;
    std::string first_error;
    ServerAddress server;
};

using Request = http::request<http::string_body>;

Request request_of(Measurement const& measured, Deed const& deed, std::string const& id) {
    std::string target = "/api/v1/problems";
    if (*deed.command != '\0') target += "/" + id + "/commands/" + deed.command;
    Request request(http::verb::post, target, 11);
    request.set(http::field::host, measured.server.host);
    request.set(http::field::content_type, "application/json");
    if (auto const token = measured.tokens.find(deed.by); token != measured.tokens.end())
        request.set(http::field::authorization, "Bearer " + token->second);
    request.body() = deed.fields.dump();
    request.prepare_payload();
    return request;
}

awaitable<void> live(Measurement& measured, std::vector<Deed> const& deeds,
                     asio::ip::tcp::endpoint to) {
    beast::tcp_stream stream(co_await asio::this_coro::executor);
    co_await stream.async_connect(to, use_awaitable);
    stream.socket().set_option(asio::ip::tcp::no_delay(true));
    beast::flat_buffer buffer;
    while (measured.begun < measured.problems) {
        ++measured.begun;
        std::string id;
        for (Deed const& deed : deeds) {
            auto const request = request_of(measured, deed, id);
            auto const began = Clock::now();
            co_await http::async_write(stream, request, use_awaitable);
            http::response<http::string_body> response;
            co_await http::async_read(stream, buffer, response, use_awaitable);
            auto const took =
                std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
            measured.took_us.push_back(static_cast<std::uint32_t>(took.count()));
            if (response.result_int() >= 300) {
                ++measured.errors;
                if (measured.first_error.empty()) measured.first_error = response.body();
                break;
            }
            if (id.empty() && !measured.floor)
                id = json::parse(response.body()).at("id").get<std::string>();
        }
    }
}

/// The sessions, and an account for the unit that handles.
bool prepare(Client& client, Measurement& measured, std::string const& password) {
    auto const sign_in_as = [&](std::string const& name) {
        return client.ask("POST", "/api/v1/sessions", {{"username", name}, {"password", password}});
    };
    if (!sign_in_as("load-unit").good()) {
        auto const admin = sign_in_as("admin");
        if (!admin.good()) {
            print_refusal(admin);
            return false;
        }
        client.act_as(admin.body.at("token"));
        auto const made = client.ask("POST", "/api/v1/users",
                                     {{"name", "load-unit"},
                                      {"display_name", "load"},
                                      {"organisation", "360731-transport"},
                                      {"roles", {"handler"}},
                                      {"password", password}});
        if (!made.good()) {
            print_refusal(made);
            return false;
        }
    }
    for (auto const* name : {"township", "county", "load-unit", "visitor"}) {
        auto const answer = sign_in_as(name);
        if (!answer.good()) {
            print_refusal(answer);
            return false;
        }
        measured.tokens[name] = answer.body.at("token");
    }
    return true;
}

double percentile_ms(std::vector<std::uint32_t> const& sorted, double share) {
    if (sorted.empty()) return 0;
    auto const at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    return sorted[at] / 1'000.0;
}

double cpu_s() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

} // namespace

int load(Typed typed) {
    options::options_description known;
    add_client_options(known);
    known.add_options()("problems",
                        options::value<std::uint64_t>()->value_name("N")->default_value(2'000),
                        "lives of ten commands")(
        "connections", options::value<unsigned>()->value_name("N")->default_value(64),
        "kept open; each drives one problem at a time")(
        "floor", "send the same bytes to a server that answers anything (tools/measure.cpp)");
    int status = 0;
    auto const arguments = parse(
        typed,
        {"banjie load [--problems N] [--connections N] [--server URL]",
         "Drives problems from report to close on a server with the demonstration's accounts\n"
         "(password: BANJIE_PASSWORD), and prints what it took as JSON.",
         0, 0},
        known, status);
    if (!arguments) return status;
    Client client(*arguments);
    Measurement measured;
    auto const server = server_address(client.server());
    if (!server || server->secure) return fail("expected an http:// server, but it is another");
    measured.server = *server;
    measured.problems = arguments->as<std::uint64_t>("problems");
    measured.floor = arguments->flag("floor");
    measured.took_us.reserve(measured.problems * 10);
    if (!measured.floor && !prepare(client, measured, ask_password("Password: "))) return 1;

    asio::io_context context{1};
    auto const to = *asio::ip::tcp::resolver(context).resolve(server->host, server->port).begin();
    auto const deeds = life();
    std::string broken;
    auto const connections = arguments->as<unsigned>("connections");
    for (unsigned i = 0; i < connections; ++i)
        asio::co_spawn(context, live(measured, deeds, to), [&broken](std::exception_ptr thrown) {
            try {
                if (thrown) std::rethrow_exception(thrown);
            } catch (std::exception const& error) {
                broken = error.what();
            }
        });
    auto const began = Clock::now();
    auto const cpu_began = cpu_s();
    context.run();
    auto const took_s = std::chrono::duration<double>(Clock::now() - began).count();
    auto const count = measured.took_us.size();
    std::sort(measured.took_us.begin(), measured.took_us.end());
    json const result = {{"connections", connections},
                         {"problems", measured.begun},
                         {"commands", count},
                         {"errors", measured.errors},
                         {"seconds", took_s},
                         {"commands_per_s", static_cast<double>(count) / took_s},
                         {"p50_ms", percentile_ms(measured.took_us, 0.5)},
                         {"p99_ms", percentile_ms(measured.took_us, 0.99)},
                         {"p999_ms", percentile_ms(measured.took_us, 0.999)},
                         {"load_cpu_share", (cpu_s() - cpu_began) / took_s}};
    std::cout << result.dump() << "\n";
    if (!broken.empty()) return fail("a connection broke: " + broken);
    if (measured.errors > 0) return fail("the first refusal: " + measured.first_error);
    return 0;
}

} // namespace banjie::api::command_line
