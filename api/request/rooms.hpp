#pragma once
// What bodies and answers may take of memory: all together, each caller, and each network address.

#include "api/limits.hpp"

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace banjie::api {

/// Returns what counts as one address: of IPv6 the first 64 bits, as one machine may take any of
/// the others.
[[nodiscard]] std::string network_of(std::string const& address);

class Rooms;

/// What one body holds. Gives it back when the last copy of the pointer goes. Thread-safe.
class Room {
public:
    Room(std::shared_ptr<Rooms> rooms, std::string caller, std::string network);
    ~Room();
    Room(Room const&) = delete;
    Room& operator=(Room const&) = delete;

    /// Holds so many bytes from now on. False: somebody's share is used up, and it holds what it
    /// held before. Fewer bytes than before always fit.
    [[nodiscard]] bool hold(std::size_t bytes);
    /// Does the same, be there room or not: for an answer that is owed.
    void hold_anyway(std::size_t bytes);

private:
    std::shared_ptr<Rooms> rooms_;
    std::string caller_, network_;
    std::size_t bytes_ = 0;
};

class Rooms : public std::enable_shared_from_this<Rooms> {
public:
    explicit Rooms(Shares shares) : shares_(shares) {}

    /// A room that holds nothing yet. `account` is empty for whoever has none.
    [[nodiscard]] std::shared_ptr<Room> open(std::string account, std::string const& address);
    /// Whether this caller, this address or all together hold more than they may. Takes a lock
    /// only after somebody did.
    [[nodiscard]] bool is_used_up(std::string_view account, std::string const& address) const;

private:
    friend Room;
    [[nodiscard]] bool change(std::string const& caller, std::string const& network,
                              std::size_t from, std::size_t to, bool anyway);

    Shares const shares_;
    std::atomic<bool> exceeded_ = false; // by somebody, since nobody held anything
    mutable std::mutex mutex_;           // of the rest
    std::size_t held_ = 0;
    std::map<std::string, std::size_t, std::less<>> by_caller_, by_network_; // who holds something
};

} // namespace banjie::api
