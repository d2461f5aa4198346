#pragma once
// Arguments typed after a command's name.

#include <boost/program_options.hpp>

#include <optional>
#include <string>
#include <vector>

namespace banjie::api::command_line {

namespace options = boost::program_options;

using Words = std::vector<std::string>;

/// Options, and the words between them. `--help` prints `usage` with the options, and returns
/// nullopt with status 0. A mistake prints what was expected, and returns nullopt with status 2.
struct Arguments {
    options::variables_map values;
    Words words; // in order

    [[nodiscard]] std::string text(std::string const& name) const {
        return values.count(name) ? values[name].as<std::string>() : std::string();
    }
    template <class T>
    [[nodiscard]] T as(std::string const& name) const {
        return values[name].as<T>();
    }
    [[nodiscard]] bool flag(std::string const& name) const { return values.count(name) > 0; }
};

struct Usage {
    std::string synopsis; // "banjie user create NAME --organisation CODE --role ROLE"
    std::string says;     // description, with an example
    std::size_t least_words = 0, most_words = 0;
};

[[nodiscard]] std::optional<Arguments> parse(Words const& typed, Usage const& usage,
                                             options::options_description const& known,
                                             int& status);

/// Returns the environment's value, or the default.
[[nodiscard]] std::string environment(char const* name, std::string otherwise);

/// Prints "banjie: …" to the standard error stream. Returns 1.
int fail(std::string const& message);

} // namespace banjie::api::command_line
