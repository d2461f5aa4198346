#pragma once
// A folder of backups: copies of the records, each with a number, and one copy of every file that
// any of them names.
//
//   meta/, private/, shared_checksum/   the records, as RocksDB's BackupEngine keeps them
//   attachments/                        the files (blobs.hpp)
//   finished/<number>                   the mark of a finished copy, written last
//   lock                                locked while somebody writes here
//
// A copy is finished when it has its mark. Earlier versions left none.

#include "storage/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace banjie::storage {

/// The right to write to a folder of backups: one holder at a time, in whatever process; it ends
/// with its holder.
class BackupLock {
public:
    /// Makes the folder where it is absent. Refused with `locked` while another holds it.
    [[nodiscard]] static Result<BackupLock> take(std::string const& folder);
    /// Whether somebody holds it now.
    [[nodiscard]] static bool is_taken(std::string const& folder);

    BackupLock(BackupLock&& other) noexcept;
    BackupLock& operator=(BackupLock&&) = delete;
    ~BackupLock();

private:
    explicit BackupLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

struct BackupInfo {
    std::uint32_t number = 0; // counted up
    std::int64_t written_at_s = 0;
    std::uint64_t size_bytes = 0;    // of the records, those shared with other copies too
    bool is_readable = true;         // false: some of its records are absent
    bool is_marked = true;           // false: an earlier version wrote it, and gave no mark
    std::optional<std::string> mark; // what `finish_backup` was given; nullopt: not finished
};
/// Newest first; none when there is no such folder.
[[nodiscard]] Result<std::vector<BackupInfo>> list_backups(std::string const& folder);

/// Marks a copy as finished: the last step. Durable when it returns.
[[nodiscard]] Result<void> finish_backup(std::string const& folder, std::uint32_t number,
                                         std::string_view mark);

/// Removes one copy, its mark first: one that is cut off while it is removed is no finished copy
/// any more. Files that it named stay. The lock is the caller's.
[[nodiscard]] Result<void> remove_backup(std::string const& folder, std::uint32_t number);

/// Makes a store from the records of one copy, and checks them against their checksums. What was at
/// `store` before is removed. Durable when it returns.
[[nodiscard]] Result<void> restore_records(std::string const& folder, std::uint32_t number,
                                           std::string const& store, Progress const& progress);
/// Renames a store: the last step of a restore. `to` must be absent or empty. Durable when it
/// returns.
[[nodiscard]] Result<void> move_store(std::string const& from, std::string const& to);

} // namespace banjie::storage
