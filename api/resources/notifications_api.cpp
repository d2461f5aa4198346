#include "api/resources/notifications_api.hpp"

#include "api/limits.hpp"
#include "api/request/cursor.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "engine/text/time_text.hpp"

#include <charconv>

namespace banjie::api::notifications {

using engine::Outcome;
using nlohmann::json;

namespace {

std::optional<std::uint64_t> seq_of(json const& id) {
    if (!id.is_string()) return std::nullopt;
    auto const& text = id.get_ref<std::string const&>();
    std::uint64_t seq = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
    bool const read = error == std::errc{} && end == text.data() + text.size();
    return read ? std::optional(seq) : std::nullopt;
}

json notification_json(engine::Notification const& notification, bool chinese) {
    return {{"id", std::to_string(notification.seq)},
            {"at", engine::time_text(notification.at)},
            {"kind", notification.kind},
            {"instance", notification.instance},
            {"workflow", notification.workflow},
            {"title", notification.title},
            {"number", notification.number},
            {"by", notification.by},
            {"text", chinese ? notification.text.zh : notification.text.en},
            {"read", notification.read}};
}

engine::Refusal bad_ids() {
    return invalid_field("ids", "wrong_type"_code,
                         "The body is neither {\"ids\":[…]} with at most " +
                             std::to_string(limits::bulk_ids) +
                             " ids of notifications nor {\"up_to\":id}.");
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    auto const limit = query_number(exchange.request, "limit", 1, 100, 20);
    if (!limit) return limit.error();
    auto const before = number_of_cursor('n', exchange.query("cursor"));
    if (!before) return before.error();
    bool const unread_only = exchange.query("unread") == "true";
    auto const page = exchange.office().notifications.page(exchange.actor, unread_only, *before,
                                                           static_cast<std::size_t>(*limit));
    if (!page) return page.error();
    bool const chinese = exchange.query("lang") != "en";
    json items = json::array();
    for (auto const& notification : page->items)
        items.push_back(notification_json(notification, chinese));
    json next = nullptr;
    if (page->next != 0) next = cursor_of('n', page->next);
    return json_response(
        {{"items", std::move(items)}, {"unread", page->unread}, {"next_cursor", std::move(next)}});
}

Outcome<Response> mark_read(Exchange& exchange) {
    auto const& body = exchange.body;
    auto& notifications = exchange.office().notifications;
    if (body.size() != 1) return bad_ids();
    if (auto const up_to = body.find("up_to"); up_to != body.end()) {
        auto const seq = seq_of(*up_to);
        if (!seq) return bad_ids();
        auto const marked = notifications.mark_read_up_to(exchange.actor, *seq);
        if (!marked) return marked.error();
    } else {
        auto const ids = body.find("ids");
        if (ids == body.end() || !ids->is_array() || ids->size() > limits::bulk_ids)
            return bad_ids();
        std::vector<std::uint64_t> seqs;
        for (auto const& id : *ids) {
            auto const seq = seq_of(id);
            if (!seq) return bad_ids();
            seqs.push_back(*seq);
        }
        auto const marked = notifications.mark_read(exchange.actor, seqs);
        if (!marked) return marked.error();
    }
    auto const page = notifications.page(exchange.actor, true, 0, 1);
    if (!page) return page.error();
    return json_response({{"unread", page->unread}});
}

} // namespace banjie::api::notifications
