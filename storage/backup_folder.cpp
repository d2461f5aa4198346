// The lock and the marks of a folder of backups.

#include "storage/backups.hpp"
#include "storage/durable_files.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <utility>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

std::string lock_file(std::string const& folder) {
    return folder + "/lock";
}

struct flock whole_file() {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

} // namespace

Result<BackupLock> BackupLock::take(std::string const& folder) {
    std::error_code error;
    files::create_directories(folder, error);
    auto const file = lock_file(folder);
    int const opened = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (opened < 0) return file_failure("make", file);
    BackupLock lock(opened);
    auto wanted = whole_file();
    // The lock belongs to the open file, not to the process, so threads exclude each other too.
    if (::fcntl(opened, F_OFD_SETLK, &wanted) == 0) return lock;
    if (errno == EAGAIN || errno == EACCES)
        return Failure{Fault::locked, "another backup is being written to " + folder};
    return file_failure("lock", file);
}

bool BackupLock::is_taken(std::string const& folder) {
    Descriptor const file(lock_file(folder), O_RDWR);
    auto asked = whole_file();
    return file.is_open() && ::fcntl(file.number(), F_OFD_GETLK, &asked) == 0 &&
           asked.l_type != F_UNLCK;
}

BackupLock::BackupLock(BackupLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

BackupLock::~BackupLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> finish_backup(std::string const& folder, std::uint32_t number, std::string_view mark) {
    auto const marks = folder + "/finished";
    std::error_code error;
    files::create_directory(marks, error);
    if (auto synced = sync_path(folder); !synced) return synced;
    return replace_file(marks + '/' + std::to_string(number), mark);
}

Result<void> move_store(std::string const& from, std::string const& to) {
    std::error_code error;
    files::remove(to, error); // an empty folder may be there
    files::rename(from, to, error);
    if (error)
        return Failure{Fault::unreadable,
                       "the folder cannot be renamed to " + to + ": " + error.message()};
    return sync_path(files::absolute(to, error).parent_path().string());
}

} // namespace banjie::storage
