#include "engine/outcome.hpp"

#include <boost/throw_exception.hpp>

#include <stdexcept>

namespace banjie::workflows {

void throw_exception_from_error(Refusal const& refusal, boost::source_location const& where) {
    boost::throw_exception(
        std::runtime_error(std::string(refusal.code.name()) + ": " + refusal.detail), where);
}

} // namespace banjie::workflows
