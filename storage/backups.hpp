#pragma once
// A folder of backups: numbered copies of the records, and one copy of every file that any of them
// names.
//
//   meta/, private/, shared_checksum/   the records, as RocksDB's BackupEngine keeps them
//   attachments/                        the files (blobs.hpp)
//   finished/<number>                   the mark of a finished copy, written last
//   lock                                locked while a process writes here
//
// A copy is finished once it has its mark. Earlier versions left none.

#include "storage/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace banjie::storage {

/// Right to write to a folder of backups. It has one holder at a time, across processes, and ends
/// with its holder.
class BackupLock {
public:
    /// Takes the lock, making the folder if it is absent. Fails with `locked` while another holds
    /// it. Never blocks.
    [[nodiscard]] static Result<BackupLock> take(std::string const& folder);
    /// Returns whether the lock is held now.
    [[nodiscard]] static bool is_taken(std::string const& folder);

    BackupLock(BackupLock&& other) noexcept;
    BackupLock& operator=(BackupLock&&) = delete;
    ~BackupLock();

private:
    explicit BackupLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

struct BackupInfo {
    std::uint32_t number = 0; // ascending
    std::int64_t written_at_s = 0;
    std::uint64_t size_bytes = 0;    // of the records, including those shared with other copies
    bool is_readable = true;         // false: some of its records are absent
    bool is_marked = true;           // false: written by an earlier version, which left no mark
    std::optional<std::string> mark; // the argument of `finish_backup`; nullopt: not finished
};
/// Returns the copies, newest first. Returns none if there is no such folder.
[[nodiscard]] Result<std::vector<BackupInfo>> list_backups(std::string const& folder);

/// Marks a copy as finished, its last step. Durable when it returns.
[[nodiscard]] Result<void> finish_backup(std::string const& folder, std::uint32_t number,
                                         std::string_view mark);

/// Removes one copy, its mark first, so that an interrupted removal leaves no finished copy. Keeps
/// the files that it named. The caller must hold the lock.
[[nodiscard]] Result<void> remove_backup(std::string const& folder, std::uint32_t number);

/// Makes a store from the records of one copy, and checks them against their checksums. Removes
/// what was at `store` before. Durable when it returns.
[[nodiscard]] Result<void> restore_records(std::string const& folder, std::uint32_t number,
                                           std::string const& store, Progress const& progress);
/// Renames a store, the last step of a restore. `to` must be absent or empty. Durable when it
/// returns.
[[nodiscard]] Result<void> move_store(std::string const& from, std::string const& to);

} // namespace banjie::storage
