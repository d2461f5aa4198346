#include "storage/blobs.hpp"

#include <map>
#include <mutex>

namespace banjie::storage {

namespace {

class MemoryBlob final : public Blob {
public:
    explicit MemoryBlob(std::string bytes) : bytes_(std::move(bytes)) {}
    std::uint64_t size() const override { return bytes_.size(); }
    Result<void> read(std::uint64_t offset, std::span<char> place) const override {
        if (offset > bytes_.size() || bytes_.size() - offset < place.size())
            return Failure{Fault::unreadable, "a blob ends too early"};
        bytes_.copy(place.data(), place.size(), offset);
        return {};
    }

private:
    std::string bytes_;
};

class MemoryBlobs;

class NewMemoryBlob final : public NewBlob {
public:
    NewMemoryBlob(MemoryBlobs& blobs, std::string_view id) : blobs_(blobs), id_(id) {}
    std::string const& id() const override { return id_; }
    Result<void> append(std::string_view bytes) override {
        bytes_ += bytes;
        return {};
    }
    Result<std::string_view> bytes() override { return std::string_view(bytes_); }
    Result<void> finish() override;
    Result<void> replace() override;

private:
    MemoryBlobs& blobs_;
    std::string id_, bytes_;
};

class MemoryBlobs final : public Blobs {
public:
    Result<std::unique_ptr<NewBlob>> begin(std::string_view id, std::uint64_t) override {
        return std::unique_ptr<NewBlob>(std::make_unique<NewMemoryBlob>(*this, id));
    }
    void add(std::string const& id, std::string const& bytes, bool on_probation) {
        std::lock_guard const lock(mutex_);
        blobs_.insert_or_assign(id, Kept{std::make_shared<MemoryBlob const>(bytes), on_probation});
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
    Result<std::shared_ptr<Blob const>> open(std::string_view id) override {
        std::lock_guard const lock(mutex_);
        auto const found = blobs_.find(id);
        if (found == blobs_.end())
            return Failure{Fault::unreadable, "there is no blob '" + std::string(id) + "'"};
        return found->second.blob;
    }
    Result<void> scan(std::function<bool(std::string const&)> const& visit) override {
        std::lock_guard const lock(mutex_);
        for (auto const& [id, blob] : blobs_)
            if (!visit(id)) break;
        return {};
    }
    Result<void> set_aside(std::string_view id) override { return remove(id); }
    Result<std::vector<std::string>> strays() override { return std::vector<std::string>(); }

private:
    struct Kept {
        std::shared_ptr<Blob const> blob;
        bool on_probation = true;
    };
    std::mutex mutex_;
    std::map<std::string, Kept, std::less<>> blobs_;
};

Result<void> NewMemoryBlob::finish() {
    blobs_.add(id_, bytes_, true);
    return {};
}

Result<void> NewMemoryBlob::replace() {
    blobs_.add(id_, bytes_, false);
    return {};
}

} // namespace

std::unique_ptr<Blobs> open_memory_blobs() {
    return std::make_unique<MemoryBlobs>();
}

} // namespace banjie::storage
