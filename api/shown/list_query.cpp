#include "api/shown/list_query.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "engine/limits.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace banjie::api {

using engine::ListQuery;
using engine::Outcome;
using engine::Texts;

namespace {

// "a,b" and "a&…=b" are equivalent.
Texts alternatives(Request const& request, std::string_view name) {
    Texts found;
    for (auto const& [key, value] : request.query) {
        if (key != name) continue;
        for (std::size_t from = 0; from <= value.size();) {
            auto const to = std::min(value.find(',', from), value.size());
            if (to > from) found.push_back(value.substr(from, to - from));
            from = to + 1;
        }
    }
    return found;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const [read_to, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && read_to == end ? std::optional(number) : std::nullopt;
}

std::optional<engine::Sort> sort_named(std::string_view name) {
    if (name == "created") return engine::Sort::created;
    if (name == "updated") return engine::Sort::updated;
    if (name == "due") return engine::Sort::due;
    return std::nullopt;
}

Outcome<void> read_order(Request const& request, ListQuery& query) {
    auto text = request.query_value("sort").value_or("-created");
    query.descending = text.starts_with('-');
    if (query.descending) text.remove_prefix(1);
    auto const sort = sort_named(text);
    if (!sort) {
        return invalid_field(
            "sort", "unknown_value"_code,
            "The value is not created, updated or due, with or without a minus before it.");
    }
    query.sort = *sort;
    return boost::system::in_place_value;
}

Outcome<void> read_happened(Request const& request, ListQuery& query) {
    auto const name = request.query_value("moment");
    engine::DaySpan days;
    auto const from = query_day(request, "from", days.first);
    if (!from) return from.error();
    auto const until = query_day(request, "until", days.last);
    if (!until) return until.error();
    if (*from > *until)
        return invalid_field("until", "out_of_range"_code, "The day is before 'from'.");
    if (name) {
        query.happened = engine::Happened{std::string(*name), {*from, *until}};
    } else if (request.query_value("from") || request.query_value("until")) {
        return invalid_field("moment", "required"_code,
                             "The parameter is missing: it says what happened in those days.");
    }
    return boost::system::in_place_value;
}

// "outcome" is the former name of "mark".
Outcome<void> read_marks(Request const& request, engine::Workflow const& workflow,
                         ListQuery& query) {
    auto const marks = workflow.facets().marks;
    for (auto const* parameter : {"mark", "outcome"})
        for (auto& name : alternatives(request, parameter)) {
            if (std::none_of(marks.begin(), marks.end(),
                             [&name](auto const& mark) { return mark.name == name; }))
                return invalid_field(parameter, "unknown_value"_code,
                                     "The workflow has no mark '" + name + "'.");
            query.mark.push_back(std::move(name));
        }
    return boost::system::in_place_value;
}

Outcome<void> read_mine(Request const& request, ListQuery& query) {
    auto const text = request.query_value("mine").value_or("false");
    if (text != "true" && text != "false") {
        return invalid_field("mine", "unknown_value"_code, "The value is neither true nor false.");
    }
    query.mine = text == "true";
    return boost::system::in_place_value;
}

} // namespace

std::vector<std::string_view> tags_of(engine::Workflow const& workflow) {
    std::vector<std::string_view> names;
    for (auto const& tag : workflow.facets().tags) names.push_back(tag.name);
    return names;
}

std::vector<std::string_view> filters_of(engine::Workflow const& workflow) {
    auto names = tags_of(workflow);
    auto const beside = workflow.regions_beside();
    names.insert(names.end(), beside.begin(), beside.end());
    return names;
}

Outcome<engine::Filters> read_tags(Request const& request, engine::Workflow const& workflow) {
    engine::Filters filters;
    for (auto const& tag : workflow.facets().tags) {
        auto values = alternatives(request, tag.name);
        if (tag.kind == engine::FieldKind::integer)
            for (auto& value : values) {
                auto const number = whole_number(value);
                if (!number)
                    return invalid_field(tag.name, "out_of_range"_code,
                                         "'" + value + "' is not a whole number.");
                value = std::to_string(*number);
            }
        if (!values.empty()) filters.emplace(tag.name, std::move(values));
    }
    return filters;
}

Outcome<ListQuery> read_list_query(Request const& request, engine::Workflow const& workflow) {
    ListQuery query;
    query.workflow = workflow.name();
    auto tags = read_tags(request, workflow);
    if (!tags) return tags.error();
    query.where = std::move(*tags);
    for (auto const name : workflow.regions_beside())
        if (auto states = alternatives(request, name); !states.empty())
            query.where.emplace(name, std::move(states));
    query.state = alternatives(request, "state");
    query.stage = alternatives(request, "stage");
    query.unit = request.query_value("unit").value_or("");
    if (auto read = read_marks(request, workflow, query); !read) return read.error();
    query.q = request.query_value("q").value_or("");
    query.cursor = request.query_value("cursor").value_or("");
    auto const limit =
        query_number(request, "limit", 1, static_cast<std::int64_t>(engine::limits::list_page), 50);
    if (!limit) return limit.error();
    query.limit = static_cast<std::size_t>(*limit);
    if (auto read = read_happened(request, query); !read) return read.error();
    if (auto read = read_mine(request, query); !read) return read.error();
    if (auto read = read_order(request, query); !read) return read.error();
    return query;
}

} // namespace banjie::api
