#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

void add_operations(json& schemas) {
    schemas["BackupWritten"] = object({{"last_seq", integer}});
    schemas["BackupPage"] = object(
        {{"items",
          list_of(object({{"number", integer}, {"written_at", moment}, {"size_bytes", integer}}))},
         {"enabled", boolean}});
    schemas["Health"] = object({{"status", always("alive")}});
    schemas["Readiness"] = object({{"status", text}, {"accepts_writes", boolean}},
                                  {{"last_seq", integer}, {"queued", integer}});
    schemas["Description"] = typed("object");
    json const error = object({{"field", text}, {"code", text}, {"detail", text}});
    schemas["Refusal"] = object(
        {{"type", text}, {"title", text}, {"status", integer}, {"detail", text}, {"code", text}},
        {{"help", text}, {"errors", list_of(error)}});
}

} // namespace banjie::api::schemas
