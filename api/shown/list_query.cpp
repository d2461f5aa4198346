#include "api/shown/list_query.hpp"

#include "api/request/request_checks.hpp"
#include "engine/limits.hpp"

#include <limits>
#include <optional>

namespace banjie::api {

using engine::ListQuery;
using engine::Outcome;
using engine::Texts;

namespace {

// "a,b" and "a&…=b" mean the same.
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
        return invalid_field("sort", "unknown_value",
                             "Expected created, updated or due, with or without a minus before "
                             "it, but it is something else.");
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
        return invalid_field("until", "out_of_range",
                             "Expected a day not before 'from', but it is earlier.");
    if (name) {
        auto const moment = engine::moment_named(*name);
        if (!moment)
            return invalid_field("moment", "unknown_value",
                                 "Expected reported, assigned, overdue, handled, visited or "
                                 "closed, but it is something else.");
        query.happened = engine::Happened{*moment, {*from, *until}};
    } else if (request.query_value("from") || request.query_value("until")) {
        return invalid_field("moment", "required",
                             "Expected to know what happened in those days, but it is not said.");
    }
    return boost::system::in_place_value;
}

Outcome<void> read_mine(Request const& request, ListQuery& query) {
    auto const text = request.query_value("mine").value_or("false");
    if (text != "true" && text != "false") {
        return invalid_field("mine", "unknown_value",
                             "Expected true or false, but it is something else.");
    }
    query.mine = text == "true";
    return boost::system::in_place_value;
}

} // namespace

Outcome<ListQuery> read_list_query(Request const& request, std::string_view workflow) {
    ListQuery query;
    query.workflow = workflow;
    query.state = alternatives(request, "state");
    query.stage = alternatives(request, "stage");
    query.light = alternatives(request, "light");
    query.supervision = alternatives(request, "supervision");
    query.category = alternatives(request, "category");
    query.source = alternatives(request, "source");
    query.region = request.query_value("region").value_or("");
    query.unit = request.query_value("unit").value_or("");
    query.lead_unit = request.query_value("lead_unit").value_or("");
    query.outcome = alternatives(request, "outcome");
    query.q = request.query_value("q").value_or("");
    query.cursor = request.query_value("cursor").value_or("");
    if (request.query_value("round")) {
        auto const round =
            query_number(request, "round", 0, std::numeric_limits<std::int32_t>::max(), 0);
        if (!round) return round.error();
        query.round = *round;
    }
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
