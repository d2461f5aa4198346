#include "engine/backups/backups.hpp"

#include "engine/documents/attachment_files.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "storage/rocksdb_store.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <unordered_set>

namespace banjie::engine {

using nlohmann::json;
using storage::Failure;
using storage::Fault;

namespace {

constexpr std::size_t told_findings = 100;

/// Returns the folder of attached files, which all copies share.
std::string files_in(std::string const& folder) {
    return folder + "/attachments";
}

std::vector<std::string> first(std::vector<std::string> findings) {
    if (findings.size() > told_findings) findings.resize(told_findings);
    return findings;
}

/// A finished copy's mark, never changed: {"last_seq","attachments","missing_count","missing"}.
std::string mark_of(WrittenBackup const& written, std::vector<std::string> const& missing) {
    return json{{"last_seq", written.last_seq},
                {"attachments", written.attachments},
                {"missing_count", missing.size()},
                {"missing", first(missing)}}
        .dump();
}

Refusal incomplete(std::vector<std::string> const& missing) {
    Refusal refusal{"backup_incomplete"_code,
                    "The copy lacks attachments: " + std::to_string(missing.size()) + ".",
                    "Look for these files in an older copy of the data folder."};
    for (auto const& finding : first(missing))
        refusal.errors.push_back({"attachments", "damaged"_code, finding});
    return refusal;
}

Refusal in_progress() {
    return {"backup_in_progress"_code, "Cannot write a backup: another one is being written.",
            "Wait until it is listed as whole."};
}

/// What the mark says, in the order in which one would ask.
void judge(storage::BackupInfo const& copy, bool is_newest_and_locked, Backup& backup) {
    backup.state = BackupState::broken;
    auto const mark = json::parse(copy.mark.value_or(""), nullptr, false);
    if (!copy.is_readable) {
        backup.findings = {"Some of its records are absent."};
    } else if (!copy.is_marked) {
        backup.state = BackupState::unchecked;
    } else if (!copy.mark && is_newest_and_locked) {
        backup.state = BackupState::under_way;
    } else if (!mark.is_object() || !mark.value("missing", json()).is_array()) {
        backup.findings = {"It was cut off before it was finished."};
    } else if (mark.value("missing_count", 0) == 0) {
        backup.state = BackupState::whole;
    } else {
        for (auto const& finding : mark["missing"])
            if (finding.is_string()) backup.findings.push_back(finding.get<std::string>());
    }
}

std::string all_of(std::vector<std::string> const& findings) {
    std::string text;
    for (auto const& finding : findings) text += "\n  " + finding;
    return text;
}

class Restore {
public:
    Restore(Restoring const& wanted, storage::Progress const& progress)
        : wanted_(wanted), progress_(progress), making_(wanted.store + ".restoring") {}

    storage::Result<Restored> run() {
        if (auto free = require_free_place(); !free) return free.error();
        auto const copies = storage::list_backups(wanted_.folder);
        if (!copies) return copies.error();
        if (auto opened = open_files(); !opened) return opened.error();
        for (auto const& copy : *copies) {
            if (wanted_.number && copy.number != *wanted_.number) continue;
            if (is_passed_over(copy)) continue;
            auto made = make(copy);
            if (!made) return made.error();
            if (*made) return finish(copy.number, copies->front().number);
        }
        std::string const which =
            wanted_.number ? "copy " + std::to_string(*wanted_.number) : "whole backup";
        return Failure{Fault::unreadable, "there is no " + which + " in " + wanted_.folder +
                                              all_of(restored_.passed_over)};
    }

private:
    storage::Result<void> require_free_place() const {
        std::error_code error;
        std::filesystem::path const place(wanted_.store);
        if (!std::filesystem::exists(place, error) || std::filesystem::is_empty(place, error))
            return {};
        return Failure{Fault::unreadable, wanted_.store + " is neither absent nor empty"};
    }

