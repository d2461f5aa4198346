#pragma once
// What `banjie_load` is measured against or with, and what no load over HTTP can show. Each gives
// the process's status.

#include <cstddef>
#include <string>

namespace banjie::measure {

/// The least server: on 127.0.0.1, answers with JSON, having parsed the body; until it is killed.
int serve(unsigned short port);
/// The least store: 64 commands of 4 keys in one synced write.
int store(std::string const& folder);
/// The index of a store: loading it, and its pages.
int index(std::string const& folder);
/// What the rules take of a command, and what the whole engine takes, so many lives of ten each.
int rules(int lives);
/// Adds so many problems to a store: each like one that is there, of another time.
int fill(std::size_t problems, std::string const& folder);

} // namespace banjie::measure
