#include "api/resources/operations_api.hpp"

#include "api/request/metrics.hpp"
#include "api/request/permissions.hpp"
#include "api/request/refusal_codes.hpp"
#include "engine/backups/backups.hpp"
#include "engine/embedded.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/json_text.hpp"
#include "engine/text/time_text.hpp"

#include <spdlog/spdlog.h>

namespace banjie::api::operations {

using engine::Outcome;
using engine::Refusal;
using nlohmann::json;

namespace {

Outcome<Response> built_in(std::string_view path, std::string content_type) {
    auto const content = engine::embedded_file(path);
    if (!content)
        return Refusal{.code = "unknown_page"_code,
                       .detail = "The program has no page of that name."};
    Response response;
    response.content_type = std::move(content_type);
    response.body = *content;
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; script-src 'self'; style-src 'self'; "
                                  "connect-src 'self'; base-uri 'none'; form-action 'none'; "
                                  "frame-ancestors 'none'");
    return response;
}

} // namespace

Outcome<Response> health(Exchange&) {
    return json_response({{"status", "alive"}});
}

Outcome<Response> readiness(Exchange& exchange) {
    auto const status = exchange.office().store.status();
    json const body = {
        {"status", status.accepts_writes ? "ready" : "not_ready"},
        {"accepts_writes", status.accepts_writes},
        {"warnings", exchange.services.conditions->warnings(exchange.office().clock.now())}};
    return json_response(body, status.accepts_writes ? 200 : 503);
}

Outcome<Response> metrics(Exchange& exchange) {
    auto const& request = exchange.request;
    if (!request.of_this_machine) {
        auto const actor = exchange.office().accounts.actor_of(credentials_of(request).token);
        if (!actor) return actor.error();
        if (auto allowed = require_chief_administrator(*actor); !allowed) return allowed.error();
    }
    Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body =
        exchange.services.metrics.text(exchange.office(), *exchange.services.conditions);
    return response;
}

Outcome<Response> openapi(Exchange& exchange) {
    return json_response(exchange.services.describe(*exchange.office().rulebook.rules()));
}

Outcome<Response> docs(Exchange&) {
    return built_in("api/pages/docs.html", "text/html; charset=utf-8");
}

Outcome<Response> docs_script(Exchange&) {
    return built_in("api/pages/docs.js", "text/javascript; charset=utf-8");
}

Outcome<Response> style(Exchange&) {
    return built_in("api/pages/pages.css", "text/css; charset=utf-8");
}

Outcome<Response> back_up(Exchange& exchange) {
    if (auto allowed = require_chief_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const& directory = exchange.services.backup_directory;
    if (directory.empty())
        return Refusal{
            .code = "no_backup_directory"_code,
            .detail = "Cannot write a backup: the server was started without a folder for backups.",
            .help = "Start the server with --backups FOLDER."};
    auto& office = exchange.office();
    auto const written = engine::back_up(office.store, office.attachments.blobs(), directory,
                                         [](std::uint64_t, std::uint64_t) {});
    if (!written) {
        auto const& refusal = written.error();
        for (auto const& error : refusal.errors) spdlog::error("Backup: {}", error.detail);
        spdlog::error("No whole backup ({}): {}", refusal.code.name(), refusal.detail);
        return refusal;
    }
    for (auto const& finding : written->damaged)
        spdlog::error("Backup: {}; the copy is whole", finding);
    return json_response({{"number", written->number},
                          {"last_seq", written->last_seq},
                          {"attachments", written->attachments},
                          {"mended", written->mended},
                          {"damaged", written->damaged}},
                         201);
}

Outcome<Response> backups(Exchange& exchange) {
    if (auto allowed = require_chief_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const& directory = exchange.services.backup_directory;
    json items = json::array();
    if (!directory.empty()) {
        auto const found = engine::backups_in(directory);
        if (!found) return found.error();
        for (auto const& backup : *found)
            items.push_back({{"number", backup.number},
                             {"written_at", engine::time_text(backup.written_at)},
                             {"size_bytes", backup.size_bytes},
                             {"state", engine::name_of(backup.state)},
                             {"findings", backup.findings}});
    }
    return json_response({{"items", std::move(items)}, {"enabled", !directory.empty()}});
}

} // namespace banjie::api::operations
