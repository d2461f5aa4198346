#include "engine/refusal_of.hpp"

#include "engine/refusal_codes.hpp"

namespace banjie::engine {

using storage::Fault;

Refusal refusal_of(storage::Failure const& failure, std::string_view wanted) {
    std::string const detail = "Cannot " + std::string(wanted) + ": ";
    switch (failure.fault) {
    case Fault::conflict:
        return {"version_mismatch"_code, detail + "somebody else has changed it since.",
                "Read it again, then repeat."};
    case Fault::no_space:
        return {"no_space"_code, detail + "the disk is nearly full.",
                "Ask the operator to free space. Reading still works."};
    case Fault::too_many:
        return {
            "busy"_code, detail + "too much is being written.", "Repeat it in a moment.", {}, 1};
    case Fault::closed:
        return {
            "stopping"_code, detail + "the server is stopping.", "Repeat it in a moment.", {}, 5};
    case Fault::unknown:
        return {"outcome_unknown"_code,
                detail + "the write failed, and it may or may not have taken effect.",
                "Read it again before repeating.",
                {},
                5};
    case Fault::absent:
        return {"store_absent"_code,
                detail +
                    "the store's files are no longer in their folder, and nothing was written.",
                "Ask the operator to bring the folder back or to restore a backup.",
                {},
                5};
    case Fault::corrupt:
    case Fault::newer_format:
    case Fault::locked:
    case Fault::unreadable:
        break;
    }
    return {"store_unreadable"_code, detail + failure.detail + ".", "Tell the operator.", {}, 5};
}

} // namespace banjie::engine
