#include "engine/documents/attachments.hpp"

#include "engine/invariant.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/digest.hpp"
#include "engine/text/json_text.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr std::string_view kind = "attachments";
constexpr std::string_view keeping = "keep the attachment"; // what was wanted when it failed

// A document's history is stored under its id, which must differ from the instance's id.
std::string document_of(std::string_view instance) {
    return std::string(instance) + "/attachments";
}

std::string blob_of(std::string_view instance, std::string_view attachment) {
    return std::string(instance) + '.' + std::string(attachment);
}

AttachmentFile file_of(std::string_view instance, Attachment const& attachment) {
    return {blob_of(instance, attachment.id), attachment.size_bytes, attachment.sha256};
}

Attachment attachment_of(json const& object) {
    Attachment attachment;
    object.at("id").get_to(attachment.id);
    object.at("name").get_to(attachment.name);
    object.at("purpose").get_to(attachment.purpose);
    object.at("content_type").get_to(attachment.content_type);
    object.at("size_bytes").get_to(attachment.size_bytes);
    object.at("sha256").get_to(attachment.sha256);
    attachment.uploaded_at = time_of(object.at("uploaded_at").get<std::string>()).value();
    object.at("uploaded_by").get_to(attachment.uploaded_by);
    object.at("uploaded_by_name").get_to(attachment.uploaded_by_name);
    return attachment;
}

/// Reads the document's body. Its grammar must never change:
/// {"items":[attachment…],"removed":[removed…]}, where `removed` may be absent. Each removed one is
/// an attachment that also has "removed_at", "removed_by" and "removed_by_name".
Attached attached_of(std::string const& body) {
    Attached attached;
    auto const document = json::parse(body);
    for (auto const& item : document.at("items")) attached.present.push_back(attachment_of(item));
    for (auto const& item : document.value("removed", json::array()))
        attached.removed.push_back(
            {.attachment = attachment_of(item),
             .removed_at = time_of(item.at("removed_at").get<std::string>()).value(),
             .removed_by = item.at("removed_by").get<std::string>(),
             .removed_by_name = item.at("removed_by_name").get<std::string>()});
    return attached;
}

bool is_recorded(Attached const& attached, std::string_view id) {
    return std::any_of(attached.present.begin(), attached.present.end(),
                       [id](auto const& one) { return one.id == id; }) ||
           std::any_of(attached.removed.begin(), attached.removed.end(),
                       [id](auto const& one) { return one.attachment.id == id; });
}

std::string body_of(Attached const& attached) {
    json items = json::array(), removed = json::array();
    for (auto const& attachment : attached.present) items.push_back(to_json(attachment));
    for (auto const& one : attached.removed) removed.push_back(to_json(one));
    json document = {{"items", std::move(items)}};
    if (!removed.empty()) document["removed"] = std::move(removed);
    return document.dump();
}

/// Returns whether the actor shares an address with one of the workflow's parties.
bool has_a_part(Workflow const& workflow, Actor const& actor, Instance const& instance) {
    auto const mine = addresses_of(actor);
    auto const is_mine = [&mine](Address const& address) {
        return std::find(mine.begin(), mine.end(), address.text()) != mine.end();
    };
    auto const parties = workflow.parties();
    return std::any_of(parties.begin(), parties.end(), [&](auto const& party) {
        auto const addresses = workflow.addresses_of(party.name, instance);
        return std::any_of(addresses.begin(), addresses.end(), is_mine);
    });
}

/// Returns whether the actor may attach for the purpose, or for any purpose if `purpose` is empty.
bool may_attach(Workflow const& workflow, Actor const& actor, Instance const& instance,
                std::string_view purpose) {
    auto const purposes = workflow.attachments();
    return std::any_of(purposes.begin(), purposes.end(), [&](auto const& one) {
        if (!purpose.empty() && one.name != purpose) return false;
        return one.party.empty() ? has_a_part(workflow, actor, instance)
                                 : workflow.is_one_of(one.party, actor, instance);
    });
}

