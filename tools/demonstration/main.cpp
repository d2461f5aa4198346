// Fills an empty store with the demonstration before a server opens it.

#include "api/command_line/offline.hpp"
#include "tools/demonstration/demonstration.hpp"

#include <exception>
#include <iostream>
#include <sys/stat.h>

namespace banjie::demonstration {

namespace {

using namespace api::command_line;

constexpr std::uint64_t no_reserve = 0; // it writes some megabytes, once

int run(Words const& typed) {
    options::options_description known;
    add_data_option(known);
    int status = 0;
    auto const arguments = parse(typed,
                                 {"banjie_demonstration [--data FOLDER]",
                                  "Fills an empty store with the story of two rounds, and prints "
                                  "the accounts to sign in\n"
                                  "with. A store that has organisations is left as it is. The "
                                  "password of all accounts\n"
                                  "is BANJIE_DEMO_PASSWORD, or else one that is made and kept "
                                  "beside the store.",
                                  0, 0},
                                 known, status);
    if (!arguments) return status;
    StoryClock clock;
    OfflineOffice offline(store_directory(*arguments), clock, no_reserve);
    if (!offline.trouble().empty()) return fail(offline.trouble());
    auto const accounts = prepare(offline.office(), clock, arguments->text("data"));
    if (!accounts) return fail(message_of(accounts.error()));
    std::cout << *accounts << std::flush;
    return 0;
}

} // namespace

} // namespace banjie::demonstration

int main(int count, char** words) {
    umask(077); // only their owner may read the store and the password
    try {
        return banjie::demonstration::run({words + 1, words + count});
    } catch (std::exception const& error) {
        return banjie::api::command_line::fail(error.what());
    }
}
