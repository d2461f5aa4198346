#include "storage/rocksdb/backup.hpp"

#include <rocksdb/db.h>
#include <rocksdb/utilities/backup_engine.h>

#include <filesystem>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

// RocksDB tells of every so many bytes, not of how many there are.
constexpr std::uint64_t step_bytes = 4U << 20U;

std::string format_text() {
    return std::to_string(layout::format);
}

std::uint64_t size_of(std::string const& directory) {
    std::uint64_t size = 0;
    std::error_code error;
    for (auto const& file : files::recursive_directory_iterator(directory, error))
        if (file.is_regular_file(error)) size += file.file_size(error);
    return size;
}

} // namespace

Result<void> write_backup(Database& database, std::string const& directory,
                          Progress const& progress) {
    std::error_code error;
    files::create_directories(directory, error);
    rocksdb::BackupEngineOptions options(directory);
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
    rocksdb::BackupID id = 0;
    status = engine->CreateNewBackupWithMetadata(creating, &database.db(), format_text(), &id);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    status = engine->VerifyBackup(id, true);
    if (!status.ok()) return failure_of(status, Fault::corrupt);
    progress(total, total);
    return {};
}

Result<std::vector<BackupInfo>> list_backups(std::string const& backup) {
    std::vector<BackupInfo> found;
    std::error_code error;
    if (!files::exists(backup, error)) return found;
    rocksdb::BackupEngineReadOnly* opened = nullptr;
    auto const status = rocksdb::BackupEngineReadOnly::Open(
        rocksdb::Env::Default(), rocksdb::BackupEngineOptions(backup), &opened);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    std::unique_ptr<rocksdb::BackupEngineReadOnly> const engine(opened);
    std::vector<rocksdb::BackupInfo> copies;
    engine->GetBackupInfo(&copies);
    for (auto copy = copies.rbegin(); copy != copies.rend(); ++copy)
        found.push_back({copy->backup_id, copy->timestamp, copy->size});
    return found;
}

Result<void> restore_backup(std::string const& backup, std::string const& directory,
                            Progress const& progress) {
    std::error_code error;
    if (files::exists(directory, error) && !files::is_empty(directory, error))
        return Failure{Fault::unreadable,
                       "Expected " + directory + " to be absent or empty, but it is not"};
    rocksdb::BackupEngineReadOnly* opened = nullptr;
    rocksdb::BackupEngineOptions const options(backup);
    rocksdb::Status status =
        rocksdb::BackupEngineReadOnly::Open(rocksdb::Env::Default(), options, &opened);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    std::unique_ptr<rocksdb::BackupEngineReadOnly> const engine(opened);
    rocksdb::BackupInfo newest;
    if (!engine->GetLatestBackupInfo(&newest).ok())
        return Failure{Fault::unreadable, "Expected a backup in " + backup + ", but there is none"};
    if (std::atoi(newest.app_metadata.c_str()) > layout::format)
        return Failure{Fault::newer_format, "Expected a backup of format " + format_text() +
                                                ", but it is of format " + newest.app_metadata};
    progress(0, newest.size);
    status = engine->VerifyBackup(newest.backup_id, true);
    if (!status.ok()) return failure_of(status, Fault::corrupt);
    // Made beside it and renamed whole: a restore that is cut off leaves no store behind.
    std::string const making = directory + ".restoring";
    files::remove_all(making, error);
    files::create_directories(making, error);
    auto const database = database_directory(making);
    status = engine->RestoreDBFromBackup(newest.backup_id, database, database);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    if (auto written = write_format(making); !written) return written;
    files::remove(directory, error);
    files::rename(making, directory, error);
    if (error)
        return Failure{Fault::unreadable,
                       "Expected to name it " + directory + ", but " + error.message()};
    progress(newest.size, newest.size);
    return {};
}

} // namespace banjie::storage
