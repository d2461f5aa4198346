#include "tests/storage/fault_files.hpp"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <array>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <thread>

namespace banjie::storage {

namespace files = std::filesystem;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

namespace {

ino_t inode_of(files::path const& file) {
    struct stat found {};
    return stat(file.c_str(), &found) == 0 ? found.st_ino : 0;
}

/// Holds the names of a folder that are synced, as hard links.
files::path synced_names_of(files::path const& folder) {
    return folder.string() + ".synced";
}

void link_all(files::path const& from, files::path const& to) {
    files::remove_all(to);
    files::create_directories(to);
    for (auto const& file : files::directory_iterator(from))
        files::create_hard_link(file.path(), to / file.path().filename());
}

} // namespace

struct FaultFiles::Files final : rocksdb::FileSystemWrapper {
    struct Extent {
        std::uint64_t size = 0, synced = 0;
    };

    Files() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
    [[nodiscard]] char const* Name() const override { return "FaultFiles"; }

    /// Counts the call; what came of it, if anything. `flips` is for the one who reads.
    IOStatus meet(Call call, bool* flips = nullptr) {
        std::unique_lock lock(mutex);
        auto const number = counts[static_cast<std::size_t>(call)]++;
        if (dead && call != Call::read) return IOStatus::IOError("no power");
        if (!trouble || trouble->call != call || number < trouble->after ||
            number - trouble->after >= trouble->times)
            return IOStatus::OK();
        switch (trouble->effect) {
        case Effect::fails:
            return IOStatus::IOError("a failing disk");
        case Effect::no_space:
            return IOStatus::NoSpace("a full disk");
        case Effect::slow:
            lock.unlock();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return IOStatus::OK();
        case Effect::flips:
            if (flips) *flips = true;
            return IOStatus::OK();
        case Effect::power_cut:
            dead = true;
            return IOStatus::IOError("no power");
        }
        return IOStatus::OK();
    }

    template <class Read>
    IOStatus read(char* scratch, Slice* result, Read const& wanted) {
        bool flips = false;
        auto status = meet(Call::read, &flips);
        if (status.ok()) status = wanted();
        if (!status.ok() || !flips || result->empty()) return status;
        std::copy_n(result->data(), result->data() == scratch ? 0 : result->size(), scratch);
        std::lock_guard const lock(mutex);
        auto const place = trouble ? trouble->after * 7'919 : 0;
        scratch[place % result->size()] ^= static_cast<char>(1U << (place % 8));
        *result = Slice(scratch, result->size());
        return status;
    }

    struct Written final : rocksdb::FSWritableFileOwnerWrapper {
        Written(Files& all, ino_t inode, std::unique_ptr<rocksdb::FSWritableFile> under)
            : FSWritableFileOwnerWrapper(std::move(under)), all_(all), inode_(inode) {}

        IOStatus Append(Slice const& data, IOOptions const& options,
                        IODebugContext* context) override {
            auto status = all_.meet(Call::write);
            if (status.ok()) status = FSWritableFileOwnerWrapper::Append(data, options, context);
            std::lock_guard const lock(all_.mutex);
            if (status.ok()) all_.extents[inode_].size += data.size();
            return status;
        }
        IOStatus Append(Slice const& data, IOOptions const& options,
                        rocksdb::DataVerificationInfo const&, IODebugContext* context) override {
            return Append(data, options, context);
        }
        IOStatus Sync(IOOptions const& options, IODebugContext* context) override {
            auto status = all_.meet(Call::sync);
            if (status.ok()) status = FSWritableFileOwnerWrapper::Flush(options, context);
            std::lock_guard const lock(all_.mutex);
            if (status.ok()) all_.extents[inode_].synced = all_.extents[inode_].size;
            return status;
        }
        IOStatus Fsync(IOOptions const& options, IODebugContext* context) override {
            return Sync(options, context);
        }

    private:
        Files& all_;
        ino_t inode_;
    };

    struct InOrder final : rocksdb::FSSequentialFileOwnerWrapper {
        InOrder(Files& all, std::unique_ptr<rocksdb::FSSequentialFile> under)
            : FSSequentialFileOwnerWrapper(std::move(under)), all_(all) {}
        IOStatus Read(std::size_t size, IOOptions const& options, Slice* result, char* scratch,
                      IODebugContext* context) override {
            return all_.read(scratch, result, [&] {
                return FSSequentialFileOwnerWrapper::Read(size, options, result, scratch, context);
            });
        }

    private:
        Files& all_;
    };

    struct Anywhere final : rocksdb::FSRandomAccessFileOwnerWrapper {
        Anywhere(Files& all, std::unique_ptr<rocksdb::FSRandomAccessFile> under)
            : FSRandomAccessFileOwnerWrapper(std::move(under)), all_(all) {}
        IOStatus Read(std::uint64_t at, std::size_t size, IOOptions const& options, Slice* result,
                      char* scratch, IODebugContext* context) const override {
            return all_.read(scratch, result, [&] {
                return FSRandomAccessFileOwnerWrapper::Read(at, size, options, result, scratch,
                                                            context);
            });
        }
        IOStatus MultiRead(rocksdb::FSReadRequest* requests, std::size_t count,
                           IOOptions const& options, IODebugContext* context) override {
            return FSRandomAccessFile::MultiRead(requests, count, options, context); // by Read
        }

    private:
        Files& all_;
    };

