#include "engine/audit/revocations.hpp"

#include "engine/audit/revoked_again.hpp"
#include "engine/text/time_text.hpp"
#include "storage/durable_files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>

namespace banjie::engine {

using nlohmann::json;
using storage::Failure;
using storage::Fault;
using storage::Result;

namespace {

constexpr std::size_t events_at_once = 512;
constexpr std::uint64_t events_between_marks = 10'000;

std::string path_in(std::string const& folder) {
    return folder + "/revocations";
}

/// Returns device and inode; zeros if there is no file.
std::pair<std::uint64_t, std::uint64_t> identity_of(std::string const& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino};
}

/// Returns an empty text if the event revokes nothing.
std::string line_of(storage::StoredEvent const& event) {
    // Most events are of instances, and need no reading.
    if (event.body.find("\"document\"") == std::string::npos) return {};
    auto const told = json::parse(event.body, nullptr, false);
    if (!told.is_object() || told.value("workflow", "") != "document") return {};
    auto const type = told.value("type", "");
    if (!RevokedAgain::is_revoking(type)) return {};
    return json{{"seq", event.seq},
                {"event", type},
                {"subject", told.value("subject", "")},
                {"at", told.value("at", "")},
                {"fields", told.value("fields", json::object())}}
               .dump(-1, ' ', false, json::error_handler_t::replace) +
           '\n';
}

/// Calls `look` with every line that is an object, in order.
template <class Look>
void each_line(std::string_view bytes, Look look) {
    while (!bytes.empty()) {
        auto const end = std::min(bytes.find('\n'), bytes.size());
        auto const line = json::parse(bytes.substr(0, end), nullptr, false);
        if (line.is_object()) look(line);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
}

std::uint64_t number_in(json const& line, char const* name) {
    auto const found = line.find(name);
    return found != line.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

/// Returns the events of the journal after the copy, in order.
std::vector<json> after_copy(std::string_view journal, std::uint32_t copy, std::uint64_t copy_seq) {
    std::vector<json> events;
    auto after = copy_seq;
    each_line(journal, [&](json const& line) {
        if (line.contains("restored")) {
            // A copy of a later number was made of the restored store, which has all from before.
            bool const is_of_later_store = copy > number_in(line, "newest_copy");
            if (is_of_later_store) events.clear();
            after = is_of_later_store ? copy_seq : 0;
        } else if (line.contains("event") && number_in(line, "seq") > after) {
            events.push_back(line);
        }
    });
    return events;
}

Failure no_journal(std::string const& folder) {
    return {Fault::absent,
            "there is no journal of revocations in " + folder +
                ", and what was revoked after the copy would be valid again.\n"
                "Restore with --without-journal lock, then every password is set anew, or with "
                "--without-journal accept."};
}

} // namespace

RevocationJournal::RevocationJournal(std::string const& folder, storage::Store& store)
    : path_(path_in(folder)), store_(store) {}

Result<void> RevocationJournal::begin() {
    auto const identity = identity_of(path_);
    if (has_begun_ && identity == identity_) return {};
    is_new_ = identity == std::pair<std::uint64_t, std::uint64_t>();
    is_cut_off_ = false;
    seen_ = 0;
    if (!is_new_) {
        auto const bytes = storage::read_whole(path_);
        if (!bytes) return bytes.error();
        each_line(*bytes, [this](json const& line) {
            if (line.contains("restored"))
                seen_ = number_in(line, "restored");
            else
                seen_ = std::max({seen_, number_in(line, "seen"), number_in(line, "seq")});
        });
        is_cut_off_ = !bytes->empty() && bytes->back() != '\n';
    }
    // The journal of a longer store: where this one parted from it is not known.
    if (seen_ > store_.status().last_seq) seen_ = 0;
    noted_ = seen_;
    identity_ = identity;
    has_begun_ = true;
    return {};
}

Result<void> RevocationJournal::append(std::string lines) {
    if (is_new_) lines.insert(0, "{\"journal\":1}\n");
    if (is_cut_off_) lines.insert(0, "\n");
    auto written = storage::append_synced(path_, lines);
    is_cut_off_ = !written;
    if (!written) return written;
    is_new_ = false;
    identity_ = identity_of(path_);
    return {};
}

Result<void> RevocationJournal::look() {
    while (seen_ < store_.status().last_seq) {
        auto const events = store_.events_after(seen_, events_at_once);
        if (!events) return events.error();
        if (events->empty()) break;
        std::string lines;
        for (auto const& event : *events) lines += line_of(event);
        auto const last = events->back().seq;
        if (last >= noted_ + events_between_marks) lines += json{{"seen", last}}.dump() + '\n';
        if (!lines.empty() || is_new_) {
            if (auto written = append(std::move(lines)); !written) return written;
            noted_ = last;
        }
        seen_ = last;
    }
    return {};
}

Result<void> RevocationJournal::catch_up() {
    std::lock_guard const lock(mutex_);
    if (auto begun = begin(); !begun) return begun;
    return look();
}

Result<void> RevocationJournal::finish() {
    std::lock_guard const lock(mutex_);
    if (auto begun = begin(); !begun) return begun;
    if (auto looked = look(); !looked) return looked;
    if (noted_ == seen_ && !is_new_) return {};
    auto written = append(json{{"seen", seen_}}.dump() + '\n');
    if (written) noted_ = seen_;
    return written;
}

Result<Replayed> replay_revocations(storage::Store& store, Replaying const& replaying) {
    auto const path = path_in(replaying.folder);
    std::error_code error;
    bool const is_known = std::filesystem::exists(path, error);
    if (!is_known && replaying.needs_journal && replaying.revoked == Revoked::replayed)
        return no_journal(replaying.folder);
    auto const copy_seq = store.status().last_seq;
    RevokedAgain again(store, replaying.now);
    std::uint64_t last = copy_seq;
    if (is_known) {
        auto const journal = storage::read_whole(path);
        if (!journal) return journal.error();
        for (auto const& event : after_copy(*journal, replaying.copy, copy_seq)) {
            if (auto revoked = again.revoke(event); !revoked) return revoked.error();
            last = std::max(last, number_in(event, "seq"));
        }
    } else {
        if (auto suspended = again.suspend_keys(); !suspended) return suspended.error();
        if (replaying.revoked == Revoked::locks_accounts)
            if (auto locked = again.lock_accounts(); !locked) return locked.error();
    }
    return again.write({{"copy", replaying.copy},
                        {"last_event", copy_seq},
                        {"journal", is_known},
                        {"last_revocation", last}});
}

Result<void> note_restore(Replaying const& replaying, std::uint64_t last_seq) {
    auto const path = path_in(replaying.folder);
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return {};
    json const line = {{"restored", last_seq},
                       {"copy", replaying.copy},
                       {"newest_copy", replaying.newest_copy},
                       {"at", time_text(replaying.now)}};
    return storage::append_synced(path, '\n' + line.dump() + '\n');
}

} // namespace banjie::engine
