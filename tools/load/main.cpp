// Drives a server over keep-alive connections, and measures.

#include "api/command_line/secret.hpp"
#include "tools/load/accounts.hpp"
#include "tools/load/kinds.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>

namespace banjie::load {

namespace {

using namespace api::command_line;

struct Kind {
    std::string_view name;
    nlohmann::json (*drive)(LoadOrder const&);
};

constexpr Kind kinds[] = {{"lives", drive_lives},
                          {"reads", drive_reads},
                          {"absence", drive_absence},
                          {"feed", drive_feed},
                          {"crowd", drive_crowd}};

options::options_description load_options() {
    options::options_description known;
    add_client_options(known);
    auto const number = [](unsigned usual) {
        return options::value<unsigned>()->value_name("N")->default_value(usual);
    };
    known.add_options()("problems", number(2'000),
                        "lives of ten commands")("requests", number(20'000), "of reads")(
        "path", options::value<std::string>()->default_value("/api/v1/problems"),
        "what is read, or what is not shown")("connections", number(64),
                                              "kept open; of a feed, its subscribers")(
        "seconds", number(10), "for which a crowd pushes")(
        "patience", number(0),
        "seconds in which lives go through the server's end and its next start, by repeating "
        "with idempotency keys")("record", options::value<std::string>()->value_name("FILE"),
                                 "writes each command that was done as a line of JSON")(
        "floor", "send the same bytes to a server that answers anything (tools/measure.cpp)");
    return known;
}

/// Raises the limit of open files to the most that the system allows.
void allow_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::optional<LoadTarget> target_of(std::string const& url) {
    auto const address = server_address(url);
    if (!address || address->secure) return std::nullopt;
    boost::asio::io_context context;
    boost::asio::ip::tcp::resolver resolver(context);
    return LoadTarget{*resolver.resolve(address->host, address->port).begin(), address->host};
}

int run(Words const& typed) {
    int status = 0;
    auto const arguments =
        parse(typed,
              {"banjie_load [lives|reads|absence|feed|crowd] [--connections N] [--server URL]",
               "Drives a server with the demonstration's accounts (password: BANJIE_PASSWORD):\n"
               "problems from report to close, reads of one path, or of one that is not shown "
               "beside one\n"
               "that is not there, subscribers of the events, or more connections than it takes. "
               "Prints what it saw as JSON.",
               0, 1},
              load_options(), status);
    if (!arguments) return status;
    auto const word = arguments->words.empty() ? "lives" : arguments->words[0];
    auto const* const kind = std::find_if(std::begin(kinds), std::end(kinds),
                                          [&](Kind const& one) { return one.name == word; });
    if (kind == std::end(kinds)) return fail("there is no load of the kind '" + word + "'");
    Client client(*arguments);
    auto target = target_of(client.server());
    if (!target) return fail("the server's address does not begin with http://");
    target->patience = std::chrono::seconds(arguments->as<unsigned>("patience"));
    std::ofstream lines(arguments->text("record"));
    Record record(arguments->flag("record") ? &lines : nullptr);
    bool const reads = word == "reads" || word == "absence";
    LoadOrder order{.target = *target,
                    .record = record,
                    .connections = arguments->as<unsigned>("connections"),
                    .count = arguments->as<unsigned>(reads ? "requests" : "problems"),
                    .floor = arguments->flag("floor"),
                    .path = arguments->text("path"),
                    .seconds = arguments->as<unsigned>("seconds")};
    if (!order.floor) {
        auto tokens = sign_in_for_load(client, ask_password("Password: "));
        if (!tokens) return 1;
        order.tokens = std::move(*tokens);
    }
    allow_open_files();
    if (target->patience.count() > 0)
        order.next_key = [load = std::to_string(std::random_device()()), given = 0]() mutable {
            return load + "-" + std::to_string(++given);
        };
    auto result = kind->drive(order);
    auto const findings = record.findings();
    result["linearizable"] = findings.empty();
    auto const first_error = result.value("first_error", "");
    result["connections"] = order.connections;
    std::cout << result.dump() << "\n";
    for (auto const& finding : findings) std::cerr << finding << "\n";
    if (!findings.empty()) return fail("no order of the commands explains the answers");
    return first_error.empty() ? 0 : fail("the first refusal: " + first_error);
}

} // namespace

} // namespace banjie::load

int main(int count, char** words) {
    umask(077); // only its owner may read the file of the session
    try {
        return banjie::load::run({words + 1, words + count});
    } catch (std::exception const& error) {
        return banjie::api::command_line::fail(error.what());
    }
}
