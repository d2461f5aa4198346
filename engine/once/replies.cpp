#include "engine/once/replies.hpp"

#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <future>
#include <memory>

// The grammar of the record must never change:
//   key  = BLAKE2b-128(user 0x00 key)
//   body = fingerprint " " reply
//   fingerprint = BLAKE2b-128(request) as 32 lowercase hexadecimal digits

namespace banjie::engine {

namespace {

constexpr std::size_t fingerprint_digits = 32;

storage::ReplyKey key_of(std::string_view user, std::string_view key) {
    std::string text;
    text.reserve(user.size() + 1 + key.size());
    text.append(user).append(1, '\0').append(key);
    storage::ReplyKey hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<unsigned char const*>(text.data()), text.size(), nullptr,
                       0);
    return hash;
}

std::string fingerprint_of(std::string_view request) {
    std::array<unsigned char, fingerprint_digits / 2> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<unsigned char const*>(request.data()), request.size(),
                       nullptr, 0);
    std::array<char, fingerprint_digits + 1> hexadecimal{};
    sodium_bin2hex(hexadecimal.data(), hexadecimal.size(), hash.data(), hash.size());
    return std::string(hexadecimal.data(), fingerprint_digits);
}

} // namespace

storage::ReplyWrite remember(std::string_view user, std::string_view key, std::string_view request,
                             std::string_view reply, Time now) {
    storage::ReplyWrite write;
    write.key = key_of(user, key);
    write.body = fingerprint_of(request).append(1, ' ').append(reply);
    Time const expires_at = now + std::chrono::days(limits::reply_days);
    write.expires_at_ms = expires_at.time_since_epoch().count();
    return write;
}

Outcome<std::optional<std::string>> recall(storage::Store& store, std::string_view user,
                                           std::string_view key, std::string_view request) {
    auto const read = store.reply(key_of(user, key));
    if (!read)
        return Refusal{"store_unreadable"_code,
                       "Cannot read the stored reply: " + read.error().detail + ".",
                       "Try again. If it stays so, tell the operator.",
                       {},
                       1};
    if (!*read) return std::nullopt;
    std::string const& body = **read;
    if (!body.starts_with(fingerprint_of(request))) return reused_key(key);
    return body.substr(std::min(body.size(), fingerprint_digits + 1));
}

Refusal reused_key(std::string_view key) {
    return {"idempotency_key_reused"_code,
            "The idempotency key was used for a different request.",
            "Use a new key for every new request.",
            {{"Idempotency-Key", "reused"_code,
              "The key \"" + std::string(key) + "\" was used before."}}};
}

Outcome<void> keep_reply(storage::Store& store, std::string_view user, std::string_view key,
                         std::string_view request, std::string_view reply, Time now) {
    storage::Batch batch;
    batch.reply = remember(user, key, request, reply, now);
    auto const promise = std::make_shared<std::promise<storage::Result<storage::Committed>>>();
    auto kept = promise->get_future();
    store.commit(std::move(batch), [promise](auto const& result) { promise->set_value(result); });
    auto const result = kept.get();
    if (!result) return refusal_of(result.error(), "remember the reply");
    return {};
}

} // namespace banjie::engine
