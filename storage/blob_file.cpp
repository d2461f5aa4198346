#include "storage/blob_file.hpp"

#include "storage/durable_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <unistd.h>

namespace banjie::storage {

namespace {

class BlobFile final : public Blob {
public:
    explicit BlobFile(std::string const& path)
        : path_(path), file_(path, O_RDONLY),
          size_(file_.is_open() ? ::lseek(file_.number(), 0, SEEK_END) : -1) {}

    [[nodiscard]] bool is_open() const { return size_ >= 0; }

    std::uint64_t size() const override { return static_cast<std::uint64_t>(size_); }

    // Not mapped: where the disk cannot read a page of a mapping, or another program has cut the
    // file, the process would end.
    Result<void> read(std::uint64_t offset, std::span<char> place) const override {
        while (!place.empty()) {
            auto const count =
                ::pread(file_.number(), place.data(), place.size(), static_cast<off_t>(offset));
            if (count < 0 && errno == EINTR) continue;
            if (count == 0) return Failure{Fault::unreadable, "'" + path_ + "' ends too early"};
            if (count < 0) return file_failure("read", path_);
            offset += static_cast<std::uint64_t>(count);
            place = place.subspan(static_cast<std::size_t>(count));
        }
        return {};
    }

private:
    std::string path_;
    Descriptor file_;
    off_t size_;
};

class NewBlobFile final : public NewBlob {
public:
    NewBlobFile(BlobFolder const& folder, std::string_view id)
        : folder_(folder), id_(id), first_(folder.path_on_probation(id)),
          file_(first_, O_RDWR | O_CREAT | O_TRUNC) {}

    ~NewBlobFile() override {
        unmap();
        if (!finished_ && file_.is_open()) ::unlink(first_.c_str());
    }

    [[nodiscard]] bool is_open() const { return file_.is_open(); }

    std::string const& id() const override { return id_; }

    Result<void> append(std::string_view bytes) override {
        unmap();
        if (auto free = folder_.check_reserve(bytes.size()); !free) return free;
        if (auto written = write_all(file_, first_, bytes); !written) return written;
        size_ += bytes.size();
        return {};
    }

    // Nobody else knows of the file yet, and it has just been written: it can be read.
    Result<std::string_view> bytes() override {
        if (mapped_ == nullptr && size_ > 0) {
            void* const mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file_.number(), 0);
            if (mapped == MAP_FAILED) return file_failure("map", first_);
            mapped_ = static_cast<char const*>(mapped);
        }
        return std::string_view(mapped_, size_);
    }

    Result<void> finish() override {
        if (auto synced = sync(); !synced) return synced;
        if (auto synced = sync_path(folder_.directory + '/' + probation); !synced) return synced;
        auto const own = folder_.path_of(id_);
        if (::link(first_.c_str(), own.c_str()) != 0) return file_failure("name", own);
        auto named = sync_name();
        if (!named) ::unlink(own.c_str());
        finished_ = named.has_value();
        return named;
    }

    Result<void> replace() override {
        if (auto synced = sync(); !synced) return synced;
        auto const own = folder_.path_of(id_);
        if (std::rename(first_.c_str(), own.c_str()) != 0) return file_failure("name", own);
        finished_ = true;
        return sync_name();
    }

private:
    void unmap() {
        if (mapped_ != nullptr) ::munmap(const_cast<char*>(mapped_), size_);
        mapped_ = nullptr;
    }
    Result<void> sync() {
        if (::fsync(file_.number()) != 0) return file_failure("sync", first_);
        return {};
    }
    Result<void> sync_name() {
        return sync_path(folder_.directory + '/' + partition_folder(partition_of(id_)));
    }

    BlobFolder const& folder_;
    std::string id_, first_;
    Descriptor file_;
    std::size_t size_ = 0;
    char const* mapped_ = nullptr;
    bool finished_ = false;
};

} // namespace

bool is_blob_id(std::string_view id) {
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    };
    return !id.empty() && id.size() <= 128 && id.front() != '.' &&
           std::all_of(id.begin(), id.end(), fits);
}

std::string partition_folder(Partition partition) {
    constexpr std::string_view digits = "0123456789abcdef";
    return {digits[partition >> 4U], digits[partition & 15U]};
}

std::string BlobFolder::path_of(std::string_view id) const {
    if (!is_blob_id(id)) std::abort();
    return directory + '/' + partition_folder(partition_of(id)) + '/' + std::string(id);
}

std::string BlobFolder::path_on_probation(std::string_view id) const {
    if (!is_blob_id(id)) std::abort();
    return directory + '/' + probation + '/' + std::string(id);
}

Result<void> BlobFolder::check_reserve(std::uint64_t bytes) const {
    std::error_code error;
    auto const space = std::filesystem::space(directory, error);
    if (error) return Failure{Fault::unreadable, directory + ": " + error.message()};
    if (space.available >= reserve_bytes && space.available - reserve_bytes >= bytes) return {};
    return Failure{Fault::no_space, "the disk has no room above the reserve for " +
                                        std::to_string(bytes) + " bytes"};
}

Result<std::unique_ptr<NewBlob>> begin_blob_file(BlobFolder const& folder, std::string_view id,
                                                 std::uint64_t bytes) {
    if (auto free = folder.check_reserve(bytes); !free) return free.error();
    auto blob = std::make_unique<NewBlobFile>(folder, id);
    if (!blob->is_open()) return file_failure("make", folder.path_on_probation(id));
    return std::unique_ptr<NewBlob>(std::move(blob));
}

Result<std::shared_ptr<Blob const>> open_blob_file(std::string const& path) {
    auto blob = std::make_shared<BlobFile const>(path);
    if (!blob->is_open()) return file_failure("open", path);
    return std::shared_ptr<Blob const>(std::move(blob));
}

} // namespace banjie::storage
