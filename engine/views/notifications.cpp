#include "engine/views/notifications.hpp"

#include "engine/limits.hpp"
#include "engine/text/json_text.hpp"
#include "engine/views/inboxes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <condition_variable>
#include <set>
#include <thread>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr std::string_view marks_kind = "notification_marks";

Policy const* policy_of(Rules const& rules, std::string const& workflow) {
    auto const found = rules.policies.find(workflow);
    return found == rules.policies.end() ? nullptr : &found->second;
}

bool tells_of(Policy const& policy, std::string_view kind) {
    return std::any_of(policy.notify.begin(), policy.notify.end(),
                       [kind](auto const& rule) { return rule.event == kind; });
}

/// Returns the text of the rule, or else the name of the event or the state.
workflows::Label text_of(Policy const& policy, std::string_view kind, std::string_view to) {
    for (auto const& rule : policy.notify)
        if (rule.event == kind && !rule.text.zh.empty() &&
            std::find(rule.to.begin(), rule.to.end(), to) != rule.to.end())
            return rule.text;
    for (auto const* prefix : {"event.", "state."})
        if (auto const label = policy.labels.find(prefix + std::string(kind));
            label != policy.labels.end())
            return label->second;
    return {};
}

std::uint64_t beginning_of(EventStream const& stream) {
    auto const last = stream.last_seq();
    return last - std::min<std::uint64_t>(last, limits::notified_events);
}

} // namespace

/// The notifications that an account has read. {"up_to":12,"read":[15,17]}: all up to 12, and some
/// after it.
struct Notifications::Marks {
    std::uint64_t up_to = 0;
    std::set<std::uint64_t> read;

    [[nodiscard]] bool has(std::uint64_t seq) const { return seq <= up_to || read.contains(seq); }
};

Notifications::Notifications(EventStream& stream, Engine& engine, Rulebook const& rulebook,
                             Documents& documents)
    : stream_(stream), engine_(engine), rulebook_(rulebook), documents_(documents),
      inboxes_(std::make_unique<Inboxes>(beginning_of(stream))) {}
Notifications::~Notifications() = default;

bool Notifications::catch_up(std::size_t events) {
    auto const rules = rulebook_.rules();
    auto const system = workflows::system_actor();
    std::lock_guard const lock(inboxes_->mutex);
    for (std::size_t taken = 0; taken < events;) {
        auto const found = stream_.read(inboxes_->position, limits::stream_page);
        if (!found || found->empty()) return true;
        for (auto const& event : *found) {
            inboxes_->position = event->seq;
            ++taken;
            auto const* policy = policy_of(*rules, event->workflow);
            if (policy == nullptr || !tells_of(*policy, kind_of(event->text))) continue;
            auto const instance = engine_.find(system, event->workflow, event->subject);
            auto const* const workflow = rules->workflows.find(event->workflow);
            if (instance && workflow != nullptr)
                inboxes_->deliver(*event, **instance, *workflow, *policy);
        }
    }
    return inboxes_->position >= stream_.last_seq();
}

std::optional<Notification> Notifications::read_back(Actor const& actor, std::uint64_t seq,
                                                     std::string_view to) {
    auto const events = stream_.read(seq - 1, 1);
    if (!events || events->empty()) return std::nullopt;
    auto const& event = *events->front();
    auto const instance = engine_.find(actor, event.workflow, event.subject);
    if (!instance) return std::nullopt;
    auto const recorded = recorded_of(seq, event.text);
    auto const rules = rulebook_.rules();
    Notification shown;
    shown.seq = seq;
    shown.at = recorded.event.at;
    shown.kind = kind_of(event.text);
    shown.instance = event.subject;
    shown.workflow = event.workflow;
    if (auto const* const workflow = rules->workflows.find(event.workflow))
        shown.title = (*instance)->facts.text(workflow->title_fact());
    shown.number = (*instance)->number;
    shown.by = recorded.event.actor_name;
    shown.text = text_of(*policy_of(*rules, event.workflow), shown.kind, to);
    return shown;
}