    storage::Result<void> open_files() {
        std::error_code error;
        auto const folder = files_in(wanted_.folder);
        auto from =
            std::filesystem::exists(folder, error)
                ? storage::open_blob_files(folder)
                : storage::Result<std::unique_ptr<storage::Blobs>>(storage::open_memory_blobs());
        if (!from) return from.error();
        from_ = std::move(*from);
        auto to = storage::open_blob_files(wanted_.attachments);
        if (!to) return to.error();
        to_ = std::move(*to);
        return {};
    }

    /// Returns whether the copy was never finished: it is only used by its number.
    bool is_passed_over(storage::BackupInfo const& copy) {
        if (wanted_.number) return false;
        bool const unfinished = copy.is_marked && !copy.mark;
        if (!copy.is_readable || unfinished)
            pass_over(copy, copy.is_readable ? "was cut off before it was finished"
                                             : "lacks some of its records");
        return !copy.is_readable || unfinished;
    }

    void pass_over(storage::BackupInfo const& copy, std::string const& why) {
        restored_.passed_over.push_back("Copy " + std::to_string(copy.number) + " " + why + ".");
    }

    /// False: it is of an earlier version, which told nobody that it was cut off.
    storage::Result<bool> make(storage::BackupInfo const& copy) {
        auto records = storage::restore_records(wanted_.folder, copy.number, making_, progress_);
        if (!records) return records.error();
        if (auto read = read_made(); !read) return read.error();
        auto copied = copy_files(files_, *from_, *to_, progress_);
        if (!copied) return copied.error();
        restored_.missing = std::move(copied->missing);
        if (restored_.missing.empty() || wanted_.incomplete) return true;
        auto const lacks = "lacks " + std::to_string(restored_.missing.size()) + " of " +
                           std::to_string(files_.size()) + " attachments";
        auto const which = all_of(first(restored_.missing));
        if (!copy.is_marked && !wanted_.number) {
            pass_over(copy, lacks + which);
            return false;
        }
        return Failure{Fault::corrupt,
                       "Copy " + std::to_string(copy.number) + " " + lacks + ":" + which +
                           "\nTake another with --number, or this one without them with "
                           "--incomplete."};
    }

    [[nodiscard]] storage::Result<std::unique_ptr<storage::ChainedStore>>
    open_made(bool read_only) const {
        storage::RocksdbOptions opening;
        opening.directory = making_;
        opening.create_if_missing = false;
        opening.read_only = read_only;
        opening.reserve_bytes = 0;
        return storage::open_rocksdb_store(std::move(opening));
    }

    /// Reads which files the records name, and how the chain ends.
    storage::Result<void> read_made() {
        auto const store = open_made(true);
        if (!store) return store.error();
        auto const head = (*store)->chain_head();
        if (!head) return head.error();
        restored_.head = *head;
        auto files = attachment_files(**store);
        if (!files) return files.error();
        files_ = std::move(*files);
        return {};
    }

    storage::Result<void> revoke_again(std::uint32_t number, std::uint32_t newest) {
        Replaying const replaying{.folder = wanted_.folder,
                                  .copy = number,
                                  .newest_copy = newest,
                                  .revoked = wanted_.revoked,
                                  .needs_journal = !wanted_.is_drill,
                                  .now = wanted_.now};
        auto const store = open_made(false);
        if (!store) return store.error();
        auto replayed = replay_revocations(**store, replaying);
        auto const last_seq = (*store)->status().last_seq;
        (*store)->close();
        if (!replayed) return replayed.error();
        restored_.replayed = std::move(*replayed);
        if (wanted_.is_drill) return {};
        auto const noted = note_restore(replaying, last_seq);
        // A folder that cannot be written to: later restores revoke more than they would need to.
        if (!noted) restored_.replayed.notes.push_back(noted.error().detail);
        return {};
    }

    storage::Result<Restored> finish(std::uint32_t number, std::uint32_t newest) {
        std::unordered_set<std::string> named;
        for (auto const& file : files_) named.insert(file.blob);
        std::vector<std::string> others;
        auto const scanned = to_->scan([&](std::string const& blob) {
            if (!named.contains(blob)) others.push_back(blob);
            return true;
        });
        if (!scanned) return scanned.error();
        for (auto const& blob : others)
            if (auto moved = to_->set_aside(blob); !moved) return moved.error();
        if (auto again = revoke_again(number, newest); !again) return again.error();
        if (auto moved = storage::move_store(making_, wanted_.store); !moved) return moved.error();
        restored_.number = number;
        restored_.attachments = files_.size() - restored_.missing.size();
        restored_.set_aside = others.size();
        return std::move(restored_);
    }

