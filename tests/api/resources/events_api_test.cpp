#include "api/limits.hpp"
#include "api/resources/events_api.hpp"
#include "api/shown/cloud_event.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;
using nlohmann::json;

namespace {

/// Events 1 to `count`; every third may be seen by Yudu.
void publish(engine::EventStream& stream, std::uint64_t count) {
    for (std::uint64_t seq = 1; seq <= count; ++seq) {
        auto event = std::make_shared<engine::StreamEvent>();
        event->seq = seq;
        event->workflow = "problem";
        event->text = R"({"type":"assigned"})";
        event->seen_by = {seq % 3 == 0 ? "360731*" : "360121*"};
        stream.publish({event});
    }
}

engine::Actor yudu() {
    engine::Actor actor;
    actor.organisation = actor.region = "360731";
    return actor;
}

} // namespace

TEST_CASE("pages hold what the caller may see, and their cursors lead through all of it once") {
    auto const store = storage::open_memory_store();
    engine::EventStream stream(*store);
    publish(stream, 30);
    std::vector<std::string> ids;
    std::uint64_t after = 0;
    for (int pages = 0; pages < 4; ++pages) {
        auto const page = json::parse(*events::page_text(stream, yudu(), after, 4));
        CHECK(page["items"].size() <= 4);
        for (auto const& item : page["items"]) ids.push_back(item["id"]);
        after = *position_of(page["next_cursor"].get<std::string>(), stream);
    }
    CHECK(ids == std::vector<std::string>{"3", "6", "9", "12", "15", "18", "21", "24", "27", "30"});
    CHECK(after == 30);
    CHECK(*position_of("now", stream) == 30);
}

TEST_CASE("a page ends after so many events that are not to be seen, and can be continued") {
    auto const store = storage::open_memory_store();
    engine::EventStream stream(*store);
    publish(stream, 3 * limits::searched_events);
    auto stranger = yudu();
    stranger.organisation = stranger.region = "360999";
    auto const page = json::parse(*events::page_text(stream, stranger, 0, 100));
    CHECK(page["items"].empty());
    auto const after = *position_of(page["next_cursor"].get<std::string>(), stream);
    CHECK(after >= limits::searched_events);
    CHECK(after < 2 * limits::searched_events);
}
