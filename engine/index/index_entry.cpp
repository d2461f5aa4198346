#include "engine/index/index_entry.hpp"

#include "engine/limits.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

using workflows::Facets;
using workflows::FieldKind;

constexpr char first_format = 1, second_format = 2, format = 3;
constexpr std::uint64_t last_ms = 253'402'300'799'999; // 9999-12-31T23:59:59.999Z

std::uint64_t ms_of(Time time) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(time.time_since_epoch().count(), 0));
}

std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

class Writer {
public:
    Writer() {
        constexpr std::size_t usual_bytes = 320;
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
    void list(auto const& all, auto put) {
        number(all.size());
        for (auto const& one : all) put(one);
    }
    void time(std::optional<Time> value) { number(value ? ms_of(*value) + 1 : 0); }

    std::string bytes;
};

/// After the first error every read returns an empty value.
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
    /// Returns a number of at most `most`.
    std::uint64_t bounded(std::uint64_t most) {
        auto const value = number();
        if (value > most) sound_ = false;
        return sound_ ? value : 0;
    }
    std::string_view text() {
        auto const size = number();
        if (size > bytes_.size()) sound_ = false;
        if (!sound_) return {};
        auto const value = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return value;
    }
    void list(auto& all, auto read) {
        auto const count = number();
        for (std::uint64_t i = 0; i < count && sound_; ++i) all.push_back(read());
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

void add_tags(IndexEntry& entry, Facets const& facets, Fields const& facts) {
    for (std::size_t i = 0; i < facets.tags.size(); ++i) {
        auto const* const value = facts.find(facets.tags[i].name);
        if (value == nullptr) continue;
        auto const tag = static_cast<std::uint8_t>(i);
        if (auto const* text = std::get_if<std::string>(value)) {
            if (!text->empty()) entry.tags.push_back({tag, *text, {}});
        } else if (auto const* texts = std::get_if<Texts>(value)) {
            for (auto const& one : *texts) entry.tags.push_back({tag, one, {}});
        } else if (auto const* number = std::get_if<std::int64_t>(value)) {
            entry.tags.push_back({tag, {}, *number});
        } else if (auto const* flag = std::get_if<bool>(value)) {
            entry.tags.push_back({tag, *flag ? "true" : "false", {}});
        }
    }
}

/// Returns the day of creation, or 0 while the instance is private: until then it does not count as
/// created.
Day day_of_creation(Workflow const& workflow, Instance const& instance) {
    auto const* const state = workflow.state(instance.state());
    return state != nullptr && state->is_private ? Day{0} : day_of(instance.created_at);
}

} // namespace

IndexEntry index_entry_of(IndexedWorkflow const& indexed, Instance const& instance) {
    auto const& workflow = *indexed.workflow;
    auto const& facts = instance.facts;
    auto const facets = workflow.facets();
    IndexEntry entry;
    entry.declaration = indexed.declaration;
    entry.workflow = instance.workflow;
    entry.title = facts.text(workflow.title_fact());
    entry.number = instance.number;
    entry.states.assign(instance.states.begin(), instance.states.end());
    add_tags(entry, facets, facts);
    for (auto const& address : workflow.waits_for(instance))
        entry.waits_for.push_back(address.text());
    auto places = workflow.seen_by(instance);
    entry.seen_by.assign(std::move_iterator(places.begin()), std::move_iterator(places.end()));
    entry.marks = workflow.marks_of(instance);
    for (auto const& moment : facets.moments)
        entry.days.push_back(moment.fact.empty() ? day_of_creation(workflow, instance)
                                                 : day_of(facts.time(moment.fact)));
    for (auto const& number : facets.numbers)
        entry.numbers.push_back(facts.has(number.name) ? std::optional(facts.number(number.name))
                                                       : std::nullopt);
    entry.created = instance.created_at;
    entry.updated = instance.updated_at;
    entry.due = facts.time("due_at"); // kept by the kit's clocks
    if (instance.wake) entry.wake = instance.wake->at;
    return entry;
}

std::string encode(IndexEntry const& entry) {
    Writer writer;
    auto const put_text = [&writer](std::string_view text) { writer.text(text); };
    writer.number(entry.declaration);
    for (std::string_view const text :
         {entry.workflow, entry.title, std::string_view(entry.number)})
        writer.text(text);
    writer.list(entry.states, put_text);
    writer.list(entry.tags, [&writer](TagValue const& value) {
        writer.number(value.tag);
        value.number ? writer.text(std::to_string(*value.number)) : writer.text(value.text);
    });
    writer.list(entry.waits_for, put_text);
    writer.list(entry.seen_by, [&writer](Place const& place) {
        writer.number(static_cast<std::uint64_t>(place.sight));
        writer.text(place.code);
    });
    writer.number(ms_of(entry.created));
    writer.number(ms_of(entry.updated));
    writer.time(entry.due);
    writer.time(entry.wake);
    writer.number(entry.marks);
    writer.list(entry.days, [&writer](Day day) { writer.number(day); });
    writer.list(entry.numbers, [&writer](std::optional<std::int64_t> const& value) {
        // The smallest value would wrap around to 0, which means "none", so it is stored one too
        // high.
        writer.number(value ? zigzag(std::max(*value, INT64_MIN + 1)) + 1 : 0);
    });
    return std::move(writer.bytes);
}

std::optional<IndexEntry> decode_index_entry(std::string_view record) {
    if (record.empty() || record.front() != format) return std::nullopt;
    Reader reader(record.substr(1));
    auto const text = [&reader] { return reader.text(); };
    IndexEntry entry;
    entry.declaration = static_cast<std::uint32_t>(reader.bounded(UINT32_MAX));
    entry.workflow = reader.text();
    entry.title = reader.text();
    entry.number = reader.text();
    reader.list(entry.states, text);
    reader.list(entry.tags, [&reader] {
        auto const tag = static_cast<std::uint8_t>(reader.bounded(limits::tags - 1));
        return TagValue{tag, reader.text(), {}};
    });
    reader.list(entry.waits_for, [&reader] { return std::string(reader.text()); });
    reader.list(entry.seen_by, [&reader] {
        auto const last = static_cast<std::uint64_t>(Sight::everyone);
        auto const sight = static_cast<Sight>(reader.bounded(last));
        return Place{sight, std::string(reader.text())};
    });
    entry.created = reader.time();
    entry.updated = reader.time();
    entry.due = reader.time_or_none();
    entry.wake = reader.time_or_none();
    entry.marks = reader.number();
    reader.list(entry.days, [&reader] { return static_cast<Day>(reader.bounded(last_day)); });
    reader.list(entry.numbers, [&reader] {
        auto const following = reader.number();
        return following == 0 ? std::nullopt : std::optional(unzigzag(following - 1));
    });
    if (!reader.is_at_end()) return std::nullopt;
    return entry;
}

bool is_of_earlier_format(std::string_view record) {
    return !record.empty() && (record.front() == first_format || record.front() == second_format);
}

} // namespace banjie::engine
