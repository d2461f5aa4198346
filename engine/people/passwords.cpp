#include "engine/people/passwords.hpp"

#include "engine/embedded.hpp"
#include "engine/invariant.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/characters.hpp"

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace banjie::engine {

namespace {

constexpr unsigned long long operations = 2;
constexpr std::size_t memory_bytes = 19U << 20U;
constexpr std::size_t pool_threads = 2;

constexpr std::string_view own_words[] = {"banjie", "办结"};

/// Returns the common passwords in small letters, sorted.
std::vector<std::string> read_common_passwords() {
    auto const file = embedded_file("engine/data/common_passwords.json");
    if (!file) broken("the list of common passwords is not built in");
    auto words = nlohmann::json::parse(*file).at("passwords").get<std::vector<std::string>>();
    std::sort(words.begin(), words.end());
    return words;
}

/// Returns how many kinds of character occur: small letters, capitals, digits and others.
int kinds_in(std::string_view password) {
    bool small = false, capital = false, digit = false, other = false;
    for (char const c : password) {
        bool const is_small = c >= 'a' && c <= 'z', is_capital = c >= 'A' && c <= 'Z';
        bool const is_digit = c >= '0' && c <= '9';
        small = small || is_small;
        capital = capital || is_capital;
        digit = digit || is_digit;
        other = other || !(is_small || is_capital || is_digit);
    }
    return small + capital + digit + other;
}

bool is_common(std::string const& plain) {
    static auto const common = read_common_passwords();
    return std::binary_search(common.begin(), common.end(), plain);
}

} // namespace

std::string password_hash(std::string_view password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), operations,
                              memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return text.data();
}

bool password_fits(std::string const& hash, std::string_view password) {
    if (hash.empty()) {
        // Hashes a password of the same length, so that timing does not reveal an unknown name.
        static_cast<void>(password_hash(password));
        return false;
    }
    errno = 0;
    if (crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0) return true;
    if (errno != EINVAL) throw std::bad_alloc(); // it is no wrong password
    return false;
}

std::optional<FieldError> check_password(std::string_view password, std::string_view user_name,
                                         PasswordRules rules) {
    auto const error = [](RefusalCode code, std::string detail) {
        return FieldError{"password", code, std::move(detail)};
    };
    auto const count = characters_of(password);
    if (!count) return error("wrong_type"_code, "The password is not text.");
    if (auto const least = std::max(limits::password_characters_min, rules.characters);
        *count < least)
        return error("too_short"_code,
                     "The password has fewer than " + std::to_string(least) + " characters.");
    if (*count > limits::password_characters_max)
        return error("too_long"_code, "The password has more than 128 characters.");
    if (kinds_in(password) < rules.kinds)
        return error("too_few_kinds"_code,
                     "The password has fewer than " + std::to_string(rules.kinds) +
                         " of these kinds: small letters, capitals, digits and other characters.");
    std::string const plain = in_small_letters(password);
    if (!user_name.empty() && plain.find(in_small_letters(user_name)) != std::string::npos)
        return error("contains_name"_code, "The password contains the account's name.");
    for (auto const word : own_words)
        if (plain.find(word) != std::string::npos)
            return error("contains_own_word"_code, "The password contains '" + std::string(word) +
                                                       "', which attackers try first.");
    if (is_common(plain)) return error("too_common"_code, "The password is a common one.");
    return std::nullopt;
}

struct PasswordPool::Queue {
    void work() {
        for (;;) {
            std::function<void()> task;
            {
                std::unique_lock lock(mutex);
                changed.wait(lock, [this] { return stopping || !tasks.empty() || !first.empty(); });
                if (tasks.empty() && first.empty()) return;
                task = take();
            }
            task();
        }
    }

    std::function<void()> take() {
        auto& queue = first.empty() ? tasks : first;
        auto next = std::move(queue.front());
        queue.pop_front();
        auto const share = waiting.find(next.first);
        if (--share->second == 0) waiting.erase(share);
        return std::move(next.second);
    }

    [[nodiscard]] bool has_room(bool goes_first, std::string const& network) const {
        if ((goes_first ? first : tasks).size() >= limits::password_queue) return false;
        auto const share = waiting.find(network);
        return goes_first || share == waiting.end() ||
               share->second < limits::password_queue_of_one;
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::pair<std::string, std::function<void()>>> first, tasks; // with their networks
    std::unordered_map<std::string, std::size_t> waiting;                   // by network
    bool stopping = false;
    std::vector<std::thread> threads;
};

PasswordPool::PasswordPool() : queue_(std::make_unique<Queue>()) {
    for (std::size_t number = 0; number < pool_threads; ++number)
        queue_->threads.emplace_back([queue = queue_.get()] { queue->work(); });
}

PasswordPool::~PasswordPool() {
    {
        std::lock_guard const lock(queue_->mutex);
        queue_->stopping = true;
    }
    queue_->changed.notify_all();
    for (std::thread& thread : queue_->threads) thread.join();
}

bool PasswordPool::post(std::string const& network, std::function<void()> task) {
    bool const goes_first = network.empty();
    {
        std::lock_guard const lock(queue_->mutex);
        if (queue_->stopping || !queue_->has_room(goes_first, network)) return false;
        ++queue_->waiting[network];
        (goes_first ? queue_->first : queue_->tasks).emplace_back(network, std::move(task));
    }
    queue_->changed.notify_one();
    return true;
}

} // namespace banjie::engine
