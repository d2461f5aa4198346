#pragma once
// The values that commands carry and instances remember.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace banjie::workflows {

/// A moment, UTC, to the millisecond. Always passed in; nothing in this room reads a clock.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

using Texts = std::vector<std::string>;

/// One value. `std::monostate` in an event's changes clears the fact of that name.
using Value = std::variant<std::monostate, bool, std::int64_t, Time, std::string, Texts>;

/// A small map from name to value, kept sorted by name. Texts are valid UTF-8 (the door checks it).
/// By rule a name ends in `_at` or `until` exactly when its value is a `Time`; `set` asserts it, so
/// that JSON text can be read back without a schema.
class Fields {
public:
    using Entry = std::pair<std::string, Value>;

    void set(std::string_view name, Value value);
    /// Forgets the value of that name, if there is one.
    void clear(std::string_view name);
    /// Takes over every entry of `changes`; a monostate there clears the entry here.
    void merge(Fields const& changes);

    [[nodiscard]] Value const* find(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }

    /// Typed readers. An absent name gives the empty value of the type; a value of another type is
    /// a broken invariant and ends the process.
    [[nodiscard]] std::string_view text(std::string_view name) const;
    [[nodiscard]] std::int64_t number(std::string_view name) const;
    [[nodiscard]] bool flag(std::string_view name) const;
    [[nodiscard]] std::optional<Time> time(std::string_view name) const;
    [[nodiscard]] Texts const& texts(std::string_view name) const;

    [[nodiscard]] auto begin() const { return entries_.begin(); }
    [[nodiscard]] auto end() const { return entries_.end(); }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] bool empty() const { return entries_.empty(); }

    friend bool operator==(Fields const&, Fields const&) = default;

private:
    std::vector<Entry> entries_;
};

} // namespace banjie::workflows
