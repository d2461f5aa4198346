#include "storage/blob_file.hpp"
#include "storage/blobs.hpp"
#include "storage/durable_files.hpp"
#include "storage/limits.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>
#include <unistd.h>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

constexpr auto set_aside_folder = "unnamed";

class BlobFiles final : public Blobs {
public:
    BlobFiles(std::string directory, std::uint64_t reserve_bytes)
        : directory_(std::move(directory)), folder_{directory_, reserve_bytes} {}

    Result<void> make_folders() {
        std::error_code error;
        files::path const place(directory_);
        files::create_directories(place / probation, error);
        for (unsigned partition = 0; partition < partition_count && !error; ++partition)
            files::create_directory(place / partition_folder(static_cast<Partition>(partition)),
                                    error);
        if (error) return Failure{Fault::unreadable, directory_ + ": " + error.message()};
        if (auto synced = sync_path(directory_); !synced) return synced;
        return sync_path(place.parent_path().empty() ? "." : place.parent_path().string());
    }

    Result<std::unique_ptr<NewBlob>> begin(std::string_view id, std::uint64_t bytes) override {
        return begin_blob_file(folder_, id, bytes);
    }

    void keep(std::string_view id) override { ::unlink(folder_.path_on_probation(id).c_str()); }

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
        for (auto const& path : {folder_.path_of(id), folder_.path_on_probation(id)})
            if (::unlink(path.c_str()) != 0 && errno != ENOENT) return file_failure("remove", path);
        return {};
    }

    Result<std::shared_ptr<Blob const>> open(std::string_view id) override {
        return open_blob_file(folder_.path_of(id));
    }

    Result<void> scan(std::function<bool(std::string const&)> const& visit) override {
        bool wanted = true;
        for (unsigned partition = 0; partition < partition_count && wanted; ++partition) {
            auto const folder = partition_folder(static_cast<Partition>(partition));
            auto scanned = scan_folder(folder, [&](std::string const& id) {
                wanted = visit(id);
                return wanted;
            });
            if (!scanned) return scanned;
        }
        return {};
    }

    Result<void> set_aside(std::string_view id) override {
        auto const folder = directory_ + '/' + set_aside_folder;
        std::error_code error;
        files::create_directory(folder, error);
        auto const own = folder_.path_of(id);
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
            ours.insert(partition_folder(static_cast<Partition>(partition)));
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
    /// Returns false for files that file systems and tools leave in any folder.
    static bool is_blob(std::string const& folder, files::directory_entry const& entry) {
        auto const name = entry.path().filename().string();
        std::error_code error;
        return is_blob_id(name) && entry.is_regular_file(error) &&
               (folder == probation || folder == partition_folder(partition_of(name)));
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
    BlobFolder folder_;
};

} // namespace

Result<std::unique_ptr<Blobs>> open_blob_files(std::string const& directory,
                                               std::uint64_t reserve_bytes) {
    auto blobs = std::make_unique<BlobFiles>(directory, reserve_bytes);
    if (auto made = blobs->make_folders(); !made) return made.error();
    return std::unique_ptr<Blobs>(std::move(blobs));
}

} // namespace banjie::storage
