#pragma once
// The values that commands carry and instances remember.

#include <algorithm>
#include <array>
#include <bit>
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

/// The name of a field, at most 31 bytes, kept in place: comparing two is comparing four numbers,
/// and copying one allocates nothing. A longer name is a broken invariant and ends the process.
class FieldName {
public:
    static constexpr std::size_t most_bytes = 31;

    FieldName(std::string_view name) : unused_(static_cast<char>(most_bytes - name.size())) {
        if (name.size() > most_bytes) too_long(name);
        std::copy(name.begin(), name.end(), bytes_.begin());
    }
    operator std::string_view() const {
        return {bytes_.data(), most_bytes - static_cast<std::size_t>(unused_)};
    }

    friend bool operator==(FieldName const&, FieldName const&) = default;
    friend bool operator==(FieldName const& name, std::string_view text) {
        return std::string_view(name) == text;
    }
    /// By bytes, as texts are ordered.
    friend bool operator<(FieldName const& one, FieldName const& other) {
        return one.words() < other.words();
    }

private:
    using Words = std::array<std::uint64_t, 4>;

    [[noreturn]] static void too_long(std::string_view name);
    [[nodiscard]] Words words() const {
        auto words = std::bit_cast<Words>(*this);
        if constexpr (std::endian::native == std::endian::little)
            for (auto& word : words) word = __builtin_bswap64(word);
        return words;
    }

    std::array<char, most_bytes> bytes_{}; // zeros behind the name
    char unused_;
};

/// A small map from name to value, kept sorted by name. Texts are valid UTF-8 (the door checks it).
/// By rule a name ends in `_at` or `until` exactly when its value is a `Time`; `set` asserts it, so
/// that JSON text can be read back without a schema.
class Fields {
public:
    using Entry = std::pair<FieldName, Value>;

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
