#pragma once
// What the program keeps of the caller, as one file.

#include "api/request/exchange.hpp"

namespace banjie::api::own_data {

/// {"made_at","account","second_factor","sessions","settings","acts","acts_complete"}: as
/// attachment. The acts are the newest limits::own_acts of the newest limits::own_events of the
/// stream, newest first, with what the caller said in them; personal values are masked.
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);

} // namespace banjie::api::own_data
