#pragma once
// What was revoked, kept beside the backups, so that the restore of an older copy does not bring it
// back to life: passwords, roles, accounts, second factors, keys, rules of security.
//
// The file "revocations" in a folder of backups, of which lines are only ever added to the end,
// each a JSON object; the grammar is only ever added to:
//
//   {"journal":1}                                           the first line
//   {"seq","event","subject","at","fields"}                 an event that revoked something
//   {"seen":seq}                                            every event up to it was looked at
//   {"restored":seq,"copy":number,"newest_copy":number,"at"}  a copy was restored: what follows is
//                                                           of that store, which had seq events
//
// A line that a crash cut off is passed over; its event is looked at again.

#include "engine/outcome.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace banjie::engine {

class RevocationJournal {
public:
    /// Keeps the reference to the store, which must outlive it.
    RevocationJournal(std::string const& folder, storage::Store& store);

    /// Appends what revokes something among the events since the last call. The first call goes on
    /// where the file ends, and reads every event where there is no file; so does a call that finds
    /// another file, as when a disk was mounted. Durable when it returns. Thread-safe.
    [[nodiscard]] storage::Result<void> catch_up();
    /// Also writes how far it has read, so that the next start continues there.
    [[nodiscard]] storage::Result<void> finish();

private:
    [[nodiscard]] storage::Result<void> begin();
    [[nodiscard]] storage::Result<void> look();
    [[nodiscard]] storage::Result<void> append(std::string lines);

    std::string path_;
    storage::Store& store_;
    std::mutex mutex_;
    bool has_begun_ = false;
    std::pair<std::uint64_t, std::uint64_t> identity_{}; // of the file: device and inode
    bool is_new_ = false;
    bool is_cut_off_ = false; // the file does not end with a line's end
    std::uint64_t seen_ = 0, noted_ = 0;
};

/// What a restore does about what was revoked after its copy.
enum class Revoked {
    replayed,       // from the journal; refused where there is none
    locks_accounts, // without a journal: no password of the copy is worth anything
    accepted,       // without a journal: passwords and roles are those of the copy
};

/// The copy that was restored, and what is known of what came after it.
struct Replaying {
    std::string folder; // of backups
    std::uint32_t copy = 0;
    std::uint32_t newest_copy = 0; // of that folder
    Revoked revoked = Revoked::replayed;
    bool needs_journal = true; // unless `revoked` does without one
    Time now{};
};

struct Replayed {
    std::uint64_t sessions = 0;       // that ended
    std::vector<std::string> notes{}; // what is not as in the copy, a sentence each, at most 100
};
/// Ends every session and every act that waits for a second person, revokes again what the journal
/// names, and writes that as an event. Where there is no journal, no key is worth anything until
/// somebody takes it over. The store is one that nobody has open.
[[nodiscard]] storage::Result<Replayed> replay_revocations(storage::Store& store,
                                                           Replaying const& replaying);
/// Writes into the journal of the folder, if there is one, that the copy was restored to a store
/// that has so many events now.
[[nodiscard]] storage::Result<void> note_restore(Replaying const& replaying,
                                                 std::uint64_t last_seq);

} // namespace banjie::engine
