#include "tests/workflows/scenario.hpp"

#include "tests/workflows/calendar_file.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace banjie::workflows::testing {

namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Words, divided by spaces outside quotes; the quotes are taken off.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    bool quoted = false;
    bool within = false;
    for (char const letter : line) {
        if (letter == '"') {
            quoted = !quoted;
        } else if (!quoted && (letter == ' ' || letter == '\t')) {
            within = false;
            continue;
        }
        if (!within) words.emplace_back();
        within = true;
        if (letter != '"') words.back() += letter;
    }
    return words;
}

struct Line {
    int number = 0;
    std::string text;
};

/// Logical lines: without comments, continued ones joined.
std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    std::istringstream input{std::string(text)};
    std::string physical;
    for (int number = 1; std::getline(input, physical); ++number) {
        replace_all(physical, "“", "\"");
        replace_all(physical, "”", "\"");
        replace_all(physical, "->", "→");
        auto const first = physical.find_first_not_of(" \t\r");
        if (first == std::string::npos || physical[first] == '#') continue;
        if (first > 0 && !lines.empty())
            lines.back().text += ' ' + physical.substr(first);
        else
            lines.push_back({number, physical.substr(first)});
    }
    return lines;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> all) {
    return std::find(all.begin(), all.end(), word) != all.end();
}

class Reader {
public:
    Scenario read(std::string_view text) {
        for (auto const& line : lines_of(text)) {
            line_ = line.number;
            read_line(line.text);
        }
        return std::move(scenario_);
    }

private:
    void complain(std::string const& what) {
        scenario_.errors.push_back(std::to_string(line_) + ": " + what);
    }

    void read_line(std::string const& text) {
        for (std::string_view const mark : {"Scenario:", "情景："}) {
            if (!text.starts_with(mark)) continue;
            scenario_.title = text.substr(mark.size());
            scenario_.title.erase(0, scenario_.title.find_first_not_of(' '));
            return;
        }
        auto const words = words_of(text);
        Statement statement;
        statement.line = line_;
        bool read = false;
        if (is_one_of(words[0], {"On", "到"}))
            read = read_clock(words, statement);
        else if (is_one_of(words[0], {"After", "过"}))
            read = read_wait(words, statement);
        else if (is_one_of(words[0], {"Policy", "政策"}))
            read = read_policy(words, statement);
        else
            read = read_deed(words, statement);
        if (read)
            scenario_.statements.push_back(std::move(statement));
        else
            complain("Expected a scenario's line, but it says \"" + text + "\"");
    }

    static bool read_clock(std::vector<std::string> const& words, Statement& statement) {
        if (words.size() < 2 || words.size() > 3) return false;
        statement.kind = Statement::Kind::clock;
        statement.at = local_time(words[1] + (words.size() == 3 ? " " + words[2] : ""));
        return true;
    }

    static bool read_wait(std::vector<std::string> const& words, Statement& statement) {
        statement.kind = Statement::Kind::wait;
        if (words.size() < 3) return false;
        auto const& number = words[1];
        std::from_chars(number.data(), number.data() + number.size(), statement.days);
        statement.working = is_one_of(words[2], {"working", "个工作日"});
        return statement.days > 0 &&
               (statement.working || is_one_of(words[2], {"day", "days", "天"}));
    }

    static bool read_policy(std::vector<std::string> const& words, Statement& statement) {
        if (words.size() < 3) return false;
        statement.kind = Statement::Kind::policy;
        statement.workflow = words[1];
        return std::all_of(words.begin() + 2, words.end(),
                           [&](auto const& word) { return read_field(word, statement); });
    }

    static bool read_field(std::string const& word, Statement& statement) {
        auto const equals = word.find('=');
        if (equals == std::string::npos) return false;
        statement.fields.emplace_back(word.substr(0, equals), word.substr(equals + 1));
        return true;
    }

    static bool read_deed(std::vector<std::string> const& words, Statement& statement) {
        bool const expects = is_one_of(words[0], {"Then", "此时"});
        std::size_t const head = expects ? 2 : 3;
        if (words.size() < head) return false;
        statement.kind = expects ? Statement::Kind::expectation : Statement::Kind::command;
        statement.instance = words[head - 1];
        if (!expects) {
            statement.who = words[0];
            auto const dot = words[1].find('.');
            if (dot != std::string::npos) statement.workflow = words[1].substr(0, dot);
            statement.command = words[1].substr(dot == std::string::npos ? 0 : dot + 1);
        }
        for (std::size_t i = head; i < words.size(); ++i) {
            bool const state = words[i] == "→";
            if ((state || words[i] == "✗") && !expects) {
                if (i + 2 != words.size()) return false;
                (state ? statement.state : statement.refusal) = words[i + 1];
                return true;
            }
            if (!read_field(words[i], statement)) return false;
        }
        return !expects || !statement.fields.empty();
    }

    int line_ = 0;
    Scenario scenario_;
};

} // namespace

Scenario read_scenario(std::string_view text) {
    return Reader().read(text);
}

} // namespace banjie::workflows::testing
