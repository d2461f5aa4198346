#pragma once
// Measurements that `banjie_load` is compared with or needs, or that no load over HTTP can show.
// Each function returns the process's exit status.

#include <cstddef>
#include <string>

namespace banjie::measure {

/// Runs the minimal server on 127.0.0.1 until it is killed: parses the body, answers with JSON.
int serve(unsigned short port);
/// Measures the minimal store: 64 commands of 4 keys in one synced write.
int store(std::string const& folder);
/// Measures the index of a store: loading it, and its pages.
int index(std::string const& folder);
/// Measures what a command costs in the rules, and in the whole engine, over `lives` lives of ten
/// commands each.
int rules(int lives);
/// Adds problems to a store, each a copy of an existing one with another time.
int fill(std::size_t problems, std::string const& folder);

} // namespace banjie::measure
