// The engine over a store that takes its time, and fails when the test says so.

#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

#include <deque>

using namespace banjie;
using namespace banjie::engine;

namespace {

/// Passes everything through to a store in memory; while held, commits wait for the test.
class HeldStore final : public storage::Store {
public:
    void commit(storage::Batch batch, storage::CommitDone done) override {
        if (!held) return inner_->commit(std::move(batch), std::move(done));
        waiting_.emplace_back(std::move(batch), std::move(done));
    }
    /// The first that waits becomes durable, or fails with that fault.
    void release(std::optional<storage::Fault> fault = std::nullopt) {
        auto [batch, done] = std::move(waiting_.front());
        waiting_.pop_front();
        if (fault)
            done(storage::Failure{*fault, "as the test wishes"});
        else
            inner_->commit(std::move(batch), std::move(done));
    }
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

    storage::Result<std::optional<storage::InstanceRecord>> instance(std::string_view id) override {
        return inner_->instance(id);
    }
    storage::Result<std::vector<std::optional<storage::InstanceRecord>>>
    instances(std::span<std::string const> ids) override {
        return inner_->instances(ids);
    }
    storage::Result<std::vector<storage::StoredEvent>>
    history(std::string_view id, std::uint64_t skip, std::size_t limit) override {
        return inner_->history(id, skip, limit);
    }
    storage::Result<std::vector<storage::StoredEvent>> events_after(std::uint64_t after,
                                                                    std::size_t limit) override {
        return inner_->events_after(after, limit);
    }
    storage::Result<void> scan_index(storage::Partitions partitions,
                                     storage::Visit const& visit) override {
        return inner_->scan_index(partitions, visit);
    }
    storage::Result<void> replace_index(std::span<storage::IndexRecord const> records) override {
        return inner_->replace_index(records);
    }
    storage::Result<std::optional<storage::Document>> document(std::string_view kind,
                                                               std::string_view id) override {
        return inner_->document(kind, id);
    }
    storage::Result<std::vector<storage::Document>> documents(std::string_view kind) override {
        return inner_->documents(kind);
    }
    storage::Result<std::optional<std::string>> reply(storage::ReplyKey const& key) override {
        return inner_->reply(key);
    }
    storage::Result<std::optional<std::string>> sealed(std::string_view id, std::uint64_t key,
                                                       std::string_view field) override {
        return inner_->sealed(id, key, field);
    }
    storage::Result<std::uint64_t> last_key() override { return inner_->last_key(); }
    storage::Keyring& keyring() override { return inner_->keyring(); }
    storage::StoreStatus status() override { return inner_->status(); }
    storage::Result<std::uint32_t> backup(std::string const& directory,
                                          storage::Progress const& progress) override {
        return inner_->backup(directory, progress);
    }
    void close() override { inner_->close(); }

    bool held = false;

private:
    std::unique_ptr<storage::Store> inner_ = storage::open_memory_store();
    std::deque<std::pair<storage::Batch, storage::CommitDone>> waiting_;
};

struct HeldDesk {
    HeldStore store;
    Desk desk{store};
    std::vector<std::string> told;

    HeldDesk() { REQUIRE(desk.import_organisations()); }
    /// Gives the command; its outcome lands in `told`.
    void give(Actor const& actor, std::string const& id, std::string verb, Fields fields = {}) {
        desk.office.engine.execute(
            {.actor = actor,
             .workflow = "problem",
             .instance = id,
             .verb = verb,
             .fields = std::move(fields)},
            [this, verb](Outcome<Reply> const& reply) {
                told.push_back(verb + ": " + (reply ? "done" : std::string(reply.error().code)));
            });
    }
    [[nodiscard]] std::string state_of(std::string const& id) {
        return std::string((*desk.office.engine.find(desk.county, "problem", id))->state());
    }
    [[nodiscard]] Fields to_transport() const {
        return fields_of({{"lead_unit", std::string("360731-transport")}});
    }
};

} // namespace

TEST_CASE("a command builds on the one before it without waiting, and both are told when durable") {
    HeldDesk held;
    auto const id = held.desk.report();
    held.store.held = true;
    held.give(held.desk.county, id, "accept");
    held.give(held.desk.county, id, "assign", held.to_transport());
    CHECK(held.told.empty());
    CHECK(held.state_of(id) == "screening"); // what is shown is durable
    CHECK(held.desk.office.index
              .list(held.desk.county, {.workflow = "problem", .state = {"screening"}})
              ->total == 1);
    held.store.release();
    CHECK(held.told == Texts{"accept: done"});
    CHECK(held.state_of(id) == "awaiting_dispatch");
    held.store.release();
    CHECK(held.told == Texts{"accept: done", "assign: done"});
    CHECK(held.state_of(id) == "awaiting_acknowledgement");
}

TEST_CASE("what was built on a commit that fails, fails with it and for its reason") {
    HeldDesk held;
    auto const id = held.desk.report();
    held.store.held = true;
    held.give(held.desk.county, id, "accept");
    held.give(held.desk.county, id, "assign", held.to_transport());
    held.store.release(storage::Fault::no_space);
    CHECK(held.told == Texts{"accept: no_space"});
    held.store.release(); // the store finds that its condition does not hold
    CHECK(held.told == Texts{"accept: no_space", "assign: no_space"});
    CHECK(held.state_of(id) == "screening");
    held.store.held = false;
    held.give(held.desk.county, id, "accept");
    CHECK(held.told.back() == "accept: done");
}

TEST_CASE("a refusal that rests on what is not durable yet is told only when that is") {
    HeldDesk held;
    auto const id = held.desk.report();
    held.store.held = true;
    held.give(held.desk.county, id, "accept");
    held.give(held.desk.county, id, "reject", fields_of({{"reason", std::string("x")}}));
    CHECK(held.told.empty());
    SUBCASE("and holds then") {
        held.store.release();
        held.store.release();
        CHECK(held.told == Texts{"accept: done", "reject: not_permitted_in_state"});
    }
    SUBCASE("or speaks of the failure") {
        held.store.release(storage::Fault::no_space);
        held.store.release();
        CHECK(held.told == Texts{"accept: no_space", "reject: no_space"});
    }
}

TEST_CASE("when the store no longer knows what it wrote, those who waited are told so") {
    HeldDesk held;
    auto const id = held.desk.report();
    held.store.held = true;
    held.give(held.desk.county, id, "accept");
    held.store.release(storage::Fault::unknown);
    CHECK(held.told == Texts{"accept: outcome_unknown"});
}
