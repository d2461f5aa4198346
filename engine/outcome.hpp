#pragma once
// Either a value or a refusal.

#include "workflows/contract/refusal.hpp"
#include "workflows/contract/value.hpp"

#include <boost/system/result.hpp>

namespace banjie::workflows {
/// Found by argument-dependent look-up: `value()` of a refused outcome throws std::runtime_error.
[[noreturn]] void throw_exception_from_error(Refusal const& refusal,
                                             boost::source_location const& where);
} // namespace banjie::workflows

namespace banjie::engine {

using workflows::FieldError;
using workflows::Refusal;
using workflows::RefusalKind;
using workflows::Time;

template <class T>
using Outcome = boost::system::result<T, Refusal>;

} // namespace banjie::engine
