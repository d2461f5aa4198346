#include "storage/blobs.hpp"
#include "storage/durable_files.hpp"
#include "storage/limits.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <unistd.h>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

constexpr auto probation = "probation", set_aside_folder = "unnamed";

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

class BlobFiles final : public Blobs {
public:
    BlobFiles(std::string directory, std::uint64_t reserve_bytes)
        : directory_(std::move(directory)), reserve_bytes_(reserve_bytes) {}

    Result<void> make_folders() {
        std::error_code error;
        files::path const place(directory_);
        files::create_directories(place / probation, error);
        for (unsigned partition = 0; partition < partition_count && !error; ++partition)
            files::create_directory(place / folder_of(static_cast<Partition>(partition)), error);
        if (error) return Failure{Fault::unreadable, directory_ + ": " + error.message()};
        if (auto synced = sync_path(directory_); !synced) return synced;
        return sync_path(place.parent_path().empty() ? "." : place.parent_path().string());
    }

    Result<void> write(std::string_view id, std::string_view bytes) override {
        if (auto free = check_reserve(bytes.size()); !free) return free;
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
            if (::unlink(path.c_str()) != 0 && errno != ENOENT) return file_failure("remove", path);
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

    Result<void> put(std::string_view id, std::string_view bytes) override {
        auto const first = path_on_probation(id), own = path_of(id);
        if (auto written = write_synced(first, bytes); !written) return written;
        if (std::rename(first.c_str(), own.c_str()) != 0) return file_failure("name", own);
        return sync_path(directory_ + '/' + folder_of(partition_of(id)));
    }

    Result<void> set_aside(std::string_view id) override {
        auto const folder = directory_ + '/' + set_aside_folder;
        std::error_code error;
        files::create_directory(folder, error);
        auto const own = path_of(id);
        if (std::rename(own.c_str(), (folder + '/' + std::string(id)).c_str()) != 0)
            return file_failure("move", own);
        return sync_path(folder);
    }

    Result<std::vector<std::string>> strays() override {
        std::vector<std::string> found;
        auto const add = [&found](std::string name) { // named by anybody, and shown on terminals
            std::replace_if(
                name.begin(), name.end(),
                [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }, '?');
            if (found.size() < limits::strays) found.push_back(std::move(name));
        };
        std::set<std::string> ours{probation, set_aside_folder, "lost+found"};
        for (unsigned partition = 0; partition < partition_count; ++partition)
            ours.insert(folder_of(static_cast<Partition>(partition)));
        auto scanned = each_in("", [&](files::directory_entry const& entry) {
            auto name = entry.path().filename().string();
            if (!ours.contains(name)) add(std::move(name));
            return true;
        });
        ours.erase(set_aside_folder);
        ours.erase("lost+found");
        for (auto folder = ours.begin(); scanned && folder != ours.end(); ++folder)
            scanned = each_in(*folder, [&](files::directory_entry const& entry) {
                if (!is_blob(*folder, entry)) add(*folder + '/' + entry.path().filename().string());
                return true;
            });
        if (!scanned) return scanned.error();
        return found;
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

    [[nodiscard]] Result<void> check_reserve(std::size_t bytes) const {
        std::error_code error;
        auto const space = files::space(directory_, error);
        if (error) return Failure{Fault::unreadable, directory_ + ": " + error.message()};
        if (space.available >= reserve_bytes_ && space.available - reserve_bytes_ >= bytes)
            return {};
        return Failure{Fault::no_space, "the disk has no room above the reserve for " +
                                            std::to_string(bytes) + " bytes"};
    }

    /// Gives the file its own name only once all its bytes are on the disk.
    Result<void> write_named(std::string const& first, std::string_view id,
                             std::string_view bytes) {
        if (auto written = write_synced(first, bytes); !written) return written;
        if (auto synced = sync_path(directory_ + '/' + probation); !synced) return synced;
        auto const own = path_of(id);
        if (::link(first.c_str(), own.c_str()) != 0) return file_failure("name", own);
        return sync_path(directory_ + '/' + folder_of(partition_of(id)));
    }

    /// Returns false for files that file systems and tools leave in any folder.
    static bool is_blob(std::string const& folder, files::directory_entry const& entry) {
        auto const name = entry.path().filename().string();
        std::error_code error;
        return is_id(name) && entry.is_regular_file(error) &&
               (folder == probation || folder == folder_of(partition_of(name)));
    }

    Result<void> scan_folder(std::string const& name,
                             std::function<bool(std::string const&)> const& visit) {
        return each_in(name, [&](files::directory_entry const& entry) {
            return !is_blob(name, entry) || visit(entry.path().filename().string());
        });
    }

    Result<void> each_in(std::string const& name,
                         std::function<bool(files::directory_entry const&)> const& visit) {
        std::error_code error;
        auto const folder = files::path(directory_) / name;
        for (files::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error))
            if (!visit(*entry)) return {};
        if (error) return Failure{Fault::unreadable, folder.string() + ": " + error.message()};
        return {};
    }

    std::string directory_;
    std::uint64_t reserve_bytes_;
};

} // namespace

Result<std::unique_ptr<Blobs>> open_blob_files(std::string const& directory,
                                               std::uint64_t reserve_bytes) {
    auto blobs = std::make_unique<BlobFiles>(directory, reserve_bytes);
    if (auto made = blobs->make_folders(); !made) return made.error();
    return std::unique_ptr<Blobs>(std::move(blobs));
}

} // namespace banjie::storage
