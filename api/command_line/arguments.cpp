#include "api/command_line/arguments.hpp"

#include <cstdlib>
#include <iostream>

namespace banjie::api::command_line {

std::optional<Arguments> parse(Words const& typed, Usage const& usage,
                               options::options_description const& known, int& status) {
    options::options_description all("Options");
    all.add(known);
    all.add_options()("help,h", "show this");
    options::options_description hidden;
    hidden.add(all).add_options()("word", options::value<Words>());
    options::positional_options_description words;
    words.add("word", -1);
    Arguments arguments;
    status = 2;
    try {
        options::store(options::command_line_parser(typed).options(hidden).positional(words).run(),
                       arguments.values);
        if (arguments.flag("help")) {
            std::cout << "Usage: " << usage.synopsis << "\n\n" << usage.says << "\n\n" << all;
            status = 0;
            return std::nullopt;
        }
        options::notify(arguments.values);
    } catch (options::error const& error) {
        std::cerr << "banjie: " << error.what() << "\nUsage: " << usage.synopsis << "\n";
        return std::nullopt;
    }
    if (arguments.values.count("word")) arguments.words = arguments.values["word"].as<Words>();
    if (arguments.words.size() < usage.least_words || arguments.words.size() > usage.most_words) {
        std::cerr << "banjie: the command does not take " << arguments.words.size()
                  << " words\nUsage: " << usage.synopsis << "\n";
        return std::nullopt;
    }
    return arguments;
}

std::string environment(char const* name, std::string otherwise) {
    char const* const value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : std::move(otherwise);
}

int fail(std::string const& message) {
    std::cerr << "banjie: " << message << "\n";
    return 1;
}

} // namespace banjie::api::command_line