    Restoring const& wanted_;
    storage::Progress const& progress_;
    std::string making_; // beside the store: one that is cut off leaves none
    std::unique_ptr<storage::Blobs> from_, to_;
    std::vector<AttachmentFile> files_;
    Restored restored_;
};

} // namespace

Outcome<WrittenBackup> back_up(storage::Store& store, storage::Blobs& blobs,
                               std::string const& folder, storage::Progress const& progress) {
    auto const lock = storage::BackupLock::take(folder);
    if (!lock && lock.error().fault == Fault::locked) return in_progress();
    if (!lock) return refusal_of(lock.error(), "write the backup");
    WrittenBackup written;
    written.last_seq = store.status().last_seq;
    auto const number = store.backup(folder, progress);
    if (!number) return refusal_of(number.error(), "write the backup");
    written.number = *number;
    // After the records were copied, and so every file that they name is among these.
    auto const files = attachment_files(store);
    if (!files) return refusal_of(files.error(), "read what is attached");
    auto const copies = storage::open_blob_files(files_in(folder));
    if (!copies) return refusal_of(copies.error(), "write the backup");
    auto copied = copy_files(*files, blobs, **copies, progress);
    if (!copied) return refusal_of(copied.error(), "copy the attachments");
    written.attachments = files->size() - copied->missing.size();
    written.mended = copied->mended;
    written.damaged = std::move(copied->damaged);
    // So that every whole copy has a journal that goes on from it.
    auto const journal = RevocationJournal(folder, store).finish();
    if (!journal) return refusal_of(journal.error(), "keep what was revoked");
    auto const finished =
        storage::finish_backup(folder, *number, mark_of(written, copied->missing));
    if (!finished) return refusal_of(finished.error(), "finish the backup");
    if (!copied->missing.empty()) return incomplete(copied->missing);
    return written;
}

std::string_view name_of(BackupState state) {
    switch (state) {
    case BackupState::whole:
        return "whole";
    case BackupState::broken:
        return "broken";
    case BackupState::unchecked:
        return "unchecked";
    case BackupState::under_way:
        return "under_way";
    }
    return "broken";
}

Outcome<std::vector<Backup>> backups_in(std::string const& folder) {
    bool const is_locked = storage::BackupLock::is_taken(folder);
    auto const copies = storage::list_backups(folder);
    if (!copies) return refusal_of(copies.error(), "list the backups");
    std::vector<Backup> backups;
    for (auto const& copy : *copies) {
        Backup backup{.number = copy.number,
                      .written_at = Time(std::chrono::seconds(copy.written_at_s)),
                      .size_bytes = copy.size_bytes};
        judge(copy, is_locked && backups.empty(), backup);
        backups.push_back(std::move(backup));
    }
    return backups;
}

Outcome<std::vector<std::uint32_t>> keep_backups(std::string const& folder, std::size_t keep) {
    std::vector<std::uint32_t> removed;
    if (keep == 0) return removed;
    auto const found = backups_in(folder);
    if (!found) return found.error();
    auto const lock = storage::BackupLock::take(folder);
    if (!lock && lock.error().fault == Fault::locked) return in_progress();
    if (!lock) return refusal_of(lock.error(), "remove old backups");
    std::size_t whole = 0;
    for (auto const& backup : *found) {
        if (whole < keep) {
            whole += backup.state == BackupState::whole ? 1 : 0;
            continue;
        }
        if (auto gone = storage::remove_backup(folder, backup.number); !gone)
            return refusal_of(gone.error(), "remove an old backup");
        removed.push_back(backup.number);
    }
    return removed;
}

storage::Result<Restored> restore(Restoring const& wanted, storage::Progress const& progress) {
    return Restore(wanted, progress).run();
}

} // namespace banjie::engine
