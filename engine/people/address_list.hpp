#pragma once
// Addresses, and blocks of addresses, from which callers are allowed.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

class AddressList {
public:
    AddressList() = default;
    /// Parses addresses and blocks such as "10.36.0.0/16" and "2001:db8::/32". Returns nullopt if
    /// one of the texts is neither, or if a block has bits set beyond its prefix.
    [[nodiscard]] static std::optional<AddressList> from(std::vector<std::string> texts);

    [[nodiscard]] bool empty() const { return blocks_.empty(); }
    /// Returns whether the address is in one of the blocks. An IPv4 address written as IPv6
    /// ("::ffff:10.0.0.1") is the same address. A text that is no address is in no block.
    [[nodiscard]] bool contains(std::string_view address) const;
    [[nodiscard]] std::vector<std::string> const& texts() const { return texts_; }

private:
    using Bytes = std::array<std::uint8_t, 16>;
    struct Block {
        Bytes bytes{};
        unsigned bits = 0;
    };
    [[nodiscard]] static std::optional<Bytes> bytes_of(std::string_view text);
    [[nodiscard]] static std::optional<Block> block_of(std::string_view text);
    [[nodiscard]] static bool is_in(Bytes const& bytes, Block const& block);

    std::vector<std::string> texts_;
    std::vector<Block> blocks_;
};

} // namespace banjie::engine
