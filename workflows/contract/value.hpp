#pragma once
// The values in the fields of commands and the facts of instances.

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

/// Moment in UTC, to the millisecond. Always passed in; nothing in this room reads a clock.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

using Texts = std::vector<std::string>;

/// One value. `std::monostate` in an event's changes clears the fact of that name.
using Value = std::variant<std::monostate, bool, std::int64_t, Time, std::string, Texts>;

/// Name of a field, at most 31 bytes, stored in place. Comparing two compares integers, and copying
/// one allocates nothing. A longer name is a broken invariant: one in the source does not compile,
/// any other ends the process.
class FieldName {
public:
    static constexpr std::size_t most_bytes = 31;

    template <std::size_t Size>
    consteval FieldName(char const (&name)[Size]) : unused_(most_bytes + 1 - Size) {
        static_assert(Size <= most_bytes + 1, "the name of a field is too long");
        std::copy_n(name, Size - 1, bytes_.begin());
    }
    FieldName(std::string_view name) : unused_(static_cast<char>(most_bytes - name.size())) {
        if (name.size() > most_bytes) too_long(name);
        std::copy(name.begin(), name.end(), bytes_.begin());
    }
    FieldName(std::string const& name) : FieldName(std::string_view(name)) {}
    [[nodiscard]] static FieldName joined(std::string_view front, std::string_view back) {
        if (front.size() + back.size() > most_bytes) too_long(front);
        FieldName name(front);
        std::copy(back.begin(), back.end(), name.bytes_.begin() + front.size());
        name.unused_ = static_cast<char>(most_bytes - front.size() - back.size());
        return name;
    }
    operator std::string_view() const {
        return {bytes_.data(), most_bytes - static_cast<std::size_t>(unused_)};
    }

    friend bool operator==(FieldName const& one, FieldName const& other) {
        auto const a = std::bit_cast<Words>(one), b = std::bit_cast<Words>(other);
        return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3])) == 0;
    }
    friend bool operator==(FieldName const& name, std::string_view text) {
        return std::string_view(name) == text;
    }
    template <std::size_t Size>
    friend bool operator==(FieldName const& name, char const (&text)[Size]) {
        return std::string_view(name) == text;
    }
    /// Compares by bytes, as texts are ordered.
    friend bool operator<(FieldName const& one, FieldName const& other) {
        auto const a = std::bit_cast<Words>(one), b = std::bit_cast<Words>(other);
        for (std::size_t i = 0; i + 1 < a.size(); ++i)
            if (a[i] != b[i]) return first_byte_first(a[i]) < first_byte_first(b[i]);
        return first_byte_first(a.back()) < first_byte_first(b.back());
    }

private:
    using Words = std::array<std::uint64_t, 4>;

    [[noreturn]] static void too_long(std::string_view name);
    [[nodiscard]] static std::uint64_t first_byte_first(std::uint64_t word) {
        return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
    }

    std::array<char, most_bytes> bytes_{}; // zeros after the name
    char unused_;
};

/// Small map from name to value, sorted by name. Texts are valid UTF-8 (the door checks it). A name
/// ends in `_at` or `until` exactly if its value is a `Time`. `set` asserts it, so that JSON text
/// can be read back without a schema.
class Fields {
public:
    using Entry = std::pair<FieldName, Value>;

    void set(FieldName const& name, Value value);
    /// Removes the value of that name, if there is one.
    void clear(FieldName const& name);
    /// Takes over every entry of `changes`; a monostate there clears the entry here.
    void merge(Fields const& changes);

    [[nodiscard]] Value const* find(FieldName const& name) const;
    [[nodiscard]] bool has(FieldName const& name) const { return find(name) != nullptr; }

    /// Returns the value as that type, or the type's empty value if the name is absent. A value of
    /// another type is a broken invariant and ends the process.
    [[nodiscard]] std::string_view text(FieldName const& name) const;
    [[nodiscard]] std::int64_t number(FieldName const& name) const;
    [[nodiscard]] bool flag(FieldName const& name) const;
    [[nodiscard]] std::optional<Time> time(FieldName const& name) const;
    [[nodiscard]] Texts const& texts(FieldName const& name) const;

    [[nodiscard]] auto begin() const { return entries_.begin(); }
    [[nodiscard]] auto end() const { return entries_.end(); }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] bool empty() const { return entries_.empty(); }

    friend bool operator==(Fields const&, Fields const&) = default;

private:
    std::vector<Entry> entries_;
};

} // namespace banjie::workflows
