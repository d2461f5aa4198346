#pragma once
// What large bodies (attachments on their way in or out) may take of memory together.

#include "api/limits.hpp"

#include <atomic>
#include <cstddef>
#include <memory>

namespace banjie::api {

class LargeBodies : public std::enable_shared_from_this<LargeBodies> {
public:
    /// Room for so many bytes, given back when the last copy of it goes; nullptr: there is none
    /// left of limits::large_bodies_bytes. Thread-safe.
    [[nodiscard]] std::shared_ptr<void const> take(std::size_t bytes) {
        if (taken_.fetch_add(bytes) + bytes <= limits::large_bodies_bytes)
            return {this, [all = shared_from_this(), bytes](void const*) { all->taken_ -= bytes; }};
        taken_ -= bytes;
        return nullptr;
    }

private:
    std::atomic<std::size_t> taken_ = 0;
};

} // namespace banjie::api
