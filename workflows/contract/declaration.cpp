#include "workflows/contract/declaration.hpp"

namespace banjie::workflows {

std::string Address::text() const {
    return std::string(role ? name_of(*role) : "user") + ':' + code;
}

std::optional<Address> Address::from(std::string_view text) {
    auto const colon = text.find(':');
    if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
    auto const who = text.substr(0, colon);
    auto const role = role_named(who);
    if (!role && who != "user") return std::nullopt;
    return Address{role, std::string(text.substr(colon + 1))};
}

} // namespace banjie::workflows
