// The commands backup, backups, restore, verify and dump.

#include "api/command_line/commands.hpp"
#include "api/command_line/offline.hpp"
#include "api/command_line/progress_bar.hpp"
#include "engine/backups/backups.hpp"
#include "engine/backups/drills.hpp"
#include "engine/text/json_text.hpp"
#include "engine/text/time_text.hpp"

#include <filesystem>
#include <iostream>

namespace banjie::api::command_line {

namespace {

storage::Result<engine::AttachmentReport> attachments_of(Arguments const& arguments) {
    storage::RocksdbOptions opening;
    opening.directory = store_directory(arguments);
    opening.create_if_missing = false;
    opening.read_only = true;
    auto const store = storage::open_rocksdb_store(std::move(opening));
    if (!store) return store.error();
    auto const blobs = storage::open_blob_files(attachments_directory(arguments));
    if (!blobs) return blobs.error();
    return engine::verify_attachments(**store, **blobs);
}

/// What is wrong with the signed heads, in the store or by themselves.
struct CheckedHeads {
    engine::SignedHeads heads;
    std::vector<std::uint64_t> seqs;
};

storage::Result<CheckedHeads> heads_of(Arguments const& arguments) {
    CheckedHeads checked;
    if (!arguments.flag("heads")) return checked;
    std::vector<engine::PublicKey> keys;
    for (auto const& file : arguments.as<Words>("public-key")) {
        auto key = engine::PublicKey::read(file);
        if (!key) return key.error();
        keys.push_back(std::move(*key));
    }
    auto heads = engine::read_signed_heads(arguments.text("heads"), keys);
    if (!heads) return heads.error();
    checked.heads = std::move(*heads);
    checked.seqs = engine::seqs_of(checked.heads);
    return checked;
}

/// Adds to the findings what the signed heads say.
void report_heads(CheckedHeads const& checked, storage::VerifyReport& verified) {
    auto& findings = verified.findings;
    auto const compared = engine::compare(checked.heads, verified.heads, verified.last_seq);
    findings.insert(findings.end(), checked.heads.findings.begin(), checked.heads.findings.end());
    findings.insert(findings.end(), compared.findings.begin(), compared.findings.end());
    std::cout << compared.agreeing << " signed heads agree with the store";
    if (compared.replaced > 0)
        std::cout << ", " << compared.replaced << " are of a store that a restore replaced";
    std::cout << ".\n";
    for (auto const& head : checked.heads.heads)
        if (head.is_restore)
            std::cout << "On " << engine::time_text(head.at)
                      << " a copy was restored that ended at event " << head.head.seq << ".\n";
}

std::optional<Arguments> parse_with_data(Typed typed, Usage const& usage, int& status) {
    options::options_description known;
    add_data_option(known);
    return parse(typed, usage, known, status);
}

} // namespace

int back_up(Typed typed) {
    int status = 0;
    auto const arguments =
        parse_with_data(typed,
                        {"banjie backup FOLDER [--data FOLDER]",
                         "Adds a consistent copy of the store and its attachments to a folder of "
                         "backups. The store\n"
                         "must not be open;\n"
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
    auto const blobs = storage::open_blob_files(attachments_directory(*arguments));
    if (!blobs) return fail(message_of(blobs.error()));
    ProgressBar bar("backup");
    auto const written =
        engine::back_up(**store, **blobs, arguments->words[0],
                        [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    (*store)->close();
    if (!written) return fail(message_of(written.error()));
    for (auto const& finding : written->damaged) std::cout << finding << "; the copy is whole.\n";
    std::cout << "Written as copy " << written->number << " up to event " << written->last_seq
              << ", " << written->attachments << " attachments.\n";
    return 0;
}

int backups(Typed typed) {
    int status = 0;
    auto const arguments =
        parse(typed,
              {"banjie backups FOLDER",
               "Lists the copies in a folder of backups, newest first, with what is wrong with "
               "them.\n"
               "Exits with 1 when the newest that is not under way is broken, or there is none.",
               1, 1},
              options::options_description(), status);
    if (!arguments) return status;
    auto const found = engine::backups_in(arguments->words[0]);
    if (!found) return fail(message_of(found.error()));
    std::optional<engine::BackupState> newest;
    for (auto const& backup : *found) {
        std::cout << backup.number << "  " << engine::time_text(backup.written_at) << "  "
                  << backup.size_bytes << " bytes  " << engine::name_of(backup.state) << "\n";
        for (auto const& finding : backup.findings) std::cout << "  " << finding << "\n";
        if (!newest && backup.state != engine::BackupState::under_way) newest = backup.state;
    }
    return newest.value_or(engine::BackupState::broken) == engine::BackupState::broken ? 1 : 0;
}

int drill(Typed typed) {
    int status = 0;
    options::options_description known;
    known.add_options()("scratch", options::value<std::string>()->value_name("FOLDER"),
                        "where to restore it; otherwise within the folder of backups");
    auto const arguments = parse(
        typed,
        {"banjie drill FOLDER [--scratch FOLDER]",
         "Tries the way back: restores the newest copy in a folder of backups to a scratch place, "
         "\n"
         "reads every record and file of it, and removes it again. A server that writes to that\n"
         "folder tells the age of the last drill. Exits with 1 when the copy is not sound.\n\n"
         "  banjie drill /backups/banjie",
         1, 1},
        known, status);
    if (!arguments) return status;
    auto const& folder = arguments->words[0];
    auto scratch = arguments->text("scratch");
    if (scratch.empty()) {
        scratch = folder + "/drill";
        std::error_code error;
        std::filesystem::remove_all(scratch, error); // of an interrupted drill
    }
    ProgressBar bar("drill");
    auto const carried_out =
        engine::drill(folder, scratch, engine::system_clock().now(),
                      [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (!carried_out) return fail(message_of(carried_out.error()));
    for (auto const& finding : carried_out->findings) std::cout << finding << "\n";
    bool const is_sound = carried_out->findings.empty();
    std::cout << "Copy " << carried_out->number << (is_sound ? " is sound" : " is NOT sound")
              << ".\n";
    return is_sound ? 0 : 1;
}

namespace {

/// Tells of a restore where the server's signed heads and messages go.
int announce(Arguments const& arguments, engine::Restored const& restored) {
    auto const now = engine::system_clock().now();
    if (auto const file = arguments.text("sign-heads"); !file.empty()) {
        auto heads = open_heads(file, arguments.text("signing-key"));
        auto const appended = heads ? heads->append_restore(restored.head, now) : heads.error();
        if (!appended) return fail(message_of(appended.error()));
    }
    if (auto const url = arguments.text("syslog"); !url.empty()) {
        std::atomic<std::uint64_t> sent = 0, lost = 0;
        auto syslog = open_syslog(url, sent, lost);
        if (!syslog) return fail(message_of(syslog.error()));
        (*syslog)->send(restore_message(restored.number, restored.head.seq, now));
        syslog->reset(); // sends it
        if (lost > 0) return fail("the syslog server was not reached: tell it by other means");
    }
    return 0;
}

} // namespace

int restore(Typed typed) {
    int status = 0;
    options::options_description known;
    add_data_option(known);
    known.add_options()("number", options::value<std::uint32_t>()->value_name("N"),
                        "that copy; otherwise the newest that was finished")(
        "incomplete", "take it although attachments are missing")(
        "without-journal", options::value<std::string>()->value_name("lock|accept"),
        "of what was revoked after the copy: every password is set anew, or those of the copy are "
        "accepted")("sign-heads", options::value<std::string>()->value_name("FILE"),
                    "append there, signed, that it was restored")(
        "signing-key", options::value<std::string>()->value_name("FILE"), "as of the server")(
        "syslog", options::value<std::string>()->value_name("URL"), "as of the server");
    auto const arguments = parse(
        typed,
        {"banjie restore FOLDER [--data FOLDER]",
         "Makes a store from a copy in a folder of backups, and checks every attachment that its\n"
         "records name. There must be no store yet. Names what it passes over. What was revoked\n"
         "after the copy, as the journal in the folder tells it, stays revoked; sessions end.\n\n"
         "  banjie restore /backups/banjie --data ./restored && banjie verify --data ./restored",
         1, 1},
        known, status);
    if (!arguments) return status;
    engine::Restoring wanted{.folder = arguments->words[0],
                             .store = store_directory(*arguments),
                             .attachments = attachments_directory(*arguments),
                             .incomplete = arguments->flag("incomplete"),
                             .now = engine::system_clock().now()};
    auto const without = arguments->text("without-journal");
    if (!without.empty() && without != "lock" && without != "accept")
        return fail("'" + without + "' is neither lock nor accept");
    if (!without.empty())
        wanted.revoked =
            without == "lock" ? engine::Revoked::locks_accounts : engine::Revoked::accepted;
    if (arguments->flag("sign-heads") != arguments->flag("signing-key"))
        return fail("--sign-heads and --signing-key belong together, and one is missing");
    if (arguments->flag("number")) wanted.number = arguments->as<std::uint32_t>("number");
    ProgressBar bar("restore");
    auto const restored = engine::restore(
        wanted, [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (!restored) return fail(message_of(restored.error()));
    for (auto const& copy : restored->passed_over) std::cout << copy << "\n";
    for (auto const& finding : restored->missing) std::cout << "Not there: " << finding << "\n";
    if (restored->set_aside > 0)
        std::cout << restored->set_aside << " files that no record names were moved to "
                  << wanted.attachments << "/unnamed.\n";
    for (auto const& note : restored->replayed.notes) std::cout << note << "\n";
    std::cout << "Restored copy " << restored->number << " to " << wanted.store << ", "
              << restored->attachments << " attachments; " << restored->replayed.sessions
              << " sessions ended.\n";
    return announce(*arguments, *restored);
}

int verify(Typed typed) {
    int status = 0;
    options::options_description known;
    add_data_option(known);
    known.add_options()("heads", options::value<std::string>()->value_name("FILE"),
                        "signed heads, as --sign-heads of the server wrote them")(
        "public-key", options::value<Words>()->composing()->value_name("FILE"),
        "that verifies them (PEM); repeat it after a change of keys");
    auto const arguments =
        parse(typed,
              {"banjie verify [--data FOLDER] [--heads FILE --public-key FILE]",
               "Reads every record: checksums, the sequence and the hash chain of the history, "
               "versions,\n"
               "index entries; and every attachment. With signed heads, it compares the chain with "
               "each of them:\n"
               "a history that was rewritten or cut off is named. Exits with 1 and names what is "
               "wrong when something is.",
               0, 0},
              known, status);
    if (!arguments) return status;
    if (arguments->flag("heads") != arguments->flag("public-key"))
        return fail("--heads and --public-key belong together, and one is missing");
    auto const heads = heads_of(*arguments);
    if (!heads) return fail(message_of(heads.error()));
    ProgressBar bar("verify");
    auto verified = storage::verify_store(
        store_directory(*arguments),
        [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); }, heads->seqs);
    if (!verified) return fail(message_of(verified.error()));
    if (arguments->flag("heads")) report_heads(*heads, *verified);
    auto const attachments = attachments_of(*arguments);
    if (!attachments) return fail(message_of(attachments.error()));
    for (auto const& finding : attachments->findings) verified->findings.push_back(finding);
    for (auto const& finding : verified->findings) std::cout << finding << "\n";
    for (auto const& stray : attachments->strays)
        std::cout << "Passed over: '" << stray << "' is none of the program's files.\n";
    std::cout << (verified->findings.empty() ? "Sound: " : "NOT sound: ") << verified->events
              << " events up to " << verified->last_seq << ", " << verified->instances
              << " instances, " << verified->index_entries << " index entries, "
              << verified->documents << " documents, " << verified->replies << " replies, "
              << attachments->attachments << " attachments.\n";
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
