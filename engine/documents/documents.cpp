#include "engine/documents/documents.hpp"

#include "engine/once/replies.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <future>
#include <memory>
#include <utility>

namespace banjie::engine {

using nlohmann::json;
using storage::Committed;
using storage::Fault;

namespace {

/// Writes the event with the names of an instance's event, so that readers of the stream need no
/// second form.
std::string text_of(Caller const& actor, DocumentChange const& change, Time now,
                    std::vector<std::string> const& seen_by) {
    json event = {{"type", change.event},
                  {"command", change.event},
                  {"kind", change.kind},
                  {"subject", change.about.empty() ? change.id : change.about},
                  {"workflow", "document"},
                  {"version", change.expected_version.value_or(0) + 1},
                  {"fields", change.said.empty() ? json::object() : json::parse(change.said)},
                  {"changes", json::object()},
                  {"states", json::array()},
                  {"actor", actor.user},
                  {"actor_name", actor.display_name},
                  {"organisation", actor.organisation},
                  {"at", time_text(now)},
                  {"seen_by", seen_by}};
    bool const for_administrators = seen_by.front().starts_with('!');
    if (for_administrators && !actor.address.empty()) event["address"] = actor.address;
    return event.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

Documents::Documents(storage::Store& store, EventStream& stream, Clock& clock)
    : store_(store), stream_(stream), clock_(clock) {}

void Documents::commit(Caller const& actor, std::vector<DocumentChange> changes,
                       storage::CommitDone done) {
    storage::Batch batch;
    auto events = std::make_shared<std::vector<std::shared_ptr<StreamEvent>>>();
    Time const now = clock_.now();
    for (DocumentChange& change : changes) {
        storage::DocumentWrite write{.kind = change.kind,
                                     .id = change.id,
                                     .expected_version = change.expected_version,
                                     .body = std::move(change.body),
                                     .event = {}};
        if (!change.event.empty()) {
            auto event = std::make_shared<StreamEvent>();
            event->subject = change.about.empty() ? change.id : change.about;
            event->workflow = "document";
            event->seen_by = change.seen_by;
            if (event->seen_by.empty())
                event->seen_by = {"!" + (change.place.empty() ? actor.organisation : change.place)};
            event->text = text_of(actor, change, now, event->seen_by);
            write.event = event->text;
            events->push_back(std::move(event));
        }
        batch.documents.push_back(std::move(write));
    }
    if (!actor.idempotency_key.empty())
        batch.reply = remember(actor.user, actor.idempotency_key, actor.request, reply_lost, now);
    store_.commit(std::move(batch), [this, events, done = std::move(done)](auto const& result) {
        if (result && !events->empty()) {
            std::uint64_t seq = result->first_seq;
            for (auto const& event : *events) event->seq = seq++;
            stream_.publish({events->begin(), events->end()});
        }
        done(result);
    });
}

Outcome<void> Documents::write(Caller const& actor, std::vector<DocumentChange> changes) {
    auto promise = std::make_shared<std::promise<storage::Result<Committed>>>();
    auto future = promise->get_future();
    commit(actor, std::move(changes),
           [promise](auto const& result) { promise->set_value(result); });
    auto const result = future.get();
    if (!result) return refusal_of(result.error(), "write this change");
    return {};
}

void Documents::write_soon(Caller const& actor, std::vector<DocumentChange> changes) {
    commit(actor, std::move(changes), [](auto const&) {});
}

Outcome<std::optional<storage::Document>> Documents::find(std::string_view kind,
                                                          std::string_view id) {
    auto found = store_.document(kind, id);
    if (!found) return refusal_of(found.error(), "read a document");
    return std::move(*found);
}

Outcome<std::vector<storage::Document>> Documents::all(std::string_view kind) {
    auto found = store_.documents(kind);
    if (!found) return refusal_of(found.error(), "read the documents");
    return std::move(*found);
}

} // namespace banjie::engine