    struct Folder final : rocksdb::FSDirectoryWrapper {
        Folder(Files& all, std::string name, std::unique_ptr<rocksdb::FSDirectory> under)
            : FSDirectoryWrapper(std::move(under)), all_(all), name_(std::move(name)) {}
        IOStatus Fsync(IOOptions const& options, IODebugContext* context) override {
            return FsyncWithDirOptions(options, context, rocksdb::DirFsyncOptions());
        }
        IOStatus FsyncWithDirOptions(IOOptions const&, IODebugContext*,
                                     rocksdb::DirFsyncOptions const&) override {
            auto status = all_.meet(Call::sync);
            std::lock_guard const lock(all_.mutex);
            if (status.ok()) link_all(name_, synced_names_of(name_));
            return status;
        }

    private:
        Files& all_;
        std::string name_;
    };

    /// A change of names: what was there before the first one is durable.
    template <class Change>
    IOStatus change_names(std::string const& name, Change const& change) {
        if (auto met = meet(Call::write); !met.ok()) return met;
        std::lock_guard const lock(mutex);
        auto const folder = files::path(name).parent_path();
        if (folders.insert(folder).second) link_all(folder, synced_names_of(folder));
        return change();
    }

    IOStatus NewWritableFile(std::string const& name, rocksdb::FileOptions const& options,
                             std::unique_ptr<rocksdb::FSWritableFile>* file,
                             IODebugContext* context) override {
        return change_names(name, [&] {
            std::unique_ptr<rocksdb::FSWritableFile> under;
            auto status = FileSystemWrapper::NewWritableFile(name, options, &under, context);
            if (!status.ok()) return status;
            auto const inode = inode_of(name);
            extents[inode] = {};
            *file = std::make_unique<Written>(*this, inode, std::move(under));
            return status;
        });
    }
    IOStatus NewSequentialFile(std::string const& name, rocksdb::FileOptions const& options,
                               std::unique_ptr<rocksdb::FSSequentialFile>* file,
                               IODebugContext* context) override {
        std::unique_ptr<rocksdb::FSSequentialFile> under;
        auto status = FileSystemWrapper::NewSequentialFile(name, options, &under, context);
        if (status.ok()) *file = std::make_unique<InOrder>(*this, std::move(under));
        return status;
    }
    IOStatus NewRandomAccessFile(std::string const& name, rocksdb::FileOptions const& options,
                                 std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                 IODebugContext* context) override {
        std::unique_ptr<rocksdb::FSRandomAccessFile> under;
        auto status = FileSystemWrapper::NewRandomAccessFile(name, options, &under, context);
        if (status.ok()) *file = std::make_unique<Anywhere>(*this, std::move(under));
        return status;
    }
    IOStatus NewDirectory(std::string const& name, IOOptions const& options,
                          std::unique_ptr<rocksdb::FSDirectory>* folder,
                          IODebugContext* context) override {
        std::unique_ptr<rocksdb::FSDirectory> under;
        auto status = FileSystemWrapper::NewDirectory(name, options, &under, context);
        if (status.ok()) *folder = std::make_unique<Folder>(*this, name, std::move(under));
        return status;
    }
    IOStatus RenameFile(std::string const& from, std::string const& to, IOOptions const& options,
                        IODebugContext* context) override {
        return change_names(
            to, [&] { return FileSystemWrapper::RenameFile(from, to, options, context); });
    }
    IOStatus DeleteFile(std::string const& name, IOOptions const& options,
                        IODebugContext* context) override {
        return change_names(name,
                            [&] { return FileSystemWrapper::DeleteFile(name, options, context); });
    }

    mutable std::mutex mutex;
    std::optional<Trouble> trouble;
    std::array<std::uint64_t, 3> counts{};
    bool dead = false;
    std::map<ino_t, Extent> extents; // of what was written since the last power cut
    std::set<files::path> folders;   // whose names have changed since
};

FaultFiles::FaultFiles()
    : files_(std::make_shared<Files>()), env_(rocksdb::NewCompositeEnv(files_)) {}
FaultFiles::~FaultFiles() = default;

rocksdb::Env* FaultFiles::env() {
    return env_.get();
}

void FaultFiles::give(Trouble trouble) {
    std::lock_guard const lock(files_->mutex);
    files_->trouble = trouble;
    files_->counts = {};
}

void FaultFiles::heal() {
    std::lock_guard const lock(files_->mutex);
    files_->trouble.reset();
}

std::uint64_t FaultFiles::calls(Call call) const {
    std::lock_guard const lock(files_->mutex);
    return files_->counts[static_cast<std::size_t>(call)];
}

std::uint64_t FaultFiles::forget_unsynced(std::uint64_t torn_bytes, bool names) {
    heal();
    std::uint64_t forgotten = 0;
    for (auto const& folder : std::exchange(files_->folders, {})) {
        auto const synced = synced_names_of(folder);
        if (names) {
            for (auto const& file : files::directory_iterator(folder))
                if (!files::exists(synced / file.path().filename())) ++forgotten;
            link_all(synced, folder);
        }
        files::remove_all(synced);
        for (auto const& file : files::directory_iterator(folder)) {
            auto const written = files_->extents.find(inode_of(file.path()));
            if (written == files_->extents.end()) continue;
            auto const& extent = written->second;
            auto const kept = std::min(extent.size, extent.synced + torn_bytes);
            if (kept < extent.size) files::resize_file(file.path(), kept);
            forgotten += extent.size - kept;
        }
    }
    files_->extents.clear();
    files_->dead = false;
    return forgotten;
}

} // namespace banjie::storage
