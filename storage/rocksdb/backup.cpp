#include "storage/rocksdb/backup.hpp"

#include "storage/durable_files.hpp"
#include "storage/keyring.hpp"

#include <rocksdb/db.h>
#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>
#include <filesystem>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

// RocksDB calls back every so many bytes, but does not pass their number.
constexpr std::uint64_t step_bytes = 4U << 20U;
// Text after the store's format in a copy's metadata: the copy is unfinished without its mark.
// Earlier versions wrote the format alone.
constexpr std::string_view marked = " marked";

std::string metadata() {
    return std::to_string(layout::format) + std::string(marked);
}

std::uint64_t size_of(std::string const& directory) {
    std::uint64_t size = 0;
    std::error_code error;
    for (auto const& file : files::recursive_directory_iterator(directory, error))
        if (file.is_regular_file(error)) size += file.file_size(error);
    return size;
}

/// Removes marks without a copy, because RocksDB reuses the number of a newest copy that was
/// deleted by hand.
Result<void> forget_marks_without_copy(std::string const& folder) {
    auto const copies = list_backups(folder);
    if (!copies) return copies.error();
    std::error_code error;
    std::vector<files::path> forgotten;
    for (auto const& mark : files::directory_iterator(folder + "/finished", error)) {
        auto const name = mark.path().filename().string();
        bool const has_copy = std::any_of(copies->begin(), copies->end(), [&](auto const& copy) {
            return std::to_string(copy.number) == name;
        });
        if (!has_copy && mark.is_regular_file(error)) forgotten.push_back(mark.path());
    }
    for (auto const& mark : forgotten) files::remove(mark, error);
    return forgotten.empty() ? Result<void>() : sync_path(folder + "/finished");
}

/// Syncs every file, because RocksDB does not sync what it restores.
Result<void> sync_all(std::string const& directory) {
    std::error_code error;
    for (auto const& entry : files::recursive_directory_iterator(directory, error))
        if (auto synced = sync_path(entry.path().string()); !synced) return synced;
    return sync_path(directory);
}

std::optional<std::string> mark_of(std::string const& folder, std::uint32_t number) {
    auto mark = read_whole(folder + "/finished/" + std::to_string(number));
    if (!mark) return std::nullopt;
    return std::move(*mark);
}

Result<std::unique_ptr<rocksdb::BackupEngineReadOnly>> open_folder(std::string const& folder) {
    rocksdb::BackupEngineReadOnly* opened = nullptr;
    auto const status = rocksdb::BackupEngineReadOnly::Open(
        rocksdb::Env::Default(), rocksdb::BackupEngineOptions(folder), &opened);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    return std::unique_ptr<rocksdb::BackupEngineReadOnly>(opened);
}

} // namespace

Result<std::uint32_t> write_backup(Database& database, std::string const& folder,
                                   Progress const& progress) {
    std::error_code error;
    files::create_directories(folder, error);
    if (auto forgotten = forget_marks_without_copy(folder); !forgotten) return forgotten.error();
    rocksdb::BackupEngineOptions options(folder);
    options.sync = true;
    options.share_files_with_checksum = true;
    options.callback_trigger_interval_size = step_bytes;
    rocksdb::BackupEngine* opened = nullptr;
    rocksdb::Status status = rocksdb::BackupEngine::Open(rocksdb::Env::Default(), options, &opened);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    std::unique_ptr<rocksdb::BackupEngine> const engine(opened);
    auto const total = size_of(database.db().GetName());
    std::uint64_t done = 0;
    rocksdb::CreateBackupOptions creating;
    creating.flush_before_backup = false; // the log is copied too
    creating.progress_callback = [&] {
        progress(done = std::min(done + step_bytes, total), total);
    };
    rocksdb::BackupID number = 0;
    status = engine->CreateNewBackupWithMetadata(creating, &database.db(), metadata(), &number);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    status = engine->VerifyBackup(number, true);
    if (!status.ok()) return failure_of(status, Fault::corrupt);
    progress(total, total);
    return number;
}

Result<void> remove_backup(std::string const& folder, std::uint32_t number) {
    std::error_code error;
    if (files::remove(folder + "/finished/" + std::to_string(number), error))
        if (auto synced = sync_path(folder + "/finished"); !synced) return synced;
    rocksdb::BackupEngine* opened = nullptr;
    rocksdb::Status status = rocksdb::BackupEngine::Open(
        rocksdb::Env::Default(), rocksdb::BackupEngineOptions(folder), &opened);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    std::unique_ptr<rocksdb::BackupEngine> const engine(opened);
    status = engine->DeleteBackup(number);
    return status.ok() ? Result<void>() : failure_of(status, Fault::unreadable);
}

Result<std::vector<BackupInfo>> list_backups(std::string const& folder) {
    std::vector<BackupInfo> found;
    std::error_code error;
    if (!files::exists(folder + "/meta", error)) return found;
    auto const engine = open_folder(folder);
    if (!engine) return engine.error();
    std::vector<rocksdb::BackupInfo> copies;
    (*engine)->GetBackupInfo(&copies);
    for (auto const& copy : copies)
        found.push_back({.number = copy.backup_id,
                         .written_at_s = copy.timestamp,
                         .size_bytes = copy.size,
                         .is_marked = copy.app_metadata.find(marked) != std::string::npos,
                         .mark = mark_of(folder, copy.backup_id)});
    std::vector<rocksdb::BackupID> unreadable;
    (*engine)->GetCorruptedBackups(&unreadable);
    for (auto const number : unreadable)
        found.push_back({.number = number, .is_readable = false, .mark = mark_of(folder, number)});
    std::sort(found.begin(), found.end(),
              [](auto const& a, auto const& b) { return a.number > b.number; });
    return found;
}

Result<void> restore_records(std::string const& folder, std::uint32_t number,
                             std::string const& store, Progress const& progress) {
    auto const engine = open_folder(folder);
    if (!engine) return engine.error();
    rocksdb::BackupInfo copy;
    if (!(*engine)->GetBackupInfo(number, &copy).ok())
        return Failure{Fault::unreadable,
                       "there is no readable copy " + std::to_string(number) + " in " + folder};
    if (std::atoi(copy.app_metadata.c_str()) > layout::format)
        return Failure{Fault::newer_format, "the backup is of format " + copy.app_metadata +
                                                ", and this program knows formats up to " +
                                                std::to_string(layout::format)};
    progress(0, copy.size);
    rocksdb::Status status = (*engine)->VerifyBackup(number, true);
    if (!status.ok()) return failure_of(status, Fault::corrupt);
    std::error_code error;
    files::remove_all(store, error);
    files::create_directories(store, error);
    auto const database = database_directory(store);
    status = (*engine)->RestoreDBFromBackup(number, database, database);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    if (auto restored = Keyring::restore(folder, store); !restored) return restored;
    if (auto written = write_format(store, {}); !written) return written;
    if (auto synced = sync_all(store); !synced) return synced;
    progress(copy.size, copy.size);
    return {};
}

} // namespace banjie::storage
