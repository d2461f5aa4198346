#pragma once
// Idempotency keys in flight. A request that repeats an in-flight key waits for the first request's
// answer; afterwards the store holds the answer (replies.hpp).

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace banjie::engine {

/// Set of the keys in flight. A `Waiter` is called with the answer later. Thread-safe.
template <class Waiter>
class KeysUnderWay {
public:
    enum class Claim {
        first,  // proceed; call `release` once answered
        waits,  // is among the waiters that `release` returns to the first
        reused, // the key is in flight with another request
    };

    [[nodiscard]] Claim claim(std::string_view user, std::string_view key, std::string_view request,
                              Waiter waiter) {
        std::lock_guard const lock(mutex_);
        auto const [place, is_first] = firsts_.try_emplace(name_of(user, key));
        First& first = place->second;
        if (is_first) {
            first.request = request;
            return Claim::first;
        }
        if (first.request != request) return Claim::reused;
        first.waiting.push_back(std::move(waiter));
        return Claim::waits;
    }

    /// Removes the key. Returns the waiters that have gathered.
    [[nodiscard]] std::vector<Waiter> release(std::string_view user, std::string_view key) {
        std::lock_guard const lock(mutex_);
        auto const place = firsts_.find(name_of(user, key));
        auto waiting = std::move(place->second.waiting);
        firsts_.erase(place);
        return waiting;
    }

private:
    struct First {
        std::string request;
        std::vector<Waiter> waiting;
    };

    static std::string name_of(std::string_view user, std::string_view key) {
        return std::string(user).append(1, '\0').append(key);
    }

    std::mutex mutex_;
    std::unordered_map<std::string, First> firsts_;
};

} // namespace banjie::engine
