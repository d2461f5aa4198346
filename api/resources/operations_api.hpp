#pragma once
// What operators and programs ask of the process itself, and the pages that it shows by itself.

#include "api/request/exchange.hpp"

namespace banjie::api::operations {

[[nodiscard]] engine::Outcome<Response> health(Exchange& exchange);
/// 200 while the store takes writes, else 503.
[[nodiscard]] engine::Outcome<Response> readiness(Exchange& exchange);
/// For programs of this machine, and administrators of the province.
[[nodiscard]] engine::Outcome<Response> metrics(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> openapi(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> docs(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> docs_script(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> style(Exchange& exchange);
/// Into `Services::backup_directory`; refused with `backup_in_progress` while another is written.
/// For administrators of the province.
[[nodiscard]] engine::Outcome<Response> back_up(Exchange& exchange);
/// Those in it, newest first: {"items":[{"number","written_at","size_bytes","state","findings"}],
/// "enabled"}; whether there is such a directory. The states are those of
/// engine/documents/backups.hpp.
[[nodiscard]] engine::Outcome<Response> backups(Exchange& exchange);

} // namespace banjie::api::operations