/// Returns whether the actor coordinates in a region that sees the instance.
bool coordinates(Workflow const& workflow, Actor const& actor, Instance const& instance) {
    if (!actor.has(Role::coordinator)) return false;
    auto const places = workflow.seen_by(instance);
    return std::any_of(places.begin(), places.end(), [&actor](Place const& place) {
        return place.sight == Sight::region && actor.covers(place.code);
    });
}

Refusal not_taking_part() {
    return {"forbidden"_code,
            "Cannot attach a file: you may see the instance, but do not take part in it.",
            "Ask somebody who reports, handles, coordinates or follows it up."};
}

Refusal takes_none() {
    return {"takes_no_attachments"_code, "Instances of this workflow take no attachments.",
            "Write down what matters instead."};
}

std::optional<Refusal> finished(Workflow const& workflow, Instance const& instance) {
    if (!workflow.state(instance.state())->final) return std::nullopt;
    return Refusal{"instance_is_finished"_code,
                   "Cannot change the attachments: the instance is finished.", "Reopen it first."};
}

Refusal not_attached(std::string_view id) {
    return {"attachment_not_found"_code, "There is no attachment '" + std::string(id) + "'.",
            "See the list of its attachments."};
}

Refusal too_many() {
    return {"too_many_attachments"_code,
            "Cannot attach the file: an instance has at most " +
                std::to_string(limits::attachments_per_instance) + " attachments and " +
                std::to_string(limits::attached_bytes_per_instance >> 20U) + " MiB of them.",
            "Put several pages into one PDF, and send smaller photos."};
}

Refusal too_many_today() {
    return {"too_many_attached_today"_code,
            "Cannot attach the file: an account attaches at most " +
                std::to_string(limits::attached_per_day) + " files and " +
                std::to_string(limits::attached_bytes_per_day >> 20U) + " MiB in a day.",
            "Continue tomorrow.",
            {},
            3'600};
}

std::uint64_t total_bytes(Attached const& attached) {
    std::uint64_t bytes = 0;
    for (auto const& one : attached.present) bytes += one.size_bytes;
    for (auto const& one : attached.removed) bytes += one.attachment.size_bytes;
    return bytes;
}

/// Splits "<instance>.<attachment>".
std::pair<std::string, std::string> parts_of(std::string const& blob) {
    auto const dot = std::min(blob.rfind('.'), blob.size());
    return {blob.substr(0, dot), blob.substr(std::min(dot + 1, blob.size()))};
}

} // namespace

json to_json(Attachment const& attachment) {
    return {{"id", attachment.id},
            {"name", attachment.name},
            {"purpose", attachment.purpose},
            {"content_type", attachment.content_type},
            {"size_bytes", attachment.size_bytes},
            {"sha256", attachment.sha256},
            {"uploaded_at", time_text(attachment.uploaded_at)},
            {"uploaded_by", attachment.uploaded_by},
            {"uploaded_by_name", attachment.uploaded_by_name}};
}

json to_json(RemovedAttachment const& removed) {
    auto object = to_json(removed.attachment);
    object["removed_at"] = time_text(removed.removed_at);
    object["removed_by"] = removed.removed_by;
    object["removed_by_name"] = removed.removed_by_name;
    return object;
}

Attachments::Attachments(Documents& documents, Rulebook const& rulebook,
                         std::unique_ptr<storage::Blobs> blobs, Clock& clock, Random& random)
    : documents_(documents), rulebook_(rulebook), blobs_(std::move(blobs)), clock_(clock),
      random_(random) {}

Outcome<void> Attachments::load() {
    auto const left = blobs_->on_probation();
    if (!left) return refusal_of(left.error(), "look for attachments left over");
    for (auto const& blob : *left) {
        auto const [instance, id] = parts_of(blob);
        auto const attached = of(instance);
        if (!attached) return attached.error();
        if (is_recorded(*attached, id))
            blobs_->keep(blob);
        else if (auto removed = blobs_->remove(blob); !removed)
            return refusal_of(removed.error(), "remove what was never recorded");
    }
    return {};
}

