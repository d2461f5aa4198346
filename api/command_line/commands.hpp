#pragma once
// All commands of the program. Each takes the words typed after its name, and returns the status of
// the process (0 done, 1 refused or failed, 2 typed wrongly).

#include <string>
#include <vector>

namespace banjie::api::command_line {

using Typed = std::vector<std::string> const&;

int serve(Typed typed);

// On a store that no server has open.
int user(Typed typed);
int security(Typed typed);
int organisation(Typed typed);
int drill(Typed typed);
int restore(Typed typed);
int verify(Typed typed);
int signing_key(Typed typed);
int dump(Typed typed);
int back_up(Typed typed);
int backups(Typed typed);

// On a server, over HTTP.
int sign_in(Typed typed);
int create(Typed typed);
int list(Typed typed);
int show(Typed typed);
int give(Typed typed); // "do"

} // namespace banjie::api::command_line
