#include "engine/people/address_list.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace banjie::engine {

namespace {

constexpr unsigned bits_of_ipv6 = 128;
constexpr unsigned bits_before_ipv4 = 96; // the prefix length of "::ffff:0:0/96", which holds IPv4

} // namespace

std::optional<AddressList::Bytes> AddressList::bytes_of(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return std::nullopt; // ends a text in C
    std::string const copy(text);
    Bytes bytes{};
    if (inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1) return bytes;
    bytes = {};
    bytes[10] = bytes[11] = 0xff;
    if (inet_pton(AF_INET, copy.c_str(), bytes.data() + 12) == 1) return bytes;
    return std::nullopt;
}

std::optional<AddressList::Block> AddressList::block_of(std::string_view text) {
    auto const slash = text.find('/');
    auto const address = text.substr(0, slash);
    auto const bytes = bytes_of(address);
    if (!bytes) return std::nullopt;
    if (slash == std::string_view::npos) return Block{*bytes, bits_of_ipv6};
    auto const length = text.substr(slash + 1);
    unsigned bits = 0;
    auto const read = std::from_chars(length.data(), length.data() + length.size(), bits);
    if (length.empty() || read.ec != std::errc() || read.ptr != length.data() + length.size())
        return std::nullopt;
    bool const is_ipv4 = address.find(':') == std::string_view::npos;
    if (bits > (is_ipv4 ? bits_of_ipv6 - bits_before_ipv4 : bits_of_ipv6)) return std::nullopt;
    Block const block{*bytes, bits + (is_ipv4 ? bits_before_ipv4 : 0)};
    for (unsigned bit = block.bits; bit < bits_of_ipv6; ++bit)
        if ((block.bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) return std::nullopt;
    return block;
}

bool AddressList::is_in(Bytes const& bytes, Block const& block) {
    for (unsigned bit = 0; bit < block.bits; bit += 8) {
        unsigned const left = std::min(8U, block.bits - bit);
        auto const mask = static_cast<std::uint8_t>(0xff00U >> left);
        if (((bytes[bit / 8] ^ block.bytes[bit / 8]) & mask) != 0) return false;
    }
    return true;
}

std::optional<AddressList> AddressList::from(std::vector<std::string> texts) {
    AddressList list;
    for (auto const& text : texts) {
        auto const block = block_of(text);
        if (!block) return std::nullopt;
        list.blocks_.push_back(*block);
    }
    list.texts_ = std::move(texts);
    return list;
}

bool AddressList::contains(std::string_view address) const {
    auto const bytes = bytes_of(address);
    return bytes && std::any_of(blocks_.begin(), blocks_.end(),
                                [&](Block const& block) { return is_in(*bytes, block); });
}

} // namespace banjie::engine
