#include "tests/api/description.hpp"

#include "api/description/openapi.hpp"
#include "api/request/route.hpp"
#include "tests/api/door.hpp"

#include <map>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace banjie::api {

using nlohmann::json;
using valijson::adapters::NlohmannJsonAdapter;

namespace {

json const& document() {
    static json const description = openapi_document(*tested_rules());
    return description;
}

bool fits(std::string_view pattern, std::string_view path) {
    while (!pattern.empty() && !path.empty()) {
        if (pattern.front() == '{') {
            pattern.remove_prefix(pattern.find('}') + 1);
            path.remove_prefix(std::min(path.find('/'), path.size()));
        } else if (pattern.front() == path.front()) {
            pattern.remove_prefix(1);
            path.remove_prefix(1);
        } else {
            return false;
        }
    }
    return pattern.empty() && path.empty();
}

/// The name of the schema of that answer; empty when there is none. A path without parameters goes
/// before one with.
std::string schema_of(Request const& request, int status) {
    if (status >= 300) return "Refusal";
    if (status == 202) return "PendingAct";
    std::string method(name_of(request.method));
    for (auto& letter : method) letter = static_cast<char>(letter | 0x20);
    json const* described = nullptr;
    for (auto const& [pattern, methods] : document()["paths"].items())
        if (methods.contains(method) && fits(pattern, request.path))
            if (described == nullptr || pattern.find('{') == std::string::npos)
                described = &methods[method];
    if (described == nullptr) return {};
    // A PUT says by its status whether it created.
    for (auto const& [code, answer] : (*described)["responses"].items())
        if (code != "default")
            if (auto const content = answer.find("content"); content != answer.end())
                if (content->contains("application/json")) {
                    std::string const name = (*content)["application/json"]["schema"]["$ref"];
                    return name.substr(name.rfind('/') + 1);
                }
    return {};
}

valijson::Schema const& schema_named(std::string const& name) {
    static std::map<std::string, valijson::Schema> schemas;
    auto const [place, is_new] = schemas.try_emplace(name);
    if (is_new) {
        json root = {{"components", document()["components"]}};
        root["allOf"] = json::array({{{"$ref", "#/components/schemas/" + name}}});
        valijson::SchemaParser(valijson::SchemaParser::kDraft7)
            .populateSchema(NlohmannJsonAdapter(root), place->second);
    }
    return place->second;
}

} // namespace

std::string misfit_of(Request const& request, int status, json const& body) {
    auto const name = schema_of(request, status);
    if (name.empty()) return "the description knows no JSON of this path\n";
    valijson::ValidationResults results;
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    if (validator.validate(schema_named(name), NlohmannJsonAdapter(body), &results)) return {};
    std::string findings = name + ":\n";
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        for (auto const& step : error.context) findings += step;
        findings += ' ' + error.description + '\n';
    }
    return findings;
}

} // namespace banjie::api
