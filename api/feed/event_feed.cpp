#include "api/feed/event_feed.hpp"

#include "api/limits.hpp"
#include "api/request/credentials.hpp"
#include "api/request/cursor.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/refusal_document.hpp"
#include "api/request/request_checks.hpp"
#include "api/shown/cloud_event.hpp"

#include <array>

namespace banjie::api {

using engine::Outcome;

namespace {

Response wrong_version() {
    auto response = refusal_response(
        {"websocket_version"_code, "The WebSocket is not of version 13, or has no key."});
    response.headers.emplace_back("Sec-WebSocket-Version", "13");
    response.headers.emplace_back("Upgrade", "websocket");
    return response;
}

} // namespace

EventFeed::EventFeed(engine::EventStream& stream, CallerOf caller_of, std::string path)
    : stream_(stream), caller_of_(std::move(caller_of)), path_(std::move(path)),
      kept_(limits::feed_kept_texts) {}

EventFeed::Opening EventFeed::open(Request const& request, RequestFrame const& frame) {
    auto const refused = [](Response response) { return Opening{nullptr, std::move(response)}; };
    if (request.method != Method::get || frame.websocket_version != "13" ||
        frame.websocket_key.size() != 24)
        return refused(wrong_version());
    // A page of another site must not read the feed with a browser's cookie.
    bool const unnamed = request.origin.empty() && credentials_of(request).by_cookie;
    if (unnamed || !is_of_this_host(request)) return refused(refusal_response(foreign_origin()));
    if (auto checked = check_texts(request); !checked)
        return refused(refusal_response(checked.error()));
    auto actor = caller_of_(request);
    if (!actor) return refused(refusal_response(actor.error()));
    for (auto const& [name, value] : request.query)
        if (name != "after")
            return refused(refusal_response(
                unknown_parameter(name, std::array<std::string_view, 1>{"after"})));
    auto after = stream_.last_seq();
    if (auto const token = request.query_value("after")) {
        auto const number = position_of(*token, stream_);
        if (!number) return refused(refusal_response(number.error()));
        after = *number;
    }
    Request kept;
    kept.authorization = request.authorization;
    kept.cookie = request.cookie;
    kept.secure = request.secure;
    kept.address = request.address;
    return {std::make_unique<Subscription>(*this, std::move(kept), std::move(*actor), after), {}};
}

std::shared_ptr<std::string const> EventFeed::text_of(engine::StreamEvent const& event) {
    {
        std::lock_guard const lock(mutex_);
        auto const& kept = kept_[event.seq % kept_.size()];
        if (kept.seq == event.seq && kept.text) return kept.text;
    }
    auto text = std::make_shared<std::string const>(cloud_event_text(event));
    std::lock_guard const lock(mutex_);
    auto& kept = kept_[event.seq % kept_.size()];
    if (kept.seq < event.seq) kept = {event.seq, text};
    return text;
}

Subscription::Subscription(EventFeed& feed, Request request, engine::Actor actor,
                           std::uint64_t after)
    : feed_(feed), request_(std::move(request)), actor_(std::move(actor)), after_(after) {}

Outcome<void> Subscription::check() {
    auto actor = feed_.caller_of_(request_);
    if (!actor) return actor.error();
    actor_ = std::move(*actor); // roles may have changed
    return boost::system::in_place_value;
}

Outcome<Subscription::Page> Subscription::next() {
    auto events = feed_.stream_.read(after_, limits::feed_page);
    if (!events) return events.error();
    Page page;
    if (events->empty()) return page;
    if (auto checked = check(); !checked) return checked.error();
    for (auto const& event : *events) {
        after_ = event->seq;
        ++skipped_;
        if (!engine::may_see_codes(actor_, event->seen_by)) continue;
        page.messages.push_back(feed_.text_of(*event));
        skipped_ = 0;
    }
    if (skipped_ >= limits::feed_skipped_events) {
        skipped_ = 0;
        page.messages.push_back(std::make_shared<std::string const>(
            R"({"cursor":")" + cursor_of('e', after_) + R"("})"));
    }
    page.more = true;
    page.is_full = events->size() >= limits::feed_page;
    return page;
}

} // namespace banjie::api
