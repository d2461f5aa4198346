// backup, restore, verify and dump.

#include "api/command_line/commands.hpp"
#include "api/command_line/offline.hpp"
#include "api/command_line/progress_bar.hpp"

#include <iostream>

namespace banjie::api::command_line {

namespace {

std::optional<Arguments> parse_with_data(Typed typed, Usage const& usage, int& status) {
    options::options_description known;
    add_data_option(known);
    return parse(typed, usage, known, status);
}

} // namespace

int back_up(Typed typed) {
    int status = 0;
    auto const arguments = parse_with_data(
        typed,
        {"banjie backup FOLDER [--data FOLDER]",
         "Adds a consistent copy of the store to a folder of backups. The store must not be open;\n"
         "a server that runs writes its own with POST /api/v1/backups.\n\n"
         "  banjie backup /backups/banjie --data ./var",
         1, 1},
        status);
    if (!arguments) return status;
    storage::RocksdbOptions opening;
    opening.directory = store_directory(*arguments);
    opening.create_if_missing = false;
    auto const store = storage::open_rocksdb_store(std::move(opening));
    if (!store) return fail(message_of(store.error()));
    ProgressBar bar("backup");
    auto const written =
        (*store)->backup(arguments->words[0],
                         [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (!written) return fail(message_of(written.error()));
    auto const last_seq = (*store)->status().last_seq;
    (*store)->close();
    std::cout << "Written up to event " << last_seq << ".\n";
    return 0;
}

int restore(Typed typed) {
    int status = 0;
    auto const arguments = parse_with_data(
        typed,
        {"banjie restore FOLDER [--data FOLDER]",
         "Makes a store from the newest copy in a folder of backups. There must be none yet.\n\n"
         "  banjie restore /backups/banjie --data ./restored && banjie verify --data ./restored",
         1, 1},
        status);
    if (!arguments) return status;
    ProgressBar bar("restore");
    auto const restored = storage::restore_backup(
        arguments->words[0], store_directory(*arguments),
        [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (!restored) return fail(message_of(restored.error()));
    std::cout << "Restored to " << store_directory(*arguments) << ".\n";
    return 0;
}

int verify(Typed typed) {
    int status = 0;
    auto const arguments =
        parse_with_data(typed,
                        {"banjie verify [--data FOLDER]",
                         "Reads every record: checksums, the sequence and the hash chain of the "
                         "history, versions,\n"
                         "index entries. Exits with 1 and names what is wrong when something is.",
                         0, 0},
                        status);
    if (!arguments) return status;
    ProgressBar bar("verify");
    auto const verified = storage::verify_store(
        store_directory(*arguments),
        [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (!verified) return fail(message_of(verified.error()));
    for (auto const& finding : verified->findings) std::cout << finding << "\n";
    std::cout << (verified->findings.empty() ? "Sound: " : "NOT sound: ") << verified->events
              << " events up to " << verified->last_seq << ", " << verified->instances
              << " instances, " << verified->index_entries << " index entries, "
              << verified->documents << " documents, " << verified->replies << " replies.\n";
    return verified->findings.empty() ? 0 : 1;
}

int dump(Typed typed) {
    int status = 0;
    auto const arguments =
        parse_with_data(typed,
                        {"banjie dump [--data FOLDER]",
                         "Writes every record as a line of JSON to the standard output.\n\n"
                         "  banjie dump --data ./var | grep '\"table\":\"event\"'",
                         0, 0},
                        status);
    if (!arguments) return status;
    auto const dumped = storage::dump_store(
        store_directory(*arguments), [](std::string_view line) { std::cout << line << '\n'; });
    if (!dumped) return fail(message_of(dumped.error()));
    std::cout.flush();
    return std::cout.good() ? 0 : fail("the output could not be written whole");
}

} // namespace banjie::api::command_line
