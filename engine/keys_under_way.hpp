#pragma once
// Idempotency keys of commands that have not been answered yet. Who comes with the same key and the
// same request waits for the answer of the first; afterwards the store remembers it (replies.hpp).

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace banjie::engine {

struct Passage;

class KeysUnderWay {
public:
    enum class Claim {
        first,  // go on; `release` when answered
        waits,  // is in the list that the first one's `release` gives
        reused, // the key is under way with another request
    };

    [[nodiscard]] Claim claim(std::string_view user, std::string_view key, std::string_view request,
                              std::shared_ptr<Passage> passage);
    /// The ones that have waited.
    [[nodiscard]] std::vector<std::shared_ptr<Passage>> release(std::string_view user,
                                                                std::string_view key);

private:
    struct First {
        std::string request;
        std::vector<std::shared_ptr<Passage>> waiting;
    };
    std::mutex mutex_;
    std::unordered_map<std::string, First> firsts_;
};

} // namespace banjie::engine
