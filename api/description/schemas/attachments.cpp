#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

void add_attachments(json& schemas) {
    json const attachment = {{"id", text},
                             {"name", text},
                             {"purpose", text},
                             {"content_type", text},
                             {"size_bytes", integer},
                             {"sha256", text},
                             {"uploaded_at", moment},
                             {"uploaded_by", text},
                             {"uploaded_by_name", text}};
    auto present = attachment;
    present["removable"] = boolean;
    schemas["Attachment"] = object(std::move(present));
    auto removed = attachment;
    removed["removed_at"] = moment;
    removed["removed_by"] = removed["removed_by_name"] = text;
    schemas["RemovedAttachment"] = object(std::move(removed));
    schemas["AttachmentPage"] = object({{"items", list_of(schema("Attachment"))},
                                        {"removed", list_of(schema("RemovedAttachment"))}});
}

} // namespace banjie::api::schemas
