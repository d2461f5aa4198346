#include "api/request/rooms.hpp"

#include <algorithm>
#include <utility>

namespace banjie::api {

namespace {

void put(std::map<std::string, std::size_t, std::less<>>& all, std::string const& who,
         std::size_t from, std::size_t to) {
    auto const place = all.try_emplace(who, 0).first;
    place->second = place->second - from + to;
    if (place->second == 0) all.erase(place);
}

std::size_t held_by(std::map<std::string, std::size_t, std::less<>> const& all,
                    std::string_view who) {
    auto const found = all.find(who);
    return found == all.end() ? 0 : found->second;
}

} // namespace

Room::Room(std::shared_ptr<Rooms> rooms, std::string caller, std::string network)
    : rooms_(std::move(rooms)), caller_(std::move(caller)), network_(std::move(network)) {}

Room::~Room() {
    hold_anyway(0);
}

bool Room::hold(std::size_t bytes) {
    if (!rooms_->change(caller_, network_, bytes_, bytes, false)) return false;
    bytes_ = bytes;
    return true;
}

void Room::hold_anyway(std::size_t bytes) {
    static_cast<void>(rooms_->change(caller_, network_, bytes_, bytes, true));
    bytes_ = bytes;
}

std::shared_ptr<Room> Rooms::open(std::string account, std::string const& address) {
    auto network = network_of(address);
    auto caller = account.empty() ? network : std::move(account);
    return std::make_shared<Room>(shared_from_this(), std::move(caller), std::move(network));
}

bool Rooms::is_used_up(std::string_view account, std::string const& address) const {
    if (!exceeded_) return false;
    auto const network = network_of(address);
    std::lock_guard const lock(mutex_);
    return held_ > shares_.all || held_by(by_network_, network) > shares_.address ||
           held_by(by_caller_, account.empty() ? network : account) > shares_.caller;
}

bool Rooms::change(std::string const& caller, std::string const& network, std::size_t from,
                   std::size_t to, bool anyway) {
    std::lock_guard const lock(mutex_);
    auto const after = [from, to](std::size_t held) { return held - from + to; };
    bool const fits = to <= from || (after(held_) <= shares_.all &&
                                     after(held_by(by_caller_, caller)) <= shares_.caller &&
                                     after(held_by(by_network_, network)) <= shares_.address);
    if (!fits && !anyway) return false;
    if (from == to) return true;
    held_ = after(held_);
    put(by_caller_, caller, from, to);
    put(by_network_, network, from, to);
    if (!fits) exceeded_ = true;
    if (held_ == 0) exceeded_ = false;
    return true;
}

} // namespace banjie::api