Workflow const& Attachments::workflow_of(Instance const& instance) const {
    auto const* const workflow = rulebook_.rules()->workflows.find(instance.workflow);
    if (workflow == nullptr) broken("an instance of an unknown workflow: " + instance.workflow);
    return *workflow;
}

Outcome<void> Attachments::may_add(Actor const& actor, Instance const& instance,
                                   std::string_view purpose, std::uint64_t bytes) {
    auto const& workflow = workflow_of(instance);
    if (workflow.attachments().empty()) return takes_none();
    if (!may_attach(workflow, actor, instance, purpose)) return not_taking_part();
    if (auto refusal = finished(workflow, instance)) return std::move(*refusal);
    auto const attached = of(instance.id);
    if (!attached) return attached.error();
    return check_quotas(actor, *attached, bytes);
}

Outcome<void> Attachments::check_quotas(Actor const& actor, Attached const& attached,
                                        std::uint64_t bytes) {
    if (attached.present.size() >= limits::attachments_per_instance ||
        total_bytes(attached) + bytes > limits::attached_bytes_per_instance)
        return too_many();
    std::lock_guard const lock(counting_);
    auto const today = workflows::local_date(clock_.now());
    if (today != today_) attached_today_.clear();
    today_ = today;
    auto const found = attached_today_.find(actor.user);
    if (found == attached_today_.end()) return {};
    auto const& used = found->second;
    bool const has_room = used.files < limits::attached_per_day &&
                          used.bytes + bytes <= limits::attached_bytes_per_day;
    return has_room ? Outcome<void>() : too_many_today();
}

Outcome<std::unique_ptr<storage::NewBlob>> Attachments::begin(Instance const& instance,
                                                              std::uint64_t bytes) {
    auto begun = blobs_->begin(blob_of(instance.id, make_id(clock_.now(), random_)), bytes);
    if (!begun) return refusal_of(begun.error(), keeping);
    return std::move(*begun);
}

Outcome<Attachment> Attachments::add(Caller const& actor, Instance const& instance,
                                     Attachment described, storage::NewBlob& file) {
    auto const bytes = file.bytes();
    if (!bytes) return refusal_of(bytes.error(), keeping);
    if (auto allowed = may_add(actor, instance, described.purpose, bytes->size()); !allowed)
        return allowed.error();
    auto const& blob = file.id();
    described.uploaded_at = clock_.now();
    described.id = parts_of(blob).second;
    described.size_bytes = bytes->size();
    described.sha256 = sha256_text(*bytes);
    described.uploaded_by = actor.user;
    described.uploaded_by_name = actor.display_name;
    if (auto finished = file.finish(); !finished) return refusal_of(finished.error(), keeping);
    auto recorded = record(actor, instance, described);
    if (recorded) {
        blobs_->keep(blob);
        std::lock_guard const lock(counting_);
        auto& used = attached_today_[actor.user];
        ++used.files;
        used.bytes += described.size_bytes;
        return described;
    }
    // If the outcome is unknown, the next start finds out whether the blob has a record.
    if (recorded.error().kind != RefusalKind::unavailable)
        if (auto removed = blobs_->remove(blob); !removed)
            return refusal_of(removed.error(), "remove what was not recorded");
    return recorded.error();
}

Outcome<void> Attachments::record(Caller const& actor, Instance const& instance,
                                  Attachment const& added) {
    std::lock_guard const lock(writing_);
    auto attached = of(instance.id);
    if (!attached) return attached.error();
    if (auto has_room = check_quotas(actor, *attached, added.size_bytes); !has_room)
        return has_room;
    attached->present.push_back(added);
    return write(actor, instance, *attached, "attached", added);
}

