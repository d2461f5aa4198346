#include "tools/measure/measure.hpp"

#include <nlohmann/json.hpp>
#include <rocksdb/db.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace banjie::measure {

namespace {

struct Took {
    double mean_ms = 0, p99_ms = 0;
};

/// Measures synced writes of `commands` commands each.
Took write_some(rocksdb::DB& db, int writes, int commands) {
    std::string const instance(900, 'i'), entry(250, 'x'), event(700, 'e'), reply(60, 'r');
    rocksdb::WriteOptions synced;
    synced.sync = true;
    std::vector<double> each_ms;
    for (int write = 0; write < writes; ++write) {
        rocksdb::WriteBatch batch;
        for (int i = 0; i < commands; ++i) {
            auto const id = std::to_string((write * commands + i) * 7919 % 1'000'003);
            batch.Put("I" + id, instance);
            batch.Put("X" + id, entry);
            batch.Put("E" + std::to_string(write * commands + i), event);
            batch.Put("R" + id, reply);
        }
        auto const began = std::chrono::steady_clock::now();
        if (!db.Write(synced, &batch).ok()) throw std::runtime_error("a write failed");
        std::chrono::duration<double, std::milli> const took =
            std::chrono::steady_clock::now() - began;
        each_ms.push_back(took.count());
    }
    std::sort(each_ms.begin(), each_ms.end());
    return {std::accumulate(each_ms.begin(), each_ms.end(), 0.0) / writes,
            each_ms[each_ms.size() * 99 / 100]};
}

} // namespace

int store(std::string const& folder) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.allow_concurrent_memtable_write = false;
    rocksdb::DB* opened = nullptr;
    if (!rocksdb::DB::Open(options, folder, &opened).ok()) return 1;
    std::unique_ptr<rocksdb::DB> const db(opened);
    constexpr int writes = 1'000, many = 64, few = 8;
    auto const large = write_some(*db, writes, many), small = write_some(*db, writes, few);
    nlohmann::json const result{{"commands_per_s", many * 1'000 / large.mean_ms},
                                {"write_ms", large.mean_ms},
                                {"small_write_ms", small.mean_ms},
                                {"small_write_p99_ms", small.p99_ms}};
    std::cout << result.dump() << "\n";
    return 0;
}

} // namespace banjie::measure
