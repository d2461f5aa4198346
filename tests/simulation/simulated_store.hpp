#pragma once
// A store whose disk is driven by hand, in one thread. Batches wait in a queue. The disk takes some
// of them as a group and writes it (volatile: in the page cache), syncs all that is written
// (durable: only now reads see it), and reports the outcomes, one by one and in order. A crash
// loses the queue, keeps the first few of the written groups, each whole, and reports nothing.

#include "storage/store.hpp"
#include "tests/simulation/dice.hpp"

#include <deque>
#include <set>

namespace banjie::simulation {

class SimulatedStore final : public storage::Store {
public:
    /// Makes `first` durable from the beginning. At most `capacity` batches wait. A sync fails with
    /// that chance in a thousand.
    SimulatedStore(Dice& dice, storage::Batch first, std::size_t capacity,
                   std::size_t failures_per_mille);

    // The disk.
    [[nodiscard]] bool has_work() const;
    /// Does one of the pending steps. Returns a description of it.
    std::string work();
    void set_full(bool full) { full_ = full; }
    /// Returns whether a write has failed: then nothing is written any more until `crash`.
    [[nodiscard]] bool has_failed() const { return failed_; }
    /// Returns whether the outcomes of all durable batches have been reported.
    [[nodiscard]] bool is_silent() const { return telling_.empty(); }
    /// Makes `commit` return only when its batch's outcome has been reported, for callers that
    /// wait.
    void set_patient(bool patient) { patient_ = patient; }

    /// Ends the process: answers all pending batches with `closed`, so that their callers can be
    /// destroyed. Their callbacks must report nothing.
    void abandon();
    /// Ends the computer too. Returns how many of the written groups have survived.
    std::size_t crash();

    /// Returns the durable index entry of an instance.
    [[nodiscard]] std::string index_entry(std::string_view id);

    // The interface.
    void commit(storage::Batch batch, storage::CommitDone done) override;
    storage::Result<std::optional<storage::InstanceRecord>> instance(std::string_view id) override;
    storage::Result<std::vector<std::optional<storage::InstanceRecord>>>
    instances(std::span<std::string const> ids) override;
    storage::Result<std::vector<storage::StoredEvent>>
    history(std::string_view id, std::uint64_t skip, std::size_t limit) override;
    storage::Result<std::vector<storage::StoredEvent>> events_after(std::uint64_t after,
                                                                    std::size_t limit) override;
    storage::Result<void> scan_index(storage::Partitions partitions,
                                     storage::Visit const& visit) override;
    storage::Result<void> replace_index(std::span<storage::IndexRecord const> records) override;
    storage::Result<std::optional<storage::Document>> document(std::string_view kind,
                                                               std::string_view id) override;
    storage::Result<std::vector<storage::Document>> documents(std::string_view kind) override;
    storage::Result<std::optional<std::string>> reply(storage::ReplyKey const& key) override;
    storage::Result<std::optional<std::string>> sealed(std::string_view id, std::uint64_t key,
                                                       std::string_view field) override {
        return durable_->sealed(id, key, field);
    }
    storage::Result<std::uint64_t> last_key() override { return durable_->last_key(); }
    storage::Keyring& keyring() override { return durable_->keyring(); }
    storage::StoreStatus status() override;
    storage::Result<std::uint32_t> backup(std::string const& directory,
                                          storage::Progress const& progress) override;
    void close() override;

private:
    struct Waiting {
        storage::Batch batch;
        storage::CommitDone done;
        std::optional<storage::Fault> refused;
    };
    struct Told {
        storage::CommitDone done;
        storage::Result<storage::Committed> result;
    };
    using Group = std::vector<Waiting>;

    std::string write_group();
    std::string sync();
    std::string tell();
    storage::Result<storage::Committed> make_durable(storage::Batch batch);

    Dice& dice_;
    std::size_t capacity_;
    std::size_t failures_per_mille_;
    std::unique_ptr<storage::Store> durable_ = storage::open_memory_store();
    std::deque<Waiting> queue_;
    std::deque<Group> written_;
    std::deque<Told> telling_;
    bool full_ = false;
    bool failed_ = false;
    bool patient_ = false;
};

} // namespace banjie::simulation