Outcome<void> Attachments::write(Caller const& actor, Instance const& instance,
                                 Attached const& attached, std::string event,
                                 Attachment const& which) {
    auto said = to_json(which);
    said["instance"] = instance.id;
    said["attachment"] = std::move(said["id"]);
    said.erase("id");
    return documents_.write(actor,
                            {{.kind = std::string(kind),
                              .id = document_of(instance.id),
                              .expected_version = std::nullopt,
                              .body = body_of(attached),
                              .event = std::move(event),
                              .said = said.dump(),
                              .seen_by = codes_of(workflow_of(instance).seen_by(instance))}});
}

Outcome<void> Attachments::may_remove(Actor const& actor, Instance const& instance,
                                      Attachment const& attachment) const {
    auto const& workflow = workflow_of(instance);
    if (!may_attach(workflow, actor, instance, {})) return not_taking_part();
    if (attachment.uploaded_by != actor.user && !coordinates(workflow, actor, instance))
        return Refusal{"attachment_of_another"_code,
                       "Only the person who attached the file, or a coordinator, may remove it.",
                       "Ask " + attachment.uploaded_by_name + " or a coordinator."};
    if (auto refusal = finished(workflow, instance)) return std::move(*refusal);
    return {};
}

Outcome<void> Attachments::remove(Caller const& actor, Instance const& instance,
                                  std::string_view id) {
    std::lock_guard const lock(writing_);
    auto attached = of(instance.id);
    if (!attached) return attached.error();
    auto const found = std::find_if(attached->present.begin(), attached->present.end(),
                                    [id](auto const& one) { return one.id == id; });
    if (found == attached->present.end()) return not_attached(id);
    if (auto allowed = may_remove(actor, instance, *found); !allowed) return allowed;
    if (attached->removed.size() >= limits::attachments_per_instance)
        return Refusal{
            "too_many_removed"_code,
            "Cannot remove the attachment: too many have been removed already, and all are kept.",
            "Say in a note what is wrong with the file."};
    auto const which = *found;
    attached->present.erase(found);
    attached->removed.push_back({which, clock_.now(), actor.user, actor.display_name});
    return write(actor, instance, *attached, "attachment_removed", which);
}

Outcome<Attached> Attachments::of(std::string_view instance) {
    auto const found = documents_.find(kind, document_of(instance));
    if (!found) return found.error();
    return *found ? attached_of((*found)->body) : Attached();
}

Outcome<Attachment> Attachments::find(std::string_view instance, std::string_view id) {
    auto const attached = of(instance);
    if (!attached) return attached.error();
    for (auto const& attachment : attached->present)
        if (attachment.id == id) return attachment;
    return not_attached(id);
}

Outcome<std::shared_ptr<storage::Blob const>> Attachments::open(std::string_view instance,
                                                                Attachment const& attachment) {
    auto const file = file_of(instance, attachment);
    auto blob = blobs_->open(file.blob);
    auto const trouble = trouble_with(file, blob);
    if (trouble.empty()) return std::move(*blob);
    bool const is_read = trouble == altered_file;
    return Refusal{
        is_read ? "attachment_damaged"_code : "attachment_unreadable"_code,
        std::string(is_read ? "The file is not as it was attached." : "The file cannot be read."),
        "Tell the operator: a backup may have it.",
        {},
        60};
}

storage::Result<std::vector<AttachmentFile>> attachment_files(storage::Store& store) {
    auto const documents = store.documents(kind);
    if (!documents) return documents.error();
    std::vector<AttachmentFile> files;
    for (auto const& document : *documents) {
        auto const instance = document.id.substr(0, document.id.find('/'));
        auto attached = attached_of(document.body);
        for (auto& one : attached.removed) attached.present.push_back(std::move(one.attachment));
        for (auto const& attachment : attached.present)
            files.push_back(file_of(instance, attachment));
    }
    return files;
}

} // namespace banjie::engine
