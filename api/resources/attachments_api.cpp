#include "api/resources/attachments_api.hpp"

#include "api/files/file_name.hpp"
#include "api/files/photo_cleaning.hpp"
#include "api/files/scanner.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "api/shown/instance_resource.hpp"
#include "engine/documents/attachment_files.hpp"
#include "engine/refusal_of.hpp"

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

/// Creates the file of a body that has not arrived yet, if the file may be added.
Outcome<void> begin(Exchange& exchange, engine::Instance const& instance, std::uint64_t bytes) {
    auto& attachments = exchange.office().attachments;
    if (auto allowed = attachments.may_add(exchange.actor, instance, {}, bytes); !allowed)
        return allowed;
    if (auto attachment = described(exchange); !attachment) return attachment.error();
    auto file = attachments.begin(instance, bytes);
    if (!file) return file.error();
    exchange.request.file = std::move(*file);
    return boost::system::in_place_value;
}

/// Writes a body that was too small for admission into a file like any other.
Outcome<void> write_small_body(Exchange& exchange, engine::Instance const& instance) {
    auto& request = exchange.request;
    if (request.file) return boost::system::in_place_value;
    if (auto begun = begin(exchange, instance, request.body.size()); !begun) return begun;
    if (auto written = request.file->append(request.body); !written)
        return engine::refusal_of(written.error(), "keep the attachment");
    return boost::system::in_place_value;
}

/// Inspects the bytes, and sets their type and name in `attachment`.
Outcome<FileType const*> inspect(Exchange const& exchange, std::string_view bytes,
                                 Attachment& attachment) {
    auto const type = file_type_of(bytes);
    if (!type) return type;
    auto name = fitting_name(std::move(attachment.name), **type);
    if (!name) return name.error();
    attachment.name = std::move(*name);
    attachment.content_type = (*type)->content_type;
    if (auto const& scanner = exchange.services.scanner)
        if (auto harmless = scanner->scan(bytes); !harmless) return harmless.error();
    return type;
}

/// A photo that tells nothing any more takes the place of the one that came.
Outcome<void> clean(Exchange& exchange, engine::Instance const& instance, std::string_view bytes,
                    FileType const& type) {
    if (!is_cleaned(type) || exchange.query("keep_metadata") == "true")
        return boost::system::in_place_value;
    auto const kept = cleaned(std::string(bytes), type);
    if (!kept) return kept.error();
    if (*kept == bytes) return boost::system::in_place_value;
    auto file = exchange.office().attachments.begin(instance, kept->size());
    if (!file) return file.error();
    if (auto written = (*file)->append(*kept); !written)
        return engine::refusal_of(written.error(), "keep the attachment");
    exchange.request.file = std::move(*file);
    return boost::system::in_place_value;
}

std::string disposition_of(std::string const& name, bool shown) {
    return std::string(shown ? "inline" : "attachment") + "; filename*=UTF-8''" +
           boost::urls::encode(name, boost::urls::unreserved_chars);
}

} // namespace

Outcome<void> admit(Exchange& exchange, std::uint64_t bytes) {
    auto const instance = instance_of(exchange);
    if (!instance) return instance.error();
    return begin(exchange, **instance, bytes);
}

Outcome<Response> add(Exchange& exchange) {
    auto const instance = instance_of(exchange);
    if (!instance) return instance.error();
    if (auto written = write_small_body(exchange, **instance); !written) return written.error();
    auto attachment = described(exchange);
    if (!attachment) return attachment.error();
    auto const bytes = file_bytes(exchange.request);
    if (!bytes) return bytes.error();
    auto const type = inspect(exchange, *bytes, *attachment);
    if (!type) return type.error();
    if (auto done = clean(exchange, **instance, *bytes, **type); !done) return done.error();
    auto const added = exchange.office().attachments.add(
        exchange.actor, **instance, std::move(*attachment), *exchange.request.file);
    exchange.request.file.reset();
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
    auto file = attachments.open((*instance)->id, *attachment);
    if (!file) {
        spdlog::error("Attachment '{}.{}' is not given: {}", (*instance)->id, attachment->id,
                      file.error().code);
        return file.error();
    }
    auto const* const type = file_type_named(attachment->content_type);
    bool const shown = exchange.query("inline") == "true" && type && type->is_shown_inline;
    bool const is_pdf = attachment->content_type == "application/pdf";
    Response response;
    response.content_type = attachment->content_type;
    response.file = std::move(*file);
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
