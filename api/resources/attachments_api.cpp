#include "api/resources/attachments_api.hpp"

#include "api/files/file_name.hpp"
#include "api/files/photo_cleaning.hpp"
#include "api/files/scanner.hpp"
#include "api/limits.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "api/request/rooms.hpp"
#include "api/shown/instance_resource.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace banjie::api::attachments {

using engine::Attachment;
using engine::Outcome;
using nlohmann::json;

namespace {

Outcome<std::shared_ptr<engine::Instance const>> instance_of(Exchange& exchange) {
    auto const id = InstanceResource(*exchange.workflow).id_of(exchange.parameter("id"));
    return exchange.office().engine.find(exchange.actor, exchange.workflow->name(), id);
}

/// Reads the attachment's properties from the query. The content type is determined later.
Outcome<Attachment> described(Exchange const& exchange) {
    Attachment attachment;
    attachment.name = exchange.query("name");
    attachment.purpose = exchange.query("purpose");
    if (auto checked = check_name(attachment.name); !checked) return checked.error();
    std::string known;
    for (auto const& purpose : exchange.workflow->attachments()) {
        if (purpose.name == attachment.purpose) return attachment;
        known += (known.empty() ? "" : ", ") + std::string(purpose.name);
    }
    return invalid_field("purpose", "unknown_value"_code,
                         "The value is not one of: " + known + ".");
}

json shown(Exchange const& exchange, engine::Instance const& instance,
           Attachment const& attachment) {
    auto const may = exchange.office().attachments.may_remove(exchange.actor, instance, attachment);
    auto object = engine::to_json(attachment);
    object["removable"] = may.has_value();
    return object;
}

/// Returns the bytes to store, and sets their type and name in `attachment`.
Outcome<std::string> taken(Exchange& exchange, Attachment& attachment) {
    auto& bytes = exchange.request.body;
    auto const type = file_type_of(bytes);
    if (!type) return type.error();
    auto name = fitting_name(std::move(attachment.name), **type);
    if (!name) return name.error();
    attachment.name = std::move(*name);
    attachment.content_type = (*type)->content_type;
    if (auto const& scanner = exchange.services.scanner)
        if (auto harmless = scanner->scan(bytes); !harmless) return harmless.error();
    if (exchange.query("keep_metadata") == "true") return std::move(bytes);
    return cleaned(std::move(bytes), **type);
}

std::string disposition_of(std::string const& name, bool shown) {
    return std::string(shown ? "inline" : "attachment") + "; filename*=UTF-8''" +
           boost::urls::encode(name, boost::urls::unreserved_chars);
}

} // namespace

Outcome<void> may_add(Exchange& exchange) {
    auto const instance = instance_of(exchange);
    if (!instance) return instance.error();
    auto& attachments = exchange.office().attachments;
    if (auto allowed = attachments.may_add(exchange.actor, **instance); !allowed) return allowed;
    if (auto attachment = described(exchange); !attachment) return attachment.error();
    return boost::system::in_place_value;
}

Outcome<Response> add(Exchange& exchange) {
    auto const instance = instance_of(exchange);
    if (!instance) return instance.error();
    auto& attachments = exchange.office().attachments;
    if (auto allowed = attachments.may_add(exchange.actor, **instance); !allowed)
        return allowed.error();
    auto attachment = described(exchange);
    if (!attachment) return attachment.error();
    auto const bytes = taken(exchange, *attachment);
    if (!bytes) return bytes.error();
    auto const added = attachments.add(exchange.actor, **instance, std::move(*attachment), *bytes);
    if (!added) return added.error();
    return json_response(shown(exchange, **instance, *added), 201);
}

Outcome<Response> list(Exchange& exchange) {
    auto const instance = instance_of(exchange);
    if (!instance) return instance.error();
    auto const all = exchange.office().attachments.of((*instance)->id);
    if (!all) return all.error();
    json items = json::array(), removed = json::array();
    for (auto const& attachment : all->present)
        items.push_back(shown(exchange, **instance, attachment));
    for (auto const& one : all->removed) removed.push_back(engine::to_json(one));
    return json_response({{"items", std::move(items)}, {"removed", std::move(removed)}});
}

Outcome<Response> remove(Exchange& exchange) {
    auto const instance = instance_of(exchange);
    if (!instance) return instance.error();
    auto const removed = exchange.office().attachments.remove(exchange.actor, **instance,
                                                              exchange.parameter("attachment"));
    if (!removed) return removed.error();
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

Outcome<Response> get(Exchange& exchange) {
    auto const instance = instance_of(exchange);
    if (!instance) return instance.error();
    auto& attachments = exchange.office().attachments;
    auto const attachment = attachments.find((*instance)->id, exchange.parameter("attachment"));
    if (!attachment) return attachment.error();
    Response response;
    if (attachment->size_bytes > limits::body_bytes) { // others are answers like any
        response.room =
            exchange.services.large_bodies->open(exchange.actor.user, exchange.request.address);
        if (!response.room->hold(attachment->size_bytes)) return no_room_for_body();
    }
    auto bytes = attachments.bytes_of((*instance)->id, *attachment);
    if (!bytes) {
        spdlog::error("Attachment '{}.{}' is not given: {}", (*instance)->id, attachment->id,
                      bytes.error().code.name());
        return bytes.error();
    }
    auto const* const type = file_type_named(attachment->content_type);
    bool const shown = exchange.query("inline") == "true" && type && type->is_shown_inline;
    bool const is_pdf = attachment->content_type == "application/pdf";
    response.content_type = attachment->content_type;
    response.body = std::move(*bytes);
    response.headers = {
        {"Content-Disposition", disposition_of(attachment->name, shown)},
        // Browsers refuse to show a PDF in a sandbox; their PDF viewers are sandboxed themselves.
        {"Content-Security-Policy",
         shown && is_pdf ? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
                         : "default-src 'none'; sandbox; frame-ancestors 'self'"},
        {"Cross-Origin-Resource-Policy", "same-origin"}};
    return response;
}

} // namespace banjie::api::attachments