Outcome<NotificationPage> Notifications::page(Actor const& actor, bool unread_only,
                                              std::uint64_t before, std::size_t limit) {
    static_cast<void>(catch_up(limits::events_before_page));
    auto const marks = marks_of(actor);
    if (!marks) return marks.error();
    auto const mine = [&] {
        std::lock_guard const lock(inboxes_->mutex);
        return inboxes_->of(actor);
    }();
    NotificationPage page;
    for (auto const& [seq, to] : mine) {
        bool const is_read = marks->has(seq);
        bool const counts = !is_read && page.unread < limits::counted_unread;
        bool const fits = (before == 0 || seq < before) && (!unread_only || !is_read);
        if (fits && page.items.size() == limit) page.next = page.items.back().seq;
        bool const shows = fits && page.next == 0;
        if (!counts && !shows) {
            if (page.next != 0 && page.unread >= limits::counted_unread) break;
            continue;
        }
        auto notification = read_back(actor, seq, to);
        if (!notification) continue; // the actor may no longer see it
        if (counts) ++page.unread;
        notification->read = is_read;
        if (shows) page.items.push_back(std::move(*notification));
    }
    return page;
}

Outcome<Notifications::Marks> Notifications::marks_of(Actor const& actor) {
    auto const found = documents_.find(marks_kind, actor.user);
    if (!found) return found.error();
    Marks marks;
    if (!*found) return marks;
    auto const body = json::parse((*found)->body);
    body.at("up_to").get_to(marks.up_to);
    body.at("read").get_to(marks.read);
    return marks;
}

Outcome<void> Notifications::write(Caller const& actor, Marks marks) {
    // Bounds the list for users who read one at a time for years: all but the newest count as read.
    while (marks.read.size() > limits::inbox) {
        marks.up_to = *marks.read.begin();
        marks.read.erase(marks.read.begin());
    }
    marks.read.erase(marks.read.begin(), marks.read.upper_bound(marks.up_to));
    return documents_.write(actor,
                            {{.kind = std::string(marks_kind),
                              .id = actor.user,
                              .expected_version = std::nullopt,
                              .body = json{{"up_to", marks.up_to}, {"read", marks.read}}.dump(),
                              .event = {},
                              .said = {}}});
}

Outcome<void> Notifications::mark_read(Caller const& actor,
                                       std::vector<std::uint64_t> const& seqs) {
    std::lock_guard const lock(inboxes_->marking);
    auto marks = marks_of(actor);
    if (!marks) return marks.error();
    auto const last = stream_.last_seq();
    for (auto const seq : seqs)
        if (seq <= last) marks->read.insert(seq);
    return write(actor, std::move(*marks));
}

Outcome<void> Notifications::mark_read_up_to(Caller const& actor, std::uint64_t seq) {
    std::lock_guard const lock(inboxes_->marking);
    auto marks = marks_of(actor);
    if (!marks) return marks.error();
    marks->up_to = std::max(marks->up_to, std::min(seq, stream_.last_seq()));
    return write(actor, std::move(*marks));
}

struct Notifications::Following::Loop {
    explicit Loop(Notifications& notifications)
        : thread([this, &notifications](std::stop_token const& stop) {
              std::unique_lock lock(mutex);
              while (!stop.stop_requested()) {
                  bool const all = notifications.catch_up(limits::stream_page);
                  if (all) changed.wait_for(lock, stop, pause, [] { return false; });
              }
          }) {}

    static constexpr std::chrono::milliseconds pause{500};
    std::mutex mutex;
    std::condition_variable_any changed;
    std::jthread thread; // last: uses the members above
};

Notifications::Following::Following(Notifications& notifications)
    : loop_(std::make_unique<Loop>(notifications)) {}
Notifications::Following::~Following() = default;

} // namespace banjie::engine
