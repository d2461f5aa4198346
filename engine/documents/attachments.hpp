#pragma once
// What people attach to problems: photos, PDF and office files, as blobs beside the store. What is
// attached to one problem is one document ("attachments", "<problem>/attachments"); a blob is
// durable before that document names it, so nothing is ever named that is not there.

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
    std::string name;    // as the uploader's file was called; shown, never a path
    std::string purpose; // a name that the workflow declares
    std::string content_type;
    std::uint64_t size_bytes = 0;
    std::string sha256; // 64 hexadecimal digits
    Time uploaded_at{};
    std::string uploaded_by;
    std::string uploaded_by_name;
};

/// One that was attached by mistake. Its bytes stay beside the store, and are given to nobody.
struct RemovedAttachment {
    Attachment attachment;
    Time removed_at{};
    std::string removed_by;
    std::string removed_by_name;
};

/// Of one problem; each list oldest first.
struct Attached {
    std::vector<Attachment> present;
    std::vector<RemovedAttachment> removed;
};

/// A flat object with these names; kept in the document, and shown.
[[nodiscard]] nlohmann::json to_json(Attachment const& attachment);
[[nodiscard]] nlohmann::json to_json(RemovedAttachment const& removed);

class Attachments {
public:
    Attachments(Documents& documents, Rulebook const& rulebook,
                std::unique_ptr<storage::Blobs> blobs, Clock& clock, Random& random);

    /// Removes blobs that a crash left without their record.
    [[nodiscard]] Outcome<void> load();

    /// The party that the workflow names for the purpose may attach to an instance while it is
    /// unfinished; an empty purpose asks for any, `bytes` of 0 for a file of any size. Refused
    /// `forbidden` for others, `not_permitted` when it is finished, takes no attachments or has
    /// limits::attachments_per_problem or limits::attached_bytes_per_instance of them, and
    /// `too_many` when the account has attached as much as limits:: allow in a day (since the
    /// start). Whether the actor sees it at all is for the caller to know.
    [[nodiscard]] Outcome<void> may_add(Actor const& actor, Instance const& problem,
                                        std::string_view purpose = {}, std::uint64_t bytes = 0);

    /// `described` says name, purpose and content type; the rest is filled in. Durable when it
    /// returns. At most limits::attachment_bytes. Waits for the disk.
    [[nodiscard]] Outcome<Attachment> add(Actor const& actor, Instance const& problem,
                                          Attachment described, std::string_view bytes);

    /// Who has attached it may remove it while the problem is unfinished and they take part in it,
    /// and so may the coordinators whose region covers it. Refused `forbidden` for others
    /// (`attachment_of_another` for who takes part), `not_permitted` when the problem is finished.
    [[nodiscard]] Outcome<void> may_remove(Actor const& actor, Instance const& problem,
                                           Attachment const& attachment) const;
    /// The event says who removed what, with its hash. Durable when it returns. Besides refused
    /// `not_found`, and `not_permitted` after limits::attachments_per_problem removals.
    [[nodiscard]] Outcome<void> remove(Actor const& actor, Instance const& problem,
                                       std::string_view id);

    [[nodiscard]] Outcome<Attached> of(std::string_view problem);
    /// `not_found` when the problem has none with that id, or no longer.
    [[nodiscard]] Outcome<Attachment> find(std::string_view problem, std::string_view id);
    /// Its bytes, checked against what its record says. Refused with `attachment_damaged` when they
    /// are others, and `attachment_unreadable` when they cannot be read.
    [[nodiscard]] Outcome<std::string> bytes_of(std::string_view problem,
                                                Attachment const& attachment);

    [[nodiscard]] storage::Blobs& blobs() { return *blobs_; }

private:
    /// What one account has attached since midnight.
    struct Today {
        std::size_t files = 0;
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] Outcome<void> check_quotas(Actor const& actor, Attached const& attached,
                                             std::uint64_t bytes);
    [[nodiscard]] Outcome<void> record(Actor const& actor, Instance const& problem,
                                       Attachment const& added);
    [[nodiscard]] Outcome<void> write(Actor const& actor, Instance const& problem,
                                      Attached const& attached, std::string event,
                                      Attachment const& which);

    [[nodiscard]] Workflow const& workflow_of(Instance const& instance) const;

    Documents& documents_;
    Rulebook const& rulebook_;
    std::unique_ptr<storage::Blobs> blobs_;
    Clock& clock_;
    Random& random_;
    std::mutex writing_; // one change of such a document at a time
    std::mutex counting_;
    workflows::Date today_{};
    std::map<std::string, Today, std::less<>> attached_today_; // by account
};

} // namespace banjie::engine
