#pragma once
// How much of an address counts as one: whoever has one of a block easily has the others.

#include <string>
#include <string_view>

namespace banjie::engine {

/// Returns the text of what one machine or one connection to the internet has: the IPv4 address
/// itself, and of IPv6 the first 64 bits. A text that is no address is returned as it is.
[[nodiscard]] std::string network_of(std::string_view address);
/// Returns the text of what one organisation has: the first 24 bits of an IPv4 address, and of
/// IPv6 the first 56. A text that is no address is returned as it is.
[[nodiscard]] std::string block_of(std::string_view address);

} // namespace banjie::engine
