#include "storage/durable_files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace banjie::storage {

Failure file_failure(std::string const& what, std::string const& path) {
    int const number = errno;
    bool const full = number == ENOSPC || number == EDQUOT;
    return {full ? Fault::no_space : Fault::unreadable,
            "could not " + what + " '" + path + "': " + std::strerror(number)};
}

Descriptor::Descriptor(std::string const& path, int flags)
    : number_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

Result<void> sync_path(std::string const& path) {
    Descriptor const opened(path, O_RDONLY);
    if (!opened.is_open() || ::fsync(opened.number()) != 0) return file_failure("sync", path);
    return {};
}

Result<void> write_all(Descriptor const& file, std::string const& path, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const count = ::write(file.number(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return file_failure("write", path);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

namespace {

Result<void> write_and_sync(Descriptor const& file, std::string const& path,
                            std::string_view bytes) {
    if (!file.is_open()) return file_failure("make", path);
    if (auto written = write_all(file, path, bytes); !written) return written;
    if (::fsync(file.number()) != 0) return file_failure("sync", path);
    return {};
}

std::string folder_of(std::string const& path) {
    auto const folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

} // namespace

Result<void> write_synced(std::string const& path, std::string_view bytes) {
    return write_and_sync(Descriptor(path, O_WRONLY | O_CREAT | O_TRUNC), path, bytes);
}

Result<void> append_synced(std::string const& path, std::string_view bytes) {
    std::error_code error;
    bool const is_new = !std::filesystem::exists(path, error);
    auto written = write_and_sync(Descriptor(path, O_WRONLY | O_CREAT | O_APPEND), path, bytes);
    return written && is_new ? sync_path(folder_of(path)) : written;
}

Result<void> replace_file(std::string const& path, std::string_view bytes) {
    auto const written = path + ".new";
    if (auto done = write_synced(written, bytes); !done) return done;
    if (std::rename(written.c_str(), path.c_str()) != 0) return file_failure("name", path);
    return sync_path(std::filesystem::path(path).parent_path().string());
}

Result<std::string> read_whole(std::string const& path) {
    Descriptor const file(path, O_RDONLY);
    if (!file.is_open()) return file_failure("open", path);
    auto const size = ::lseek(file.number(), 0, SEEK_END);
    if (size < 0 || ::lseek(file.number(), 0, SEEK_SET) != 0) return file_failure("measure", path);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
        auto const count = ::read(file.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return file_failure("read", path);
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

} // namespace banjie::storage
