#include "engine/index/numbers.hpp"

#include "workflows/contract/calendar.hpp"

#include <algorithm>
#include <charconv>

namespace banjie::engine {

namespace {

constexpr std::size_t least_digits = 4, most_digits = 9;

std::string year_of(Time created) {
    std::chrono::year_month_day const date(workflows::local_date(created));
    return std::to_string(static_cast<int>(date.year()));
}

} // namespace

std::string number_prefix(Workflow const& workflow, Fields const& facts, Time created) {
    auto const numbering = workflow.numbering();
    if (!numbering.key_fact.empty()) return {};
    std::string prefix;
    if (auto const* value = numbering.fact.empty() ? nullptr : facts.find(numbering.fact)) {
        if (auto const* number = std::get_if<std::int64_t>(value)) prefix = std::to_string(*number);
        if (auto const* text = std::get_if<std::string>(value)) prefix = *text;
    }
    if (prefix.empty()) prefix = year_of(created);
    if (!numbering.letters.empty()) prefix.append("-").append(numbering.letters);
    return prefix;
}

std::string number_text(std::string_view prefix, std::uint32_t counted) {
    auto digits = std::to_string(counted);
    if (digits.size() < least_digits) digits.insert(0, least_digits - digits.size(), '0');
    return std::string(prefix) + '-' + digits;
}

std::optional<std::pair<std::string_view, std::uint32_t>> parts_of_number(std::string_view text) {
    auto const dash = text.rfind('-');
    if (dash == std::string_view::npos || dash == 0) return std::nullopt;
    auto const digits = text.substr(dash + 1);
    if (digits.size() < least_digits || digits.size() > most_digits) return std::nullopt;
    std::uint32_t counted = 0;
    auto const* const end = digits.data() + digits.size();
    if (auto const [read_to, error] = std::from_chars(digits.data(), end, counted);
        error != std::errc() || read_to != end)
        return std::nullopt;
    auto const prefix = text.substr(0, dash);
    if (counted == 0 || number_text(prefix, counted) != text) return std::nullopt;
    return std::pair(prefix, counted);
}

void Numbers::used(std::string_view prefix, std::uint32_t counted) {
    std::lock_guard const lock(mutex_);
    auto& last = last_.try_emplace(std::string(prefix), 0).first->second;
    last = std::max(last, counted);
}

std::string Numbers::next(std::string_view prefix) {
    std::lock_guard const lock(mutex_);
    auto const known = last_.try_emplace(std::string(prefix), 0).first;
    return number_text(prefix, ++known->second);
}

} // namespace banjie::engine
