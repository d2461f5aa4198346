#pragma once
// A part of a counter that all threads share.

#include <atomic>
#include <cstddef>

namespace banjie::api {

/// Holds an amount of the counter, and gives it back when it is destroyed.
class Counted {
public:
    explicit Counted(std::atomic<std::size_t>& all) : all_(all) {}
    ~Counted() { hold(0); }
    Counted(Counted const&) = delete;
    Counted& operator=(Counted const&) = delete;

    /// Holds that amount from now on, instead of the one before.
    void hold(std::size_t amount) {
        all_ += amount - held_; // modulo 2^64: may be less than before
        held_ = amount;
    }

private:
    std::atomic<std::size_t>& all_;
    std::size_t held_ = 0;
};

} // namespace banjie::api
