#include "workflows/contract/value.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>

namespace banjie::workflows {

namespace {

[[noreturn]] void broken(std::string_view name) {
    std::fprintf(stderr, "Broken invariant: the field \"%.*s\" holds a value of another type\n",
                 static_cast<int>(name.size()), name.data());
    std::abort();
}

auto place_of(auto& entries, FieldName const& name) {
    return std::lower_bound(
        entries.begin(), entries.end(), name,
        [](auto const& entry, FieldName const& key) { return entry.first < key; });
}

bool names_a_time(std::string_view name) {
    return name.ends_with("_at") || name.ends_with("until");
}

template <class T>
T const* typed(Value const* value, std::string_view name) {
    if (value == nullptr || std::holds_alternative<std::monostate>(*value)) return nullptr;
    auto const* found = std::get_if<T>(value);
    if (found == nullptr) broken(name);
    return found;
}

} // namespace

void FieldName::too_long(std::string_view name) {
    std::fprintf(stderr, "Broken invariant: the name of a field is too long: \"%.*s\"\n",
                 static_cast<int>(name.size()), name.data());
    std::abort();
}

void Fields::set(FieldName const& name, Value value) {
    bool const empty = std::holds_alternative<std::monostate>(value);
    if (!empty && names_a_time(name) != std::holds_alternative<Time>(value)) broken(name);
    auto const place = place_of(entries_, name);
    if (place != entries_.end() && place->first == name)
        place->second = std::move(value);
    else
        entries_.emplace(place, name, std::move(value));
}

void Fields::clear(FieldName const& name) {
    auto const place = place_of(entries_, name);
    if (place != entries_.end() && place->first == name) entries_.erase(place);
}

void Fields::merge(Fields const& changes) {
    std::vector<Entry> merged;
    merged.reserve(entries_.size() + changes.size());
    auto own = entries_.begin();
    for (Entry const& change : changes) {
        for (; own != entries_.end() && own->first < change.first; ++own)
            merged.push_back(std::move(*own));
        if (own != entries_.end() && own->first == change.first) ++own;
        if (!std::holds_alternative<std::monostate>(change.second)) merged.push_back(change);
    }
    std::move(own, entries_.end(), std::back_inserter(merged));
    entries_ = std::move(merged);
}

Value const* Fields::find(FieldName const& name) const {
    auto const place = place_of(entries_, name);
    return place != entries_.end() && place->first == name ? &place->second : nullptr;
}

std::string_view Fields::text(FieldName const& name) const {
    auto const* found = typed<std::string>(find(name), name);
    return found ? std::string_view(*found) : std::string_view();
}

std::int64_t Fields::number(FieldName const& name) const {
    auto const* found = typed<std::int64_t>(find(name), name);
    return found ? *found : 0;
}

bool Fields::flag(FieldName const& name) const {
    auto const* found = typed<bool>(find(name), name);
    return found && *found;
}

std::optional<Time> Fields::time(FieldName const& name) const {
    auto const* found = typed<Time>(find(name), name);
    return found ? std::optional(*found) : std::nullopt;
}

Texts const& Fields::texts(FieldName const& name) const {
    static Texts const none;
    auto const* found = typed<Texts>(find(name), name);
    return found ? *found : none;
}

} // namespace banjie::workflows
