#include "tools/measure/measure.hpp"

#include <nlohmann/json.hpp>
#include <rocksdb/db.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <stdexcept>

namespace banjie::measure {

namespace {

/// Milliseconds of each of some synced writes of so many commands.
double write_ms(rocksdb::DB& db, int writes, int commands) {
    std::string const instance(900, 'i'), entry(250, 'x'), event(700, 'e'), reply(60, 'r');
    rocksdb::WriteOptions synced;
    synced.sync = true;
    auto const began = std::chrono::steady_clock::now();
    for (int write = 0; write < writes; ++write) {
        rocksdb::WriteBatch batch;
        for (int i = 0; i < commands; ++i) {
            auto const id = std::to_string((write * commands + i) * 7919 % 1'000'003);
            batch.Put("I" + id, instance);
            batch.Put("X" + id, entry);
            batch.Put("E" + std::to_string(write * commands + i), event);
            batch.Put("R" + id, reply);
        }
        if (!db.Write(synced, &batch).ok()) throw std::runtime_error("a write failed");
    }
    auto const took = std::chrono::steady_clock::now() - began;
    return std::chrono::duration<double, std::milli>(took).count() / writes;
}

} // namespace

int store(std::string const& folder) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.allow_concurrent_memtable_write = false;
    rocksdb::DB* opened = nullptr;
    if (!rocksdb::DB::Open(options, folder, &opened).ok()) return 1;
    std::unique_ptr<rocksdb::DB> const db(opened);
    constexpr int many = 64, few = 8;
    auto const many_ms = write_ms(*db, 500, many), few_ms = write_ms(*db, 500, few);
    nlohmann::json const result{{"commands_per_s", many * 1'000 / many_ms},
                                {"write_ms", many_ms},
                                {"small_write_ms", few_ms}};
    std::cout << result.dump() << "\n";
    return 0;
}

} // namespace banjie::measure
