#include "engine/people/address_block.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>

namespace banjie::engine {

namespace {

template <std::size_t size>
std::string first_bytes(int family, std::array<std::uint8_t, size> bytes, std::size_t kept) {
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(kept), bytes.end(), std::uint8_t{0});
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(family, bytes.data(), text.data(), text.size());
    return text.data();
}

std::string cut(std::string_view address, std::size_t ipv4_bytes, std::size_t ipv6_bytes) {
    std::string const text(address.substr(0, address.find('\0')));
    std::array<std::uint8_t, 4> ipv4{};
    if (inet_pton(AF_INET, text.c_str(), ipv4.data()) == 1)
        return first_bytes(AF_INET, ipv4, ipv4_bytes);
    std::array<std::uint8_t, 16> ipv6{};
    if (inet_pton(AF_INET6, text.c_str(), ipv6.data()) != 1) return std::string(address);
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (!std::equal(mapped.begin(), mapped.end(), ipv6.begin()))
        return first_bytes(AF_INET6, ipv6, ipv6_bytes);
    std::copy(ipv6.begin() + 12, ipv6.end(), ipv4.begin());
    return first_bytes(AF_INET, ipv4, ipv4_bytes);
}

} // namespace

std::string network_of(std::string_view address) {
    return cut(address, 4, 8);
}

std::string block_of(std::string_view address) {
    return cut(address, 3, 7);
}

} // namespace banjie::engine
