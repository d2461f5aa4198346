#pragma once
// Files attached to instances: photos, PDF and office files, as blobs beside the store. All
// attachments of one instance are one document ("attachments", "<instance>/attachments"). A blob is
// durable before that document names it, so the document never names an absent blob.

#include "engine/documents/attachment_files.hpp"
#include "engine/documents/documents.hpp"
#include "engine/ports.hpp"
#include "engine/rules/rulebook.hpp"
#include "storage/blobs.hpp"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct Attachment {
    std::string id;
    std::string name;    // of the uploader's file; for display, never a path
    std::string purpose; // declared by the workflow
    std::string content_type;
    std::uint64_t size_bytes = 0;
    std::string sha256; // 64 hexadecimal digits
    Time uploaded_at{};
    std::string uploaded_by;
    std::string uploaded_by_name;
};

/// An attachment that was removed, having been attached by mistake. Its bytes stay beside the
/// store, but are never served.
struct RemovedAttachment {
    Attachment attachment;
    Time removed_at{};
    std::string removed_by;
    std::string removed_by_name;
};

/// The attachments of one instance; each list is sorted oldest first.
struct Attached {
    std::vector<Attachment> present;
    std::vector<RemovedAttachment> removed;
};

/// Returns a flat object with the names of the members, which is both stored and shown.
[[nodiscard]] nlohmann::json to_json(Attachment const& attachment);
[[nodiscard]] nlohmann::json to_json(RemovedAttachment const& removed);

class Attachments {
public:
    Attachments(Documents& documents, Rulebook const& rulebook,
                std::unique_ptr<storage::Blobs> blobs, Clock& clock, Random& random);

    /// Removes blobs that a crash left without a record.
    [[nodiscard]] Outcome<void> load();

    /// Checks whether the actor may attach a file. The party that the workflow names for the
    /// purpose may, while the instance is unfinished. An empty purpose stands for any purpose;
    /// `bytes` of 0 for any size. Refuses others with `forbidden`. Refuses with `not_permitted` if
    /// the instance is finished, takes no attachments, or has limits::attachments_per_instance or
    /// limits::attached_bytes_per_instance of them. Refuses with `too_many` if the account has
    /// reached its limits of a day, counted since the start of the program. Does not check whether
    /// the actor may see the instance; the caller does.
    [[nodiscard]] Outcome<void> may_add(Actor const& actor, Instance const& instance,
                                        std::string_view purpose = {}, std::uint64_t bytes = 0);

    /// Creates a file of about that size, to be added to the instance. Refuses with `no_space` if
    /// the disk has no room for it.
    [[nodiscard]] Outcome<std::unique_ptr<storage::NewBlob>> begin(Instance const& instance,
                                                                   std::uint64_t bytes);
    /// Attaches a file that was begun for the instance. `described` holds name, purpose and content
    /// type; the other members are filled in. Durable when this returns. At most
    /// limits::attachment_bytes. Blocks on the disk.
    [[nodiscard]] Outcome<Attachment> add(Caller const& actor, Instance const& instance,
                                          Attachment described, storage::NewBlob& file);

    /// Checks whether the actor may remove the attachment. Its uploader may while the instance is
    /// unfinished and the uploader takes part in it; so may the coordinators whose region covers
    /// the instance. Refuses others with `forbidden` (`attachment_of_another` if they take part).
    /// Refuses with `not_permitted` if the instance is finished.
    [[nodiscard]] Outcome<void> may_remove(Actor const& actor, Instance const& instance,
                                           Attachment const& attachment) const;
    /// Removes the attachment. The event holds the remover and the attachment with its hash.
    /// Durable when this returns. Refuses like `may_remove`, with `not_found`, and with
    /// `not_permitted` after limits::attachments_per_instance removals.
    [[nodiscard]] Outcome<void> remove(Caller const& actor, Instance const& instance,
                                       std::string_view id);

    [[nodiscard]] Outcome<Attached> of(std::string_view instance);
    /// Refuses with `not_found` if the instance has no such attachment, or no longer.
    [[nodiscard]] Outcome<Attachment> find(std::string_view instance, std::string_view id);
    /// Returns the attachment's bytes, checked against its record. Refuses with
    /// `attachment_damaged` if they differ, and with `attachment_unreadable` if they cannot be
    /// read.
    [[nodiscard]] Outcome<std::shared_ptr<storage::Blob const>> open(std::string_view instance,
                                                                     Attachment const& attachment);

    [[nodiscard]] storage::Blobs& blobs() { return *blobs_; }

private:
    /// Use of one account since midnight.
    struct Today {
        std::size_t files = 0;
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] Outcome<void> check_quotas(Actor const& actor, Attached const& attached,
                                             std::uint64_t bytes);
    [[nodiscard]] Outcome<void> record(Caller const& actor, Instance const& instance,
                                       Attachment const& added);
    [[nodiscard]] Outcome<void> write(Caller const& actor, Instance const& instance,
                                      Attached const& attached, std::string event,
                                      Attachment const& which);

    [[nodiscard]] Workflow const& workflow_of(Instance const& instance) const;

    Documents& documents_;
    Rulebook const& rulebook_;
    std::unique_ptr<storage::Blobs> blobs_;
    Clock& clock_;
    Random& random_;
    std::mutex writing_; // guards the change of such a document
    std::mutex counting_;
    workflows::Date today_{};
    std::map<std::string, Today, std::less<>> attached_today_; // by account
};

} // namespace banjie::engine
