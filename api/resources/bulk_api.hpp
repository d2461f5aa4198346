#pragma once
// One command on many instances: each is decided, committed and answered separately.

#include "api/request/exchange.hpp"

namespace banjie::api::instances {

/// Answers {"ids":[…], …fields} with 200
/// {"items":[{"id","status","version"|"problem"}…],"done","refused"}.
void bulk_command(std::shared_ptr<Exchange> exchange);

} // namespace banjie::api::instances
