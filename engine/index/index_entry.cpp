#include "engine/index/index_entry.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

constexpr char without_days = 1, format = 2;
constexpr std::uint64_t last_ms = 253'402'300'799'999; // 9999-12-31T23:59:59.999Z

std::uint64_t ms_of(Time time) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(time.time_since_epoch().count(), 0));
}

class Writer {
public:
    Writer() {
        constexpr std::size_t usual_bytes = 256;
        bytes.reserve(usual_bytes);
        bytes += format;
    }
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U)
            bytes.push_back(static_cast<char>((value & 0x7fU) | 0x80U));
        bytes.push_back(static_cast<char>(value));
    }
    void text(std::string_view value) {
        number(value.size());
        bytes += value;
    }
    void list(auto const& texts) {
        number(texts.size());
        for (auto const& one : texts) text(one);
    }
    void time(std::optional<Time> value) { number(value ? ms_of(*value) + 1 : 0); }

    std::string bytes;
};

/// Reads as long as all is well; afterwards everything reads as nothing.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (bytes_.empty()) break;
            auto const byte = static_cast<unsigned char>(bytes_.front());
            bytes_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) return value;
        }
        sound_ = false;
        return 0;
    }
    std::string_view text() {
        auto const size = number();
        if (size > bytes_.size()) sound_ = false;
        if (!sound_) return {};
        auto const value = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return value;
    }
    template <class T>
    void list(std::vector<T>& texts) {
        auto const count = number();
        for (std::uint64_t i = 0; i < count && sound_; ++i) texts.emplace_back(text());
    }
    Day day() {
        auto const value = number();
        if (value > last_day) sound_ = false;
        return sound_ ? static_cast<Day>(value) : Day{0};
    }
    Time time() { return time_at(number()); }
    std::optional<Time> time_or_none() {
        auto const following = number(); // millisecond
        return following == 0 ? std::nullopt : std::optional(time_at(following - 1));
    }
    [[nodiscard]] bool is_at_end() const { return sound_ && bytes_.empty(); }

private:
    Time time_at(std::uint64_t ms) {
        if (ms > last_ms) sound_ = false;
        return Time(std::chrono::milliseconds(sound_ ? static_cast<std::int64_t>(ms) : 0));
    }

    std::string_view bytes_;
    bool sound_ = true;
};

/// The texts of an entry in the order of the record.
auto texts_of(auto& entry) {
    return std::array{&entry.workflow,  &entry.state,  &entry.light,  &entry.supervision,
                      &entry.category,  &entry.source, &entry.region, &entry.reporting_unit,
                      &entry.lead_unit, &entry.title};
}

std::uint64_t history_of(Fields const& facts) {
    std::uint64_t bits = 0;
    auto const put = [&bits](bool holds, std::uint64_t bit) { bits |= holds ? bit : 0; };
    auto const accepted = facts.text("accepted_by_grassroots");
    put(facts.has("handled_at"), IndexEntry::handled);
    put(facts.flag("handled_late"), IndexEntry::late);
    put(facts.has("thoroughly_resolved"), IndexEntry::visited);
    put(facts.text("thoroughly_resolved") == "yes", IndexEntry::resolved);
    put(accepted == "satisfied" || accepted == "mostly_satisfied", IndexEntry::satisfied);
    put(facts.number("rework_count") > 0, IndexEntry::reworked);
    return bits;
}

/// The first of its days, which is not in the record: a draft is not reported yet.
Day reported_on(IndexEntry const& entry) {
    bool const counts =
        entry.workflow == "problem" && entry.state != "draft" && entry.state != "discarded";
    return counts ? day_of(entry.created) : Day{0};
}

Days days_of(Fields const& facts, Day reported) {
    return {reported,
            day_of(facts.time("assigned_at")),
            day_of(facts.time("overdue_at")),
            day_of(facts.time("handled_at")),
            day_of(facts.time("visited_at")),
            day_of(facts.time("closed_at"))};
}

} // namespace

IndexEntry index_entry_of(Instance const& instance) {
    auto const& facts = instance.facts;
    IndexEntry entry;
    entry.workflow = instance.workflow;
    entry.state = instance.states[0];
    if (instance.states.size() > 1) entry.light = instance.states[1];
    if (instance.states.size() > 2) entry.supervision = instance.states[2];
    entry.category = facts.text("category");
    entry.source = facts.has("channel") ? facts.text("channel") : facts.text("source");
    entry.region = facts.text("region");
    entry.reporting_unit =
        facts.has("convener") ? facts.text("convener") : facts.text("reporting_unit");
    entry.lead_unit = facts.text("lead_unit");
    entry.title = facts.text("title");
    auto const& helpers =
        facts.has("participants") ? facts.texts("participants") : facts.texts("co_handlers");
    entry.co_handlers.assign(helpers.begin(), helpers.end());
    if (auto const* workflow = find_workflow(instance.workflow))
        entry.waits_for = workflow->waits_for(instance);
    if (facts.has("round")) entry.round = facts.number("round");
    entry.created = instance.created_at;
    entry.updated = instance.updated_at;
    entry.due = facts.time("due_at");
    if (instance.wake) entry.wake = instance.wake->at;
    entry.history = history_of(facts);
    if (instance.workflow == "problem") entry.days = days_of(facts, reported_on(entry));
    return entry;
}

std::string encode(IndexEntry const& entry) {
    Writer writer;
    for (auto const* text : texts_of(entry)) writer.text(*text);
    writer.list(entry.co_handlers);
    writer.list(entry.waits_for);
    writer.number(entry.round ? static_cast<std::uint64_t>(*entry.round) + 1 : 0);
    writer.number(ms_of(entry.created));
    writer.number(ms_of(entry.updated));
    writer.time(entry.due);
    writer.time(entry.wake);
    writer.number(entry.history);
    for (std::size_t i = 1; i < entry.days.size(); ++i) writer.number(entry.days[i]);
    return std::move(writer.bytes);
}

std::optional<IndexEntry> decode_index_entry(std::string_view record) {
    if (record.empty()) return std::nullopt;
    if (record.front() != without_days && record.front() != format) return std::nullopt;
    Reader reader(record.substr(1));
    IndexEntry entry;
    for (auto* text : texts_of(entry)) *text = reader.text();
    reader.list(entry.co_handlers);
    reader.list(entry.waits_for);
    auto const round = reader.number();
    if (round > 0) entry.round = static_cast<std::int64_t>(round - 1);
    entry.created = reader.time();
    entry.updated = reader.time();
    entry.due = reader.time_or_none();
    entry.wake = reader.time_or_none();
    entry.history = reader.number();
    entry.days[0] = reported_on(entry);
    if (record.front() == format)
        for (std::size_t i = 1; i < entry.days.size(); ++i) entry.days[i] = reader.day();
    if (!reader.is_at_end()) return std::nullopt;
    return entry;
}

} // namespace banjie::engine
