#pragma once
// Type of a result: either a value or a refusal.

#include "workflows/contract/refusal.hpp"
#include "workflows/contract/value.hpp"

#include <boost/system/result.hpp>

namespace banjie::workflows {
/// Throws std::runtime_error when `value()` is called on a refused outcome. Boost.System finds it
/// by argument-dependent lookup.
[[noreturn]] void throw_exception_from_error(Refusal const& refusal,
                                             boost::source_location const& where);
} // namespace banjie::workflows

namespace banjie::engine {

using workflows::FieldError;
using workflows::Refusal;
using workflows::RefusalCode;
using workflows::RefusalKind;
using workflows::Time;

template <class T>
using Outcome = boost::system::result<T, Refusal>;

} // namespace banjie::engine
