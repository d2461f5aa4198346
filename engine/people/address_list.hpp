#pragma once
// Addresses and blocks of addresses that somebody may come from.

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
    /// Reads addresses and blocks such as "10.36.0.0/16" and "2001:db8::/32". Returns nullopt
    /// where one of the texts is neither, or where a block has bits set behind its length.
    [[nodiscard]] static std::optional<AddressList> from(std::vector<std::string> texts);

    [[nodiscard]] bool empty() const { return blocks_.empty(); }
    /// Returns whether the address is in one of the blocks. An IPv4 address that is written as
    /// IPv6 ("::ffff:10.0.0.1") is the same address. What is no address is in none.
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
