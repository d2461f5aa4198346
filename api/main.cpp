#include "api/command_line/commands.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace {

namespace command_line = banjie::api::command_line;

struct Entry {
    std::string_view name;
    int (*run)(command_line::Typed);
    std::string_view says;
};

constexpr Entry entries[] = {
    {"serve", command_line::serve, "run the server"},
    {"user", command_line::user, "accounts: create, password, second-factor, list"},
    {"security", command_line::security, "the security policy: show, reset"},
    {"organisation", command_line::organisation, "organisations: import"},
    {"backup", command_line::back_up, "write a consistent copy of a store"},
    {"backups", command_line::backups, "list the copies in a folder of backups"},
    {"drill", command_line::drill, "restore the newest backup to a scratch place and check it"},
    {"restore", command_line::restore, "make a store from a backup"},
    {"verify", command_line::verify, "read a store or backup whole and check it"},
    {"signing-key", command_line::signing_key, "make a key that signs heads of the history"},
    {"dump", command_line::dump, "write every record as a line of JSON"},
    {"sign-in", command_line::sign_in, "sign in to a server, for the commands below"},
    {"create", command_line::create, "create an instance: report a problem, for example"},
    {"list", command_line::list, "list the instances of a workflow"},
    {"show", command_line::show, "show one, what I may do and what has happened"},
    {"do", command_line::give, "give it a command"},
};

/// Forbids core dumps, which would contain passwords and tokens. This also keeps other processes of
/// the same user from reading this one's memory; a sanitizer must be able to.
void forbid_core_dumps() {
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
    rlimit const none{};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

int usage(std::ostream& out, int status) {
    out << "Banjie 办结: problems reported, assigned, resolved, revisited and closed.\n\n"
           "Usage: banjie COMMAND …      banjie COMMAND --help says more\n\n";
    for (Entry const& entry : entries)
        out << "  " << entry.name << std::string(15 - entry.name.size(), ' ') << entry.says << "\n";
    out << "\nTo begin: banjie serve --data ./var, and in another terminal\n"
           "          banjie sign-in county && banjie list --mine\n";
    return status;
}

} // namespace

int main(int count, char** words) {
    std::vector<std::string> typed(words + 1, words + count);
    if (typed.empty()) return usage(std::cerr, 2);
    if (typed[0] == "--help" || typed[0] == "-h" || typed[0] == "help") return usage(std::cout, 0);
    auto const* const found =
        std::find_if(std::begin(entries), std::end(entries),
                     [&](Entry const& entry) { return entry.name == typed[0]; });
    if (found == std::end(entries)) {
        std::cerr << "banjie: there is no command '" << typed[0] << "'\n\n";
        return usage(std::cerr, 2);
    }
    typed.erase(typed.begin());
    forbid_core_dumps();
    umask(077); // only the owner may read stores, backups and the session file
    try {
        return found->run(typed);
    } catch (std::exception const& error) {
        std::cerr << "banjie: " << error.what() << "\n";
        return 1;
    }
}
