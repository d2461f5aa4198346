#include "workflows/kit/party.hpp"

namespace banjie::workflows::kit {

std::string office_of(std::string_view region, Level level) {
    auto const found = Region::from(region);
    return found ? std::string(found->office_at(level).code()) : std::string();
}

} // namespace banjie::workflows::kit
