#include "engine/keys_under_way.hpp"

#include <utility>

namespace banjie::engine {

namespace {

std::string name_of(std::string_view user, std::string_view key) {
    std::string name(user);
    return name.append(1, '\0').append(key);
}

} // namespace

KeysUnderWay::Claim KeysUnderWay::claim(std::string_view user, std::string_view key,
                                        std::string_view request,
                                        std::shared_ptr<Passage> passage) {
    std::lock_guard const lock(mutex_);
    auto const [place, is_first] = firsts_.try_emplace(name_of(user, key));
    First& first = place->second;
    if (is_first) {
        first.request = request;
        return Claim::first;
    }
    if (first.request != request) return Claim::reused;
    first.waiting.push_back(std::move(passage));
    return Claim::waits;
}

std::vector<std::shared_ptr<Passage>> KeysUnderWay::release(std::string_view user,
                                                            std::string_view key) {
    std::lock_guard const lock(mutex_);
    auto const place = firsts_.find(name_of(user, key));
    auto waiting = std::move(place->second.waiting);
    firsts_.erase(place);
    return waiting;
}

} // namespace banjie::engine
