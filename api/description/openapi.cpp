#include "api/description/openapi.hpp"

#include "api/description/schemas.hpp"
#include "api/router.hpp"
#include "api/shown/instance_resource.hpp"
#include "api/shown/list_query.hpp"

#include <set>

namespace banjie::api {

using engine::CommandInfo;
using engine::Policy;
using engine::Workflow;
using nlohmann::json;

namespace {

json content(json schema, char const* type = "application/json") {
    return {{type, {{"schema", std::move(schema)}}}};
}

json list_of(json items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}

json schema_of(Form form, Policy const* policy, bool with_ids) {
    json schema = {{"type", "object"}, {"additionalProperties", false}};
    json properties = json::object(), required = json::array();
    if (with_ids) {
        properties["ids"] = list_of({{"type", "string"}});
        required.push_back("ids");
    }
    for (auto const& field : form) {
        properties[std::string(field.name)] = field_schema(field, policy);
        if (field.required) required.push_back(field.name);
    }
    schema["properties"] = std::move(properties);
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    if (auto const at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
    return text;
}

/// Returns the id of an operation: "post /api/v1/problems/{id}" → "post_problems_id".
std::string operation_id(std::string_view method, std::string_view path) {
    std::string id(method);
    for (auto& letter : id) letter = static_cast<char>(letter | 0x20);
    std::string rest = replaced(std::string(path), "/api/v1", "");
    for (char const letter : rest) {
        if (letter == '/' || letter == '-' || letter == '.')
            id += '_';
        else if (letter != '{' && letter != '}')
            id += letter;
    }
    return id;
}

json query_parameter(std::string_view name, std::string_view says) {
    return {
        {"name", name}, {"in", "query"}, {"description", says}, {"schema", {{"type", "string"}}}};
}

json parameters_of(Route const& route, std::string_view path) {
    json parameters = json::array();
    for (std::size_t at = path.find('{'); at != std::string_view::npos;
         at = path.find('{', at + 1)) {
        auto const name = path.substr(at + 1, path.find('}', at) - at - 1);
        parameters.push_back(
            {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    }
    for (auto const& parameter : route.query)
        parameters.push_back(query_parameter(parameter.name, parameter.says));
    if (route.method != Method::get && route.caller != Caller::anyone)
        for (auto const* name : {"IdempotencyKey", "CsrfToken"})
            parameters.push_back(reference_to("parameters", name));
    if (route.body == Body::command || route.method == Method::put)
        parameters.push_back(reference_to("parameters", "IfMatch"));
    return parameters;
}

std::string_view tag_of(std::string_view path) {
    constexpr std::string_view prefix = "/api/v1/";
    if (!path.starts_with(prefix)) return "operations";
    path.remove_prefix(prefix.size());
    return path.substr(0, path.find('/'));
}

class Description {
public:
    explicit Description(engine::Rules const& rules) : rules_(rules) {}

    json take() {
        for (Route const& route : routes()) add(route);
        return {{"openapi", "3.1.0"},
                {"info",
                 {{"title", "Banjie 办结"},
                  {"version", "1"},
                  {"description", "A problem-handling workflow engine: report, screen, assign, "
                                  "resolve, revisit, close. Where a firewall lets only GET and "
                                  "POST pass, every PUT, PATCH and DELETE is also a POST with the "
                                  "query parameter method=PUT (PATCH, DELETE), or with the header "
                                  "field X-HTTP-Method-Override."},
                  {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
                {"servers", {{{"url", "/"}}}},
                {"tags", std::move(tags_)},
                {"paths", std::move(paths_)},
                {"components", components()},
                {"security", {{{"session", json::array()}}, {{"cookie", json::array()}}}}};
    }

private:
    void add(Route const& route) {
        std::string const pattern(route.pattern);
        if (pattern.find("{instances}") == std::string::npos)
            return put(route, pattern, std::string(route.summary),
                       schema_of(route.form, nullptr, false));
        for (auto const& [workflow, declaration] : rules_.workflows) {
            if (route.is_for != nullptr && !route.is_for(*workflow)) continue;
            workflow_ = workflow;
            auto const policy = rules_.policies.find(workflow->name());
            policy_ = policy == rules_.policies.end() ? nullptr : &policy->second;
            InstanceResource const resource(*workflow);
            auto const path = replaced(pattern, "{instances}", resource.collection());
            add_for(route, *workflow, resource, path);
        }
        workflow_ = nullptr;
        policy_ = nullptr;
    }

    void add_for(Route const& route, Workflow const& workflow, InstanceResource const& resource,
                 std::string const& path) {
        auto const says = [&](CommandInfo const& info) {
            std::string text(route.summary);
            if (policy_ == nullptr) return text;
            auto const label = policy_->labels.find("command." + std::string(info.name));
            return label == policy_->labels.end() ? text
                                                  : label->second.zh + " " + label->second.en;
        };
        bool const with_ids = route.body == Body::ids;
        if (path.find("{command}") != std::string::npos) {
            for (auto const& info : workflow.commands())
                if (resource.command(info.name) != nullptr)
                    put(route, replaced(path, "{command}", info.name), says(info),
                        schema_of(info.form, policy_, with_ids));
        } else if (route.body == Body::command) {
            auto const* info = route.success == 201 ? resource.creating() : resource.editing();
            if (info != nullptr)
                put(route, path, says(*info), schema_of(info->form, policy_, false));
        } else {
            put(route, path, std::string(route.summary), schema_of(route.form, nullptr, false));
        }
    }

    void put(Route const& route, std::string const& path, std::string summary, json body) {
        std::string method(name_of(route.method));
        for (auto& letter : method) letter = static_cast<char>(letter | 0x20);
        auto const tag = tag_of(path);
        json operation = {{"operationId", operation_id(method, path)},
                          {"summary", std::move(summary)},
                          {"tags", {tag}},
                          {"parameters", parameters_with_filters(route, path)},
                          {"responses", responses_of(route)}};
        if (route.body == Body::object) body = {{"type", "object"}};
        if (route.body == Body::file)
            operation["requestBody"] = {
                {"required", true},
                {"content", content({{"type", "string"}}, "application/octet-stream")}};
        else if (route.body != Body::none)
            operation["requestBody"] = {{"required", true}, {"content", content(std::move(body))}};
        if (route.method == Method::put || route.method == Method::patch ||
            route.method == Method::delete_)
            operation["description"] =
                "Also: POST with ?method=" + std::string(name_of(route.method)) + ".";
        if (route.caller == Caller::anyone) operation["security"] = json::array();
        paths_[path][method] = std::move(operation);
        for (auto const& known : tags_)
            if (known["name"] == tag) return;
        tags_.push_back({{"name", tag}});
    }

    /// Returns the parameters, with the filters of the path's workflow, or of all workflows if the
    /// path has none.
    json parameters_with_filters(Route const& route, std::string_view path) const {
        auto parameters = parameters_of(route, path);
        if (route.filters == Filters::none) return parameters;
        std::set<std::string_view> names;
        for (auto const& [workflow, declaration] : rules_.workflows) {
            if (workflow_ != nullptr && workflow != workflow_) continue;
            auto const filters =
                route.filters == Filters::tags ? tags_of(*workflow) : filters_of(*workflow);
            names.insert(filters.begin(), filters.end());
        }
        for (auto const name : names)
            parameters.push_back(query_parameter(name, filter_says(name)));
        return parameters;
    }

    std::string filter_says(std::string_view name) const {
        if (policy_ == nullptr) return "Values of this tag, where the workflow has it";
        auto const label = policy_->labels.find("field." + std::string(name));
        std::string const says = "Values, separated by commas";
        return label == policy_->labels.end() ? says : label->second.en + ". " + says;
    }

    json responses_of(Route const& route) const {
        json good = {{"description", "Done"}};
        auto name = std::string(route.answer);
        if (workflow_ != nullptr)
            name = replaced(std::move(name), "{Instance}", schema_name(*workflow_));
        if (name.find('/') != std::string::npos)
            good["content"] = content({{"type", "string"}}, name.c_str());
        else if (!name.empty())
            good["content"] = content(reference_to("schemas", name));
        json responses = {{std::to_string(route.success), std::move(good)},
                          {"default", reference_to("responses", "Refusal")}};
        if (route.sensitivity != nullptr)
            responses["202"] = {{"description", "Waits for a second person"},
                                {"content", content(reference_to("schemas", "PendingAct"))}};
        return responses;
    }

    json components() const {
        auto const header = [](char const* name, char const* says) {
            return json{{"name", name},
                        {"in", "header"},
                        {"description", says},
                        {"schema", {{"type", "string"}}}};
        };
        return {
            {"securitySchemes",
             {{"session", {{"type", "http"}, {"scheme", "bearer"}}},
              {"cookie",
               {{"type", "apiKey"},
                {"in", "cookie"},
                {"name", "banjie_session"},
                {"description", "Over TLS its name is __Host-banjie_session"}}}}},
            {"parameters",
             {{"IdempotencyKey",
               header("Idempotency-Key", "The same key and request get the first reply")},
              {"CsrfToken", header("X-CSRF-Token", "Needed by cookie: csrf_token of the session")},
              {"IfMatch", header("If-Match", "The version that one has seen: \"3\"")}}},
            {"responses",
             {{"Refusal",
               {{"description", "Refused: RFC 9457, with a code and what would help"},
                {"content",
                 content(reference_to("schemas", "Refusal"), "application/problem+json")}}}}},
            {"schemas", answer_schemas(rules_)}};
    }

    engine::Rules const& rules_;
    Workflow const* workflow_ = nullptr; // of the current path
    Policy const* policy_ = nullptr;
    json paths_ = json::object();
    json tags_ = json::array();
};

} // namespace

json openapi_document(engine::Rules const& rules) {
    return Description(rules).take();
}

} // namespace banjie::api
