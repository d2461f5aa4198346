#include "tests/storage/fault_files.hpp"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>

namespace banjie::storage {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

struct FaultFiles::Files final : rocksdb::FileSystemWrapper {
    struct Extent {
        std::uint64_t size = 0, synced = 0;
    };

    struct File final : rocksdb::FSWritableFileOwnerWrapper {
        File(Files& files, std::string name, std::unique_ptr<rocksdb::FSWritableFile> under)
            : FSWritableFileOwnerWrapper(std::move(under)), files_(files), name_(std::move(name)) {}

        using FSWritableFileOwnerWrapper::Append;
        IOStatus Append(rocksdb::Slice const& data, IOOptions const& options,
                        IODebugContext* context) override {
            if (files_.dead) return IOStatus::IOError("no power");
            auto status = FSWritableFileOwnerWrapper::Append(data, options, context);
            std::lock_guard const lock(files_.mutex);
            if (status.ok()) files_.extents[name_].size += data.size();
            return status;
        }
        IOStatus Append(rocksdb::Slice const& data, IOOptions const& options,
                        rocksdb::DataVerificationInfo const&, IODebugContext* context) override {
            return Append(data, options, context);
        }
        IOStatus Sync(IOOptions const& options, IODebugContext* context) override {
            if (files_.dead) return IOStatus::IOError("no power");
            if (files_.failing) return IOStatus::IOError("a failed sync");
            auto status = FSWritableFileOwnerWrapper::Sync(options, context);
            std::lock_guard const lock(files_.mutex);
            if (status.ok()) files_.extents[name_].synced = files_.extents[name_].size;
            return status;
        }
        IOStatus Fsync(IOOptions const& options, IODebugContext* context) override {
            return Sync(options, context);
        }

    private:
        Files& files_;
        std::string name_;
    };

    Files() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
    [[nodiscard]] char const* Name() const override { return "FaultFiles"; }

    IOStatus NewWritableFile(std::string const& name, rocksdb::FileOptions const& options,
                             std::unique_ptr<rocksdb::FSWritableFile>* file,
                             IODebugContext* context) override {
        if (dead) return IOStatus::IOError("no power");
        std::unique_ptr<rocksdb::FSWritableFile> under;
        auto status = FileSystemWrapper::NewWritableFile(name, options, &under, context);
        if (!status.ok()) return status;
        std::lock_guard const lock(mutex);
        extents[name] = {};
        *file = std::make_unique<File>(*this, name, std::move(under));
        return status;
    }
    IOStatus RenameFile(std::string const& from, std::string const& to, IOOptions const& options,
                        IODebugContext* context) override {
        if (dead) return IOStatus::IOError("no power");
        auto status = FileSystemWrapper::RenameFile(from, to, options, context);
        std::lock_guard const lock(mutex);
        if (auto const found = extents.find(from); status.ok() && found != extents.end()) {
            extents[to] = found->second;
            extents.erase(from);
        }
        return status;
    }
    IOStatus DeleteFile(std::string const& name, IOOptions const& options,
                        IODebugContext* context) override {
        if (dead) return IOStatus::IOError("no power");
        auto status = FileSystemWrapper::DeleteFile(name, options, context);
        std::lock_guard const lock(mutex);
        if (status.ok()) extents.erase(name);
        return status;
    }

    std::mutex mutex;
    std::map<std::string, Extent> extents;
    std::atomic<bool> dead = false, failing = false;
};

FaultFiles::FaultFiles()
    : files_(std::make_shared<Files>()), env_(rocksdb::NewCompositeEnv(files_)) {}
FaultFiles::~FaultFiles() = default;

rocksdb::Env* FaultFiles::env() {
    return env_.get();
}

void FaultFiles::fail_syncs(bool fail) {
    files_->failing = fail;
}

void FaultFiles::cut_power() {
    files_->dead = true;
}

std::uint64_t FaultFiles::forget_unsynced(std::uint64_t torn_bytes) {
    std::lock_guard const lock(files_->mutex);
    std::uint64_t forgotten = 0;
    for (auto& [name, extent] : files_->extents) {
        auto const kept = std::min(extent.size, extent.synced + torn_bytes);
        std::error_code error;
        if (kept < extent.size) std::filesystem::resize_file(name, kept, error);
        if (!error) forgotten += extent.size - kept;
    }
    files_->extents.clear();
    files_->dead = false;
    files_->failing = false;
    return forgotten;
}

} // namespace banjie::storage
