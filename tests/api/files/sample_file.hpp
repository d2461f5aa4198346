#pragma once
// The files of tests/api/files/samples.

#include "storage/durable_files.hpp"

#include <string>

namespace banjie::api::testing {

[[nodiscard]] inline std::string sample_file(std::string const& name) {
    return storage::read_whole(std::string(BANJIE_SOURCE_DIRECTORY) + "/tests/api/files/samples/" +
                               name)
        .value();
}

} // namespace banjie::api::testing
