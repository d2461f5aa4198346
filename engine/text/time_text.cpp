#include "engine/text/time_text.hpp"

#include <chrono>
#include <cstring>

namespace banjie::engine {

namespace {

constexpr std::chrono::hours china_offset{8};

template <std::size_t Digits>
void write_number(char* place, unsigned number) {
    for (std::size_t digit = Digits; digit-- > 0; number /= 10)
        place[digit] = static_cast<char>('0' + number % 10);
}

/// A scanner from the front of a text. Once it has failed, it stays failed.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int number(std::size_t digits) {
        int value = 0;
        for (; digits > 0; --digits) {
            if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') return fail();
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }
    char one_of(std::string_view characters) {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos)
            return static_cast<char>(fail());
        char const character = rest_.front();
        rest_.remove_prefix(1);
        return character;
    }
    /// Reads "." and at least one digit. Digits after the third are truncated. Returns 0 if there
    /// is no ".".
    int milliseconds() {
        if (rest_.empty() || rest_.front() != '.') return 0;
        rest_.remove_prefix(1);
        int value = number(1) * 100;
        for (int weight = 10; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
             weight /= 10)
            value += number(1) * weight;
        return value;
    }
    [[nodiscard]] bool finished() const { return good_ && rest_.empty(); }

private:
    int fail() {
        good_ = false;
        rest_ = {};
        return 0;
    }
    std::string_view rest_;
    bool good_ = true;
};

} // namespace

std::string time_text(Time time) {
    std::string text(time_bytes, '\0');
    write_time(text.data(), time);
    return text;
}

char* write_time(char* place, Time time) {
    using namespace std::chrono;
    auto const local = time + china_offset;
    auto const day = floor<days>(local);
    year_month_day const date(day);
    auto const ms = static_cast<unsigned>((local - day).count());
    static constexpr char form[] = "0000-00-00T00:00:00.000+08:00";
    static_assert(sizeof form == time_bytes + 1);
    std::memcpy(place, form, time_bytes);
    write_number<4>(place, static_cast<unsigned>(static_cast<int>(date.year())));
    write_number<2>(place + 5, static_cast<unsigned>(date.month()));
    write_number<2>(place + 8, static_cast<unsigned>(date.day()));
    write_number<2>(place + 11, ms / 3'600'000);
    write_number<2>(place + 14, ms / 60'000 % 60);
    write_number<2>(place + 17, ms / 1'000 % 60);
    write_number<3>(place + 20, ms % 1'000);
    return place + time_bytes;
}

std::optional<Time> time_of(std::string_view rfc3339) {
    using namespace std::chrono;
    Scanner scanner(rfc3339);
    year const the_year(scanner.number(4));
    scanner.one_of("-");
    month const the_month(static_cast<unsigned>(scanner.number(2)));
    scanner.one_of("-");
    year_month_day const date(the_year, the_month, day(static_cast<unsigned>(scanner.number(2))));
    scanner.one_of("Tt ");
    int const hour = scanner.number(2);
    scanner.one_of(":");
    int const minute = scanner.number(2);
    scanner.one_of(":");
    int const second = scanner.number(2);
    int const millisecond = scanner.milliseconds();
    minutes offset{0};
    char const sign = scanner.one_of("Zz+-");
    if (sign == '+' || sign == '-') {
        int const offset_hours = scanner.number(2);
        scanner.one_of(":");
        int const offset_minutes = scanner.number(2);
        if (offset_hours > 23 || offset_minutes > 59) return std::nullopt;
        offset = hours(offset_hours) + minutes(offset_minutes);
        if (sign == '-') offset = -offset;
    }
    if (!scanner.finished() || !date.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return Time(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second) +
           milliseconds(millisecond) - offset;
}

} // namespace banjie::engine
