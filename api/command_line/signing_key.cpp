// Makes keys that sign heads of the chain.

#include "engine/audit/signing_key.hpp"

#include "api/command_line/arguments.hpp"
#include "api/command_line/commands.hpp"
#include "api/command_line/offline.hpp"
#include "storage/durable_files.hpp"

#include <iostream>
#include <sys/stat.h>

namespace banjie::api::command_line {

int signing_key(Typed typed) {
    int status = 0;
    auto const arguments = parse(
        typed,
        {"banjie signing-key new FILE",
         "Makes a key (Ed25519, PEM) for --signing-key of the server, which its owner alone may\n"
         "read, and FILE.pub for those who verify. Keep the public one away from the machine.\n\n"
         "  banjie signing-key new /etc/banjie/heads.pem",
         2, 2},
        options::options_description(), status);
    if (!arguments) return status;
    if (arguments->words[0] != "new") return fail("'" + arguments->words[0] + "' is not new");
    auto const& file = arguments->words[1];
    auto const key = engine::SigningKey::make();
    if (auto const written = key.write(file); !written) return fail(message_of(written.error()));
    auto const public_file = file + ".pub";
    auto const published = storage::replace_file(public_file, key.public_key().pem());
    if (!published) return fail(message_of(published.error()));
    ::chmod(public_file.c_str(), S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    std::cout << "The key " << key.public_key().id() << " is in " << file << ", its public part in "
              << public_file << ".\n";
    return 0;
}

} // namespace banjie::api::command_line
