#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

void add_operations(json& schemas) {
    schemas["BackupWritten"] = object({{"number", integer},
                                       {"last_seq", integer},
                                       {"attachments", integer},
                                       {"mended", integer},
                                       {"damaged", list_of(text)}});
    schemas["BackupPage"] = object({{"items", list_of(object({{"number", integer},
                                                              {"written_at", moment},
                                                              {"size_bytes", integer},
                                                              {"state", text},
                                                              {"findings", list_of(text)}}))},
                                    {"enabled", boolean}});
    schemas["Health"] = object({{"status", always("alive")}});
    schemas["Readiness"] =
        object({{"status", text}, {"accepts_writes", boolean}}, {{"warnings", list_of(text)}});
    schemas["Description"] = typed("object");
    json const error = object({{"field", text}, {"code", text}, {"detail", text}});
    schemas["Refusal"] = object(
        {{"type", text}, {"title", text}, {"status", integer}, {"detail", text}, {"code", text}},
        {{"help", text}, {"errors", list_of(error)}});
}

} // namespace banjie::api::schemas
