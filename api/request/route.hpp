#pragma once
// One row of the route table: all properties of one kind of request, for the router that runs it
// and for /openapi.json and /docs that describe it.

#include "api/limits.hpp"
#include "api/request/http.hpp"
#include "engine/command.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace banjie::api {

struct Exchange;

/// Function that answers by calling `respond` of the exchange exactly once, now or later.
using Handler = void (*)(std::shared_ptr<Exchange>);

/// Function that refuses a request by its head alone. Called on a network thread.
using Admit = engine::Outcome<void> (*)(Exchange&, std::uint64_t bytes);

/// A request that may have to wait for a second person: one of engine::acts_for_two, and the place
/// whose administrators may confirm it.
struct Sensitive {
    std::string_view kind;
    std::string place;
};
/// Function that returns whether the request is sensitive. Refuses one that must not wait.
using Sensitivity = engine::Outcome<std::optional<Sensitive>> (*)(Exchange&);

enum class Caller : std::uint8_t {
    anyone,
    newcomer, // signed in, even if the account has an open duty
    signed_in,
};

enum class Body : std::uint8_t {
    none,
    form,    // an object with the fields of `form`; read and checked before the handler runs
    command, // an object with the fields of a workflow's command; the handler knows which
    ids,     // likewise, with `ids` of the instances
    object,  // any object; the handler checks it
    file,    // bytes as they are, of any type
};

struct QueryParameter {
    std::string_view name;
    std::string_view says;
};

/// Query parameters that a workflow declares: the path's workflow, or else the one that the
/// parameter `workflow` names.
enum class Filters : std::uint8_t {
    none,
    tags,             // for figures
    tags_and_regions, // for lists: also the regions of the machine beside the main one
};

using Form = std::span<engine::FieldSpec const>;
using Parameters = std::span<QueryParameter const>;

struct Route {
    Method method = Method::get;
    /// Path; "{name}" matches one segment, "{instances}" only the collection of a workflow
    /// ("problems").
    std::string_view pattern;
    Handler handler = nullptr;
    Caller caller = Caller::signed_in;
    Body body = Body::none;
    int success = 200;
    /// The schema of the successful response (schemas.hpp), where "{Instance}" stands for the
    /// workflow's. A media type if the response is not JSON; empty for 204.
    std::string_view answer;
    std::string_view summary;
    Form form{};
    Parameters query{}; // any other query parameter is refused
    /// Parameters that the workflow adds to these.
    Filters filters = Filters::none;
    /// For a path with "{instances}": whether the route exists for a workflow. If nullptr, it
    /// exists for all.
    bool (*is_for)(engine::Workflow const&) = nullptr;
    std::size_t body_bytes = limits::body_bytes;
    Admit admits = nullptr;            // of a file, of more than limits::anonymous_body_bytes
    Sensitivity sensitivity = nullptr; // called if the security policy requires a second person
};

[[nodiscard]] constexpr std::string_view name_of(Method method) {
    switch (method) {
    case Method::get:
        return "GET";
    case Method::post:
        return "POST";
    case Method::put:
        return "PUT";
    case Method::patch:
        return "PATCH";
    case Method::delete_:
        return "DELETE";
    case Method::other:
        break;
    }
    return "OTHER";
}

} // namespace banjie::api
