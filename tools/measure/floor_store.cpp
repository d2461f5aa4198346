#include "tools/measure/measure.hpp"

#include <nlohmann/json.hpp>
#include <rocksdb/db.h>

#include <chrono>
#include <iostream>
#include <memory>

namespace banjie::measure {

int store(std::string const& folder) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.allow_concurrent_memtable_write = false;
    rocksdb::DB* opened = nullptr;
    if (!rocksdb::DB::Open(options, folder, &opened).ok()) return 1;
    std::unique_ptr<rocksdb::DB> const db(opened);
    constexpr int groups = 500, commands = 64;
    std::string const instance(900, 'i'), entry(250, 'x'), event(700, 'e'), reply(60, 'r');
    rocksdb::WriteOptions synced;
    synced.sync = true;
    auto const began = std::chrono::steady_clock::now();
    for (int group = 0; group < groups; ++group) {
        rocksdb::WriteBatch batch;
        for (int i = 0; i < commands; ++i) {
            auto const id = std::to_string((group * commands + i) * 7919 % 1'000'003);
            batch.Put("I" + id, instance);
            batch.Put("X" + id, entry);
            batch.Put("E" + std::to_string(group * commands + i), event);
            batch.Put("R" + id, reply);
        }
        if (!db->Write(synced, &batch).ok()) return 1;
    }
    auto const took =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::cout << nlohmann::json{{"commands_per_s", groups * commands / took}}.dump() << "\n";
    return 0;
}

} // namespace banjie::measure
