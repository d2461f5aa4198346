// banjie_simulate: runs simulated worlds, one per seed, on all processors.
//   --seeds N    that many, from --from (default 1); prints what happened in total
//   --seed N     one, and tells step by step what happens in it

#include "tests/simulation/simulated_world.hpp"

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <mutex>
#include <thread>

namespace banjie::simulation {

namespace {

thread_local std::uint64_t running_seed = 0;

/// What breaks ends the process: say which seed it was.
void say_seed(int signal) {
    std::signal(signal, SIG_DFL);
    std::fprintf(stderr, "It was seed %llu: tools/simulate --seed %llu\n",
                 static_cast<unsigned long long>(running_seed),
                 static_cast<unsigned long long>(running_seed));
}

std::optional<std::string> run(std::uint64_t seed, Founding const& founding, World::Tell tell,
                               Tally& tally) {
    running_seed = seed;
    World world(seed, founding, std::move(tell));
    auto violation = world.run();
    tally = world.tally();
    return violation;
}

void print(Tally const& tally) {
    std::cout << tally.steps << " steps, " << tally.requests << " requests, " << tally.crashes
              << " crashes, " << tally.wakes << " wakes\nAnswers:\n";
    for (auto const& [code, count] : tally.answers)
        std::cout << "  " << count << " " << code << "\n";
    std::cout << "Durable:\n";
    for (auto const& workflow : workflows::all_workflows())
        for (auto const& command : workflow->commands()) {
            auto const name = std::string(workflow->name()) + "/" + std::string(command.name);
            auto const found = tally.commands.find(name);
            std::cout << "  " << (found == tally.commands.end() ? 0 : found->second) << " " << name
                      << "\n";
        }
}

int run_one(std::uint64_t seed) {
    Tally tally;
    auto const violation = run(
        seed, make_founding(), [](std::string const& line) { std::cout << line << "\n"; }, tally);
    print(tally);
    if (violation) std::cout << "Violated: " << *violation << "\n";
    return violation ? 1 : 0;
}

/// What the threads share.
struct Campaign {
    std::uint64_t last = 0;
    Founding const founding = make_founding();
    std::atomic<std::uint64_t> next{0};
    std::mutex mutex;
    Tally total;
    std::size_t failures = 0;

    void work() {
        for (auto seed = next++; seed <= last; seed = next++) {
            Tally tally, again;
            auto violation = run(seed, founding, nullptr, tally);
            if (!violation && seed % 50 == 0) {
                static_cast<void>(run(seed, founding, nullptr, again));
                if (again.fingerprint != tally.fingerprint)
                    violation = "the same seed went another way the second time";
            }
            std::lock_guard const lock(mutex);
            total.add(tally);
            if (!violation) continue;
            ++failures;
            std::cout << "Seed " << seed << " violated: " << *violation
                      << "\n  See it: tools/simulate --seed " << seed << "\n";
        }
    }
};

int run_many(std::uint64_t first, std::uint64_t count) {
    auto const began = std::chrono::steady_clock::now();
    Campaign campaign;
    campaign.next = first;
    campaign.last = first + count - 1;
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back([&campaign] { campaign.work(); });
    for (auto& thread : threads) thread.join();
    print(campaign.total);
    auto const took = std::chrono::steady_clock::now() - began;
    std::cout << "Seeds " << first << " to " << campaign.last << ": " << campaign.failures
              << " violated an invariant; "
              << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms\n";
    return campaign.failures == 0 ? 0 : 1;
}

int usage() {
    std::cerr << "Expected --seed N, or --seeds N with or without --from N\n";
    return 2;
}

} // namespace

} // namespace banjie::simulation

int main(int count, char** words) {
    using namespace banjie::simulation;
    for (int const end : {SIGABRT, SIGSEGV, SIGFPE}) std::signal(end, say_seed);
    std::uint64_t seed = 0, seeds = 0, from = 1;
    for (int i = 1; i < count; i += 2) {
        std::string_view const name = words[i];
        auto* const value = name == "--seed"    ? &seed
                            : name == "--seeds" ? &seeds
                            : name == "--from"  ? &from
                                                : nullptr;
        if (value == nullptr || i + 1 == count) return usage();
        auto const* const end = words[i + 1] + std::strlen(words[i + 1]);
        if (std::from_chars(words[i + 1], end, *value).ptr != end) return usage();
    }
    if (seed > 0 && seeds == 0) return run_one(seed);
    return seed == 0 && seeds > 0 ? run_many(from, seeds) : usage();
}
