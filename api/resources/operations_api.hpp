#pragma once
// State of the process for operators and programs, and the pages of documentation.

#include "api/request/exchange.hpp"

namespace banjie::api::operations {

[[nodiscard]] engine::Outcome<Response> health(Exchange& exchange);
/// Returns 200 while the store accepts writes, else 503.
[[nodiscard]] engine::Outcome<Response> readiness(Exchange& exchange);
/// Returns the metrics. Allowed to programs on this machine and to administrators of the province.
[[nodiscard]] engine::Outcome<Response> metrics(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> openapi(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> docs(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> docs_script(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> style(Exchange& exchange);
/// Writes a backup into `Services::backup_directory`. Refuses with `backup_in_progress` while
/// another one is being written. Allowed to administrators of the province.
[[nodiscard]] engine::Outcome<Response> back_up(Exchange& exchange);
/// Returns the backups, newest first, and whether there is a backup directory:
/// {"items":[{"number","written_at","size_bytes","state","findings"}],"enabled"}. The states are
/// those of engine/backups/backups.hpp.
[[nodiscard]] engine::Outcome<Response> backups(Exchange& exchange);

} // namespace banjie::api::operations
