#pragma once
// Copies of everything: the records, and the files that they name. A backup copies the records
// first, then the files, and says last that it is finished (storage/backups.hpp). A restore
// believes no copy: it reads every file that the copy's records name.

#include "engine/audit/revocations.hpp"
#include "engine/outcome.hpp"
#include "storage/backups.hpp"
#include "storage/blobs.hpp"
#include "storage/chained_store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct WrittenBackup {
    std::uint32_t number = 0;
    std::uint64_t last_seq = 0;         // the copy may have more, never less
    std::uint64_t attachments = 0;      // files of the copy
    std::uint64_t mended = 0;           // of those that were damaged in the folder before
    std::vector<std::string> damaged{}; // here, while the copy of it is whole: a sentence each
};

/// Adds a copy to the folder. Waits for the disk. Refused with `backup_in_progress` while another
/// is written there; with `backup_incomplete`, naming each, when a file is whole neither here nor
/// in the folder: that copy is listed as broken.
[[nodiscard]] Outcome<WrittenBackup> back_up(storage::Store& store, storage::Blobs& blobs,
                                             std::string const& folder,
                                             storage::Progress const& progress);

enum class BackupState {
    whole,
    broken,    // it was not finished, or lacks something
    unchecked, // an earlier version wrote it: a restore finds out
    under_way, // it is being written
};
[[nodiscard]] std::string_view name_of(BackupState state);

struct Backup {
    std::uint32_t number = 0;
    Time written_at{};
    std::uint64_t size_bytes = 0;
    BackupState state = BackupState::unchecked;
    std::vector<std::string> findings{}; // what is wrong with it, a sentence each, at most 100
};
/// Returns the backups, newest first; none if there is no such folder.
[[nodiscard]] Outcome<std::vector<Backup>> backups_in(std::string const& folder);

/// Keeps the newest `keep` whole copies and what is newer than the oldest of them; removes every
/// older copy, whole or not. Removes none while there are fewer whole ones. Gives the numbers that
/// are gone; 0 keeps all. Files of attachments stay: copies share them. Refused with
/// `backup_in_progress` while a backup is written.
[[nodiscard]] Outcome<std::vector<std::uint32_t>> keep_backups(std::string const& folder,
                                                               std::size_t keep);

struct Restoring {
    std::string folder, store, attachments;
    std::optional<std::uint32_t> number{}; // nullopt: the newest that is whole
    bool incomplete = false;               // take it although files are missing
    Revoked revoked = Revoked::replayed;
    bool is_drill = false; // nobody will use the store: the journal need not be there
    Time now{};            // of the event that says that it was restored
};
struct Restored {
    std::uint32_t number = 0;
    storage::ChainHead head{}; // of the copy, before anything was revoked again
    Replayed replayed{};
    std::uint64_t attachments = 0;
    std::uint64_t set_aside = 0;            // files that were there before and that no record names
    std::vector<std::string> passed_over{}; // newer copies that are not whole, a sentence each
    std::vector<std::string> missing{};     // files, when `incomplete`
};
/// Makes a store and its attachments from a copy. The store must be absent or empty. Copies that
/// were never finished, and those of an earlier version that lack a file, are passed over. Of any
/// other the restore is refused when a file is not as it was uploaded, naming each. One that is cut
/// off leaves no store, and is begun again. What was revoked after the copy stays so
/// (engine/audit/revocations.hpp); every session ends.
[[nodiscard]] storage::Result<Restored> restore(Restoring const& wanted,
                                                storage::Progress const& progress);

} // namespace banjie::engine
