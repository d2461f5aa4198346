#pragma once
// Memory that bodies and responses may use: in total, per caller, and per network address.

#include "api/limits.hpp"
#include "engine/people/address_block.hpp"

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace banjie::api {

/// Returns the network that counts as one address. For IPv6 these are the first 64 bits, since one
/// machine may use any of the rest.
using engine::network_of; // what counts as one address

class Rooms;

/// Memory accounted for one body. Released with the last copy of the pointer. Thread-safe.
class Room {
public:
    Room(std::shared_ptr<Rooms> rooms, std::string caller, std::string network);
    ~Room();
    Room(Room const&) = delete;
    Room& operator=(Room const&) = delete;

    /// Sets the number of bytes held. Returns false, and changes nothing, if a share is used up.
    /// Holding fewer bytes than before always succeeds.
    [[nodiscard]] bool hold(std::size_t bytes);
    /// Sets the number of bytes held even if a share is used up: for a response that must be sent.
    void hold_anyway(std::size_t bytes);

private:
    std::shared_ptr<Rooms> rooms_;
    std::string caller_, network_;
    std::size_t bytes_ = 0;
};

class Rooms : public std::enable_shared_from_this<Rooms> {
public:
    explicit Rooms(Shares shares) : shares_(shares) {}

    /// Returns a room that holds nothing yet. `account` is empty for a caller without an account.
    [[nodiscard]] std::shared_ptr<Room> open(std::string account, std::string const& address);
    /// Returns whether this caller, this address or all together hold more than their share. Takes
    /// a lock only after a share has been exceeded.
    [[nodiscard]] bool is_used_up(std::string_view account, std::string const& address) const;

private:
    friend Room;
    [[nodiscard]] bool change(std::string const& caller, std::string const& network,
                              std::size_t from, std::size_t to, bool anyway);

    Shares const shares_;
    std::atomic<bool> exceeded_ = false; // by any caller, since the last time that nothing was held
    mutable std::mutex mutex_;           // guards the members below
    std::size_t held_ = 0;
    std::map<std::string, std::size_t, std::less<>> by_caller_, by_network_; // without zeros
};

} // namespace banjie::api
