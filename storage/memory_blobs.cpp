#include "storage/blobs.hpp"

#include <map>
#include <mutex>

namespace banjie::storage {

namespace {

class MemoryBlobs final : public Blobs {
public:
    Result<void> write(std::string_view id, std::string_view bytes) override {
        std::lock_guard const lock(mutex_);
        blobs_.insert_or_assign(std::string(id), Blob{std::string(bytes), true});
        return {};
    }
    void keep(std::string_view id) override {
        std::lock_guard const lock(mutex_);
        if (auto const found = blobs_.find(id); found != blobs_.end())
            found->second.on_probation = false;
    }
    Result<std::vector<std::string>> on_probation() override {
        std::lock_guard const lock(mutex_);
        std::vector<std::string> ids;
        for (auto const& [id, blob] : blobs_)
            if (blob.on_probation) ids.push_back(id);
        return ids;
    }
    Result<void> remove(std::string_view id) override {
        std::lock_guard const lock(mutex_);
        if (auto const found = blobs_.find(id); found != blobs_.end()) blobs_.erase(found);
        return {};
    }
    Result<std::string> read(std::string_view id) override {
        std::lock_guard const lock(mutex_);
        auto const found = blobs_.find(id);
        if (found == blobs_.end())
            return Failure{Fault::unreadable, "there is no blob '" + std::string(id) + "'"};
        return found->second.bytes;
    }
    Result<void> scan(std::function<bool(std::string const&)> const& visit) override {
        std::lock_guard const lock(mutex_);
        for (auto const& [id, blob] : blobs_)
            if (!visit(id)) break;
        return {};
    }
    Result<void> put(std::string_view id, std::string_view bytes) override {
        std::lock_guard const lock(mutex_);
        blobs_.insert_or_assign(std::string(id), Blob{std::string(bytes), false});
        return {};
    }
    Result<void> set_aside(std::string_view id) override { return remove(id); }
    Result<std::vector<std::string>> strays() override { return std::vector<std::string>(); }

private:
    struct Blob {
        std::string bytes;
        bool on_probation = true;
    };
    std::mutex mutex_;
    std::map<std::string, Blob, std::less<>> blobs_;
};

} // namespace

std::unique_ptr<Blobs> open_memory_blobs() {
    return std::make_unique<MemoryBlobs>();
}

} // namespace banjie::storage
