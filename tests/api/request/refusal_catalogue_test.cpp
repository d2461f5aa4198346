// Every refusal code has one entry in the catalogue and words in both languages of the console.

#include "api/request/refusal_catalogue.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

using namespace banjie::api;

namespace {

using Words = std::map<std::string, std::string>;

/// Reads the words of one language: lines of the form `code: "words",`.
Words words_in(std::string const& language) {
    std::ifstream file(BANJIE_SOURCE_DIRECTORY "/api/console/src/texts/" + language +
                       "/refusals.ts");
    REQUIRE(file);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    static std::regex const entry("\n  ([a-z0-9_]+):\\s+\"([^\"\n]*)\",");
    Words words;
    for (std::sregex_iterator at(text.begin(), text.end(), entry), end; at != end; ++at)
        CHECK_MESSAGE(words.emplace((*at)[1], (*at)[2]).second, "twice: " << (*at)[1]);
    return words;
}

/// Codes that the console makes itself; the server never sends them.
std::set<std::string> const own_to_the_console{"unreachable", "attachment_too_large",
                                               "attachment_empty", "organisation_exists",
                                               "waits_for_second_person"};

} // namespace

TEST_CASE("a code has one entry in the catalogue") {
    std::set<std::string> names;
    static std::regex const snake_case("[a-z]+(_[a-z0-9]+)*");
    for (auto const& [owner, code, status, at_start] : refusal_catalogue()) {
        std::string const name(code.name);
        CAPTURE(name);
        CHECK(names.insert(name).second);
        CHECK(std::regex_match(name, snake_case));
        CHECK(code.sentence.ends_with('.'));
        CHECK((code.help.empty() || code.help.ends_with('.')));
        CHECK((at_start || (status != 0) == code.kind.has_value()));
    }
}

TEST_CASE(
    "a code that a caller can receive has words in both languages, and no word lacks a code") {
    for (std::string const language : {"zh", "en"}) {
        CAPTURE(language);
        auto words = words_in(language);
        for (auto const& entry : refusal_catalogue()) {
            if (entry.at_start) continue;
            std::string const name(entry.code.name);
            CHECK_MESSAGE(words.erase(name) == 1, "no words for: " << name);
        }
        for (auto const& name : own_to_the_console) CHECK(words.erase(name) == 1);
        for (auto const& [name, text] : words)
            CHECK_MESSAGE(false, "words for a code that nobody sends: " << name);
    }
}
