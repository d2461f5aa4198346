#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Returns the SHA-256 as 64 hexadecimal digits.
[[nodiscard]] std::string sha256_text(std::string_view bytes);

/// The same of bytes that come in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    void add(std::string_view bytes);
    /// Returns the hash. Call it once, at the end.
    [[nodiscard]] std::string text();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace banjie::engine
