#include "storage/blobs.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <unistd.h>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

constexpr auto probation = "probation";

Failure failed(std::string const& what, std::string const& path) {
    int const number = errno;
    bool const full = number == ENOSPC || number == EDQUOT;
    return {full ? Fault::no_space : Fault::unreadable,
            "could not " + what + " '" + path + "': " + std::strerror(number)};
}

bool is_id(std::string_view id) {
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    };
    return !id.empty() && id.size() <= 128 && id.front() != '.' &&
           std::all_of(id.begin(), id.end(), fits);
}

std::string folder_of(Partition partition) {
    constexpr std::string_view digits = "0123456789abcdef";
    return {digits[partition >> 4U], digits[partition & 15U]};
}

class Descriptor {
public:
    Descriptor(std::string const& path, int flags)
        : number_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

Result<void> sync_folder(std::string const& path) {
    Descriptor const folder(path, O_RDONLY | O_DIRECTORY);
    if (!folder.is_open() || ::fsync(folder.number()) != 0) return failed("sync", path);
    return {};
}

Result<void> write_synced(std::string const& path, std::string_view bytes) {
    Descriptor const file(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open()) return failed("make", path);
    while (!bytes.empty()) {
        auto const count = ::write(file.number(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failed("write", path);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(file.number()) != 0) return failed("sync", path);
    return {};
}

Result<std::string> read_whole(std::string const& path) {
    Descriptor const file(path, O_RDONLY);
    if (!file.is_open()) return failed("open", path);
    auto const size = ::lseek(file.number(), 0, SEEK_END);
    if (size < 0 || ::lseek(file.number(), 0, SEEK_SET) != 0) return failed("measure", path);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
        auto const count = ::read(file.number(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return failed("read", path);
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

class BlobFiles final : public Blobs {
public:
    explicit BlobFiles(std::string directory) : directory_(std::move(directory)) {}

    Result<void> make_folders() {
        std::error_code error;
        files::path const place(directory_);
        files::create_directories(place / probation, error);
        for (unsigned partition = 0; partition < partition_count && !error; ++partition)
            files::create_directory(place / folder_of(static_cast<Partition>(partition)), error);
        if (error) return Failure{Fault::unreadable, directory_ + ": " + error.message()};
        if (auto synced = sync_folder(directory_); !synced) return synced;
        return sync_folder(place.parent_path().empty() ? "." : place.parent_path().string());
    }

    Result<void> write(std::string_view id, std::string_view bytes) override {
        auto const first = path_on_probation(id);
        auto written = write_named(first, id, bytes);
        if (!written) ::unlink(first.c_str());
        return written;
    }

    void keep(std::string_view id) override { ::unlink(path_on_probation(id).c_str()); }

    Result<std::vector<std::string>> on_probation() override {
        std::vector<std::string> ids;
        auto const scanned = scan_folder(probation, [&](std::string const& id) {
            ids.push_back(id);
            return true;
        });
        if (!scanned) return scanned.error();
        return ids;
    }

    Result<void> remove(std::string_view id) override {
        for (auto const& path : {path_of(id), path_on_probation(id)})
            if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("remove", path);
        return {};
    }

    Result<std::string> read(std::string_view id) override { return read_whole(path_of(id)); }

    Result<void> scan(std::function<bool(std::string const&)> const& visit) override {
        bool wanted = true;
        for (unsigned partition = 0; partition < partition_count && wanted; ++partition) {
            auto const folder = folder_of(static_cast<Partition>(partition));
            auto scanned = scan_folder(folder, [&](std::string const& id) {
                wanted = visit(id);
                return wanted;
            });
            if (!scanned) return scanned;
        }
        return {};
    }

    Result<void> backup(std::string const& directory) override {
        BlobFiles copies(directory);
        if (auto made = copies.make_folders(); !made) return made;
        std::optional<Failure> failure;
        auto scanned = scan([&](std::string const& id) {
            std::error_code error;
            if (files::exists(copies.path_of(id), error)) return true;
            auto copied = copy(copies, id);
            if (!copied) failure = copied.error();
            return !failure;
        });
        if (failure) return *failure;
        return scanned;
    }

private:
    [[nodiscard]] std::string path_of(std::string_view id) const {
        if (!is_id(id)) std::abort();
        return directory_ + '/' + folder_of(partition_of(id)) + '/' + std::string(id);
    }
    [[nodiscard]] std::string path_on_probation(std::string_view id) const {
        if (!is_id(id)) std::abort();
        return directory_ + '/' + probation + '/' + std::string(id);
    }

    /// All of it under the first name, then a second name for it; each on the disk.
    Result<void> write_named(std::string const& first, std::string_view id,
                             std::string_view bytes) {
        if (auto written = write_synced(first, bytes); !written) return written;
        if (auto synced = sync_folder(directory_ + '/' + probation); !synced) return synced;
        auto const own = path_of(id);
        if (::link(first.c_str(), own.c_str()) != 0) return failed("name", own);
        return sync_folder(directory_ + '/' + folder_of(partition_of(id)));
    }

    Result<void> copy(BlobFiles& copies, std::string const& id) {
        auto const bytes = read(id);
        if (!bytes) return bytes.error();
        if (auto written = copies.write(id, *bytes); !written) return written;
        copies.keep(id);
        return {};
    }

    Result<void> scan_folder(std::string const& name,
                             std::function<bool(std::string const&)> const& visit) {
        std::error_code error;
        auto const folder = files::path(directory_) / name;
        for (files::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error))
            if (!visit(entry->path().filename().string())) return {};
        if (error) return Failure{Fault::unreadable, folder.string() + ": " + error.message()};
        return {};
    }

    std::string directory_;
};

} // namespace

Result<std::unique_ptr<Blobs>> open_blob_files(std::string const& directory) {
    auto blobs = std::make_unique<BlobFiles>(directory);
    if (auto made = blobs->make_folders(); !made) return made.error();
    return std::unique_ptr<Blobs>(std::move(blobs));
}

} // namespace banjie::storage
