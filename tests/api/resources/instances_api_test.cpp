#include "tests/api/door.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace banjie::api;
using nlohmann::json;

TEST_CASE("a problem goes through its whole life over the API") {
    Door door;
    auto const id = door.report();
    door.give("county", id, "accept");
    door.give("county", id, "assign", {{"lead_unit", "360731-transport"}});
    door.give("department", id, "acknowledge", {{"contact", "0797-1234567"}});
    door.give("department", id, "log_progress", {{"text", "已勘察"}});
    auto const early =
        door.ask("county", "POST /api/v1/problems/" + id + "/commands/close", json::object());
    CHECK(early.status == 409);
    CHECK(early.body["help"].get<std::string>().find("submit the resolution") != std::string::npos);
    door.give("department", id, "submit_resolution",
              {{"result", "solved"}, {"measures", "已修复"}});
    door.give("county", id, "approve_resolution");
    json const bad = {{"method", "on_site"},
                      {"thoroughly_resolved", "no"},
                      {"accepted_by_grassroots", "dissatisfied"},
                      {"findings", "路面又坏了"}};
    door.give("visitor", id, "log_visit", bad);
    door.give("visitor", id, "conclude_visits");
    auto const rework = door.send("county", "GET /api/v1/problems/" + id);
    CHECK(rework.body["state"] == "handling");
    CHECK(rework.body["rework_count"] == 1);
    door.give("department", id, "submit_resolution", {{"result", "solved"}, {"measures", "重铺"}});
    door.give("county", id, "approve_resolution");
    json good = bad;
    good["thoroughly_resolved"] = "yes";
    good["accepted_by_grassroots"] = "satisfied";
    door.give("visitor", id, "log_visit", good);
    door.give("visitor", id, "conclude_visits");
    door.give("county", id, "close");
    auto const closed = door.send("township", "GET /api/v1/problems/" + id + "?lang=zh");
    CHECK(closed.body["state"] == "closed");
    CHECK(closed.body["labels"]["state"] == "已销号");

    auto const history = door.send("township", "GET /api/v1/problems/" + id + "/history?limit=5");
    CHECK(history.body["items"].size() == 5);
    CHECK(history.body["items"][0]["type"] == "reported");
    auto const next =
        door.send("township", "GET /api/v1/problems/" + id + "/history?limit=100&cursor=" +
                                  history.body["next_cursor"].get<std::string>());
    CHECK(next.body["items"].back()["type"] == "closed");
    CHECK(next.body["next_cursor"].is_null());
    CHECK(next.body["items"].size() + 5 == closed.body["version"].get<std::size_t>());
}

TEST_CASE("one sees what one may do now, with the form, and why not the rest") {
    Door door;
    auto const id = door.report();
    auto const commands =
        door.send("county", "GET /api/v1/problems/" + id + "?lang=en").body["commands"];
    bool found = false;
    for (auto const& permitted : commands["permitted"])
        if (permitted["command"] == "request_supplement") {
            found = true;
            CHECK(permitted["form"][0]["name"] == "missing");
            CHECK(permitted["form"][0]["required"] == true);
            CHECK_FALSE(permitted["label"].get<std::string>().empty());
        }
    CHECK(found);
    for (auto const& refused : commands["refused"])
        CHECK_FALSE(refused["detail"].get<std::string>().empty());
}

TEST_CASE("a draft is edited with PATCH, and only while it is one") {
    Door door;
    auto const made = door.ask("township", "POST /api/v1/problems",
                               json{{"title", "t"},
                                    {"description", "d"},
                                    {"category", "transport"},
                                    {"region", "360731100"}});
    REQUIRE(made.status == 201);
    auto const path = made.headers.at("Location");
    CHECK(door.ask("township", "PATCH " + path, json{{"title", "新标题"}}).body["title"] ==
          "新标题");
    CHECK(door.ask("township", "POST " + path + "/commands/submit", json::object()).status == 200);
    CHECK(door.ask("township", "PATCH " + path, json{{"title", "x"}}).status == 409);
}

TEST_CASE("one command for many: each is answered for itself, once per key") {
    Door door;
    json ids = json::array({"nobody"});
    for (int i = 0; i < 5; ++i) ids.push_back(door.report());
    for (int i = 0; i < 2; ++i) {
        auto const accepted = door.ask("county", "POST /api/v1/problems/commands/accept",
                                       json{{"ids", ids}}, {.idempotency_key = "bulk"});
        CHECK(accepted.status == 200);
        CHECK(accepted.body["done"] == 5);
        CHECK(accepted.body["refused"] == 1);
        CHECK(accepted.body["items"][0]["refusal"]["code"] == "instance_not_found");
        CHECK(accepted.body["items"][1]["state"] == "awaiting_dispatch");
        CHECK(accepted.body["items"][1]["version"] == 2);
    }
}

TEST_CASE("lists have filters, totals and pages") {
    Door door;
    for (int i = 0; i < 7; ++i) door.report("路 " + std::to_string(i));
    auto const page =
        door.send("county", "GET /api/v1/problems?limit=3&stage=collect&sort=created");
    CHECK(page.body["total"] == 7);
    CHECK(page.body["items"].size() == 3);
    CHECK(page.body["items"][0]["title"] == "路 0");
    auto const next =
        door.send("county", "GET /api/v1/problems?limit=3&stage=collect&sort=created&cursor=" +
                                page.body["next_cursor"].get<std::string>());
    CHECK(next.body["items"][0]["title"] == "路 3");
    CHECK(door.send("county", "GET /api/v1/problems?q=路 5").body["total"] == 1);
    CHECK(door.send("county", "GET /api/v1/problems?mine=true").body["total"] == 7);
    CHECK(door.send("township", "GET /api/v1/problems?mine=true").body["total"] == 0);
    CHECK(door.send("elsewhere", "GET /api/v1/problems").body["total"] == 0);
    CHECK(door.send("province", "GET /api/v1/problems?region=3607").body["total"] == 7);
    CHECK(door.send("province", "GET /api/v1/problems?region=3601").body["total"] == 0);
}

TEST_CASE("a round is planned by number, opened, and takes problems in its window") {
    Door door;
    json const plan = {{"number", 4},
                       {"name", "第四批次"},
                       {"opens_at", "2026-03-01T00:00:00+08:00"},
                       {"closes_at", "2026-04-01T00:00:00+08:00"},
                       {"due_at", "2026-06-30T23:59:59+08:00"}};
    CHECK(door.ask("county", "POST /api/v1/rounds", plan).status == 403);
    auto const planned = door.ask("province", "POST /api/v1/rounds", plan);
    REQUIRE(planned.status == 201);
    CHECK(planned.headers.at("Location") == "/api/v1/rounds/4");
    CHECK(door.ask("province", "POST /api/v1/rounds", plan).status == 409);
    json report = {{"title", "t"},          {"description", "d"}, {"category", "transport"},
                   {"region", "360731100"}, {"round", 4},         {"submit", true}};
    CHECK(door.ask("township", "POST /api/v1/problems", report).code() ==
          "round_is_not_collecting");
    CHECK(door.ask("province", "POST /api/v1/rounds/4/commands/open", json::object()).status ==
          200);
    CHECK(door.ask("township", "POST /api/v1/problems", report).status == 201);
    CHECK(door.send("county", "GET /api/v1/problems?round=4").body["total"] == 1);
    CHECK(door.send("township", "GET /api/v1/rounds").body["total"] == 1);
}

TEST_CASE("a consultation's conclusions land in each problem's history") {
    Door door;
    auto const one = door.report();
    auto const other = door.report();
    auto const called = door.ask("county", "POST /api/v1/consultations",
                                 json{{"title", "道路会商"},
                                      {"agenda", "两个问题"},
                                      {"problems", {one, other}},
                                      {"held_at", "2026-03-05T09:00:00+08:00"}});
    INFO(called.text);
    REQUIRE(called.status == 201);
    auto const path = called.headers.at("Location");
    CHECK(door.ask("county", "POST " + path + "/commands/hold", json::object()).status == 200);
    CHECK(door.ask("county", "POST " + path + "/commands/conclude",
                   json{{"conclusions", "由交通局牵头"}})
              .status == 200);
    for (auto const& id : {one, other}) {
        auto const history = door.send("township", "GET /api/v1/problems/" + id + "/history");
        CHECK(history.body["items"].back()["type"] == "consultation_recorded");
    }
}

TEST_CASE("statistics say how many stand where, and events tell what happened") {
    Door door;
    auto const id = door.report();
    auto const funnel = door.send("county", "GET /api/v1/statistics/funnel").body["groups"][0];
    CHECK(funnel["stages"][0] == json{{"stage", "collect"}, {"count", 1}});
    auto const summary =
        door.send("province", "GET /api/v1/statistics/summary?group_by=region").body["groups"];
    CHECK(summary[0]["key"] == "3607");
    CHECK(summary[0]["on_time_rate"]["rate"].is_null());
    auto const events = door.send("county", "GET /api/v1/events?limit=500").body;
    CHECK(events["items"].back()["type"] == "banjie.problem.reported");
    CHECK(events["items"].back()["subject"] == id);
    CHECK(
        door.send("county", "GET /api/v1/events?after=" + events["next_cursor"].get<std::string>())
            .body["items"]
            .empty());
    auto const told = door.send("elsewhere", "GET /api/v1/events?limit=500").body;
    for (auto const& event : told["items"]) CHECK(event["subject"] != id);
}

TEST_CASE("a trend has a period for each month or week, up to today or the day that is asked for") {
    Door door; // on 2 March 2026
    (void)door.report();
    auto const trend = door.send("county", "GET /api/v1/statistics/trend?periods=2").body;
    CHECK(trend["by"] == "month");
    REQUIRE(trend["periods"].size() == 2);
    CHECK(trend["periods"][0]["from"] == "2026-02-01");
    CHECK(trend["periods"][1]["until"] == "2026-03-31");
    CHECK(trend["periods"][0]["reported"] == 0);
    CHECK(trend["periods"][1]["reported"] == 1);
    CHECK(trend["periods"][1]["on_time_rate"]["rate"].is_null());
    auto const weeks =
        door.send("county", "GET /api/v1/statistics/trend?by=week&periods=60&until=2026-03-31");
    CHECK(weeks.body["periods"].size() == 60);
    CHECK(weeks.body["periods"][59]["from"] == "2026-03-30");
    CHECK(door.send("elsewhere", "GET /api/v1/statistics/trend?periods=1")
              .body["periods"][0]["reported"] == 0);
}

TEST_CASE("groups are ranked, at most as many as are asked for") {
    Door door;
    door.give("county", door.report(), "accept");
    (void)door.report();
    auto const summary = "GET /api/v1/statistics/summary?group_by=";
    auto const towns = door.send("county", std::string(summary) + "region&sort=-total&limit=1");
    CHECK(towns.body["groups"].size() == 1);
    CHECK(door.send("province", std::string(summary) + "county&sort=on_time_rate")
              .body["groups"][0]["key"] == "360731");
}

TEST_CASE("figures and lists that cannot be made are refused with the name of what is wrong") {
    Door door;
    for (auto const& [query, field] : std::initializer_list<std::pair<char const*, char const*>>{
             {"statistics/trend?by=year", "by"},
             {"statistics/trend?periods=0", "periods"},
             {"statistics/trend?periods=61", "periods"},
             {"statistics/trend?until=2026-02-30", "until"},
             {"statistics/trend?until=tomorrow", "until"},
             {"statistics/trend?round=x", "round"},
             {"statistics/summary?group_by=moon", "group_by"},
             {"statistics/summary?sort=-", "sort"},
             {"statistics/summary?sort=moon", "sort"},
             {"statistics/funnel?limit=0", "limit"},
             {"problems?moment=moon", "moment"},
             {"problems?from=2026-03-01", "moment"},
             {"problems?moment=closed&from=1", "from"},
             {"problems?moment=closed&from=2026-03-02&until=2026-03-01", "until"},
             {"problems?outcome=moon", "outcome"},
             {"problems?mark=moon", "mark"},
             {"problems?round=x", "round"},
             {"problems?channel=x", "channel"},
             {"rounds?category=transport", "category"},
             {"inspection-leads?supervision=urged", "supervision"},
             {"statistics/summary?workflow=moon", "workflow"},
             {"statistics/summary?workflow=round&group_by=category", "group_by"},
             {"statistics/summary?workflow=inspection_lead&round=4", "round"},
             {"statistics/trend?light=overdue", "light"}}) {
        auto const answered = door.send("county", "GET /api/v1/" + std::string(query));
        INFO(query, ": ", answered.text);
        CHECK(answered.status == 422);
        CHECK(answered.body["errors"][0]["field"] == field);
    }
    CHECK(door.send("county", "GET /api/v1/statistics/trend?month=3").status >= 400);
    CHECK(door.send("", "GET /api/v1/statistics/trend").status == 401);
}

TEST_CASE("lists and figures of any workflow follow from what it declares") {
    Door door;
    json const lead = {{"title", "暗访线索"},
                       {"description", "路面"},
                       {"region", "360731100"},
                       {"kind", "listed_supervision"},
                       {"channel", "hotline_12345"}};
    auto const registered = door.ask("county", "POST /api/v1/inspection-leads", lead);
    INFO(registered.text);
    REQUIRE(registered.status == 201);
    auto const total = [&door](char const* query) {
        return door.send("county", "GET /api/v1/inspection-leads?" + std::string(query))
            .body["total"];
    };
    CHECK(total("channel=hotline_12345") == 1);
    CHECK(total("channel=internet_inspection,hotline_12345&kind=listed_supervision&region=3607") ==
          1);
    CHECK(total("channel=internet_inspection") == 0);
    CHECK(total("mark=founded") == 0);
    CHECK(total("moment=registered&from=2026-03-01") == 1);
    auto const groups =
        door.send("county",
                  "GET /api/v1/statistics/summary?workflow=inspection_lead&group_by=channel")
            .body["groups"];
    REQUIRE(groups.size() == 1);
    CHECK(groups[0]["key"] == "hotline_12345");
    CHECK(groups[0]["by_light"]["on_time"] == 1);
    auto const trend =
        door.send("county", "GET /api/v1/statistics/trend?workflow=inspection_lead&periods=1");
    CHECK(trend.body["periods"][0]["registered"] == 1);
    auto const alike = door.send("township", "GET /api/v1/inspection-leads/similar?title=暗访");
    CHECK(alike.body["items"].size() == 1);
    CHECK(door.send("county", "GET /api/v1/rounds/similar").status == 404);
    CHECK(door.send("county", "GET /api/v1/rounds/4/attachments").status == 404);
}

TEST_CASE("PATCH gives the command that edits, whatever the workflow calls it") {
    Door door;
    json const plan = {{"number", 5},
                       {"name", "第五批次"},
                       {"opens_at", "2026-03-01T00:00:00+08:00"},
                       {"closes_at", "2026-04-01T00:00:00+08:00"},
                       {"due_at", "2026-06-30T23:59:59+08:00"}};
    REQUIRE(door.ask("province", "POST /api/v1/rounds", plan).status == 201);
    auto const changed = door.ask("province", "PATCH /api/v1/rounds/5", json{{"name", "第5批"}});
    INFO(changed.text);
    CHECK(changed.status == 200);
    CHECK(changed.body["name"] == "第5批");
    CHECK(door.ask("county", "PATCH /api/v1/inspection-leads/x", json::object()).code() ==
          "unknown_command");
}

TEST_CASE("my work says what I have to do, over all workflows") {
    Door door;
    auto const id = door.report();
    auto const screened = door.send("county", "GET /api/v1/work?lang=zh").body;
    REQUIRE(screened["items"].size() == 1);
    CHECK(screened["items"][0]["id"] == id);
    CHECK(screened["total"] == 1);
    CHECK(screened["by_workflow"] == json{{"problem", 1}});
    auto const awaits = screened["items"][0]["awaits"].get<std::vector<std::string>>();
    CHECK(std::find(awaits.begin(), awaits.end(), "accept") != awaits.end());
    CHECK(std::find(awaits.begin(), awaits.end(), "urge") == awaits.end());
    CHECK(door.send("department", "GET /api/v1/work").body["total"] == 0);
    door.give("county", id, "accept");
    door.give("county", id, "assign", {{"lead_unit", "360731-transport"}});
    CHECK(door.send("department", "GET /api/v1/work").body["items"][0]["awaits"] ==
          json{"acknowledge", "decline"});
    json const lead = {{"title", "暗访线索"},
                       {"description", "路面"},
                       {"region", "360731100"},
                       {"kind", "listed_supervision"},
                       {"channel", "hotline_12345"}};
    REQUIRE(door.ask("county", "POST /api/v1/inspection-leads", lead).status == 201);
    auto const both = door.send("county", "GET /api/v1/work").body;
    CHECK(both["by_workflow"] == json{{"inspection_lead", 1}});
    CHECK(door.send("county", "GET /api/v1/work?limit=0").status == 422);
    CHECK(door.send("county", "GET /api/v1/work?cursor=x").status == 422);
    CHECK(door.send("", "GET /api/v1/work").status == 401);
}

TEST_CASE("a workflow says what pages need") {
    Door door;
    auto const problem = door.send("county", "GET /api/v1/workflows/problem?lang=zh").body;
    CHECK(problem["title_fact"] == "title");
    CHECK(problem["facets"]["tags"][0]["name"] == "category");
    CHECK(problem["facets"]["rates"][0]["whole"] == "handled");
    CHECK(problem["regions"][0]["name"] == "light");
    CHECK(problem["private_states"] == json{"draft", "discarded"});
    CHECK(problem["creating"]["command"] == "report");
    CHECK(problem["editing"] == "edit");
    CHECK(problem["numbering"] == json{{"by", "round"}});
    auto const round = door.send("county", "GET /api/v1/workflows/round").body;
    CHECK(round["editing"] == "change");
    CHECK(round["title_fact"] == "name");
    CHECK(round["attachments"].empty());
}

TEST_CASE("a number stands for an id, in paths and in fields, for whoever sees it") {
    Door door;
    auto const one = door.report(), other = door.report();
    auto const shown = door.send("county", "GET /api/v1/problems/2026-0001").body;
    CHECK(shown["id"] == one);
    CHECK(shown["number"] == "2026-0001");
    CHECK(door.send("county", "GET /api/v1/problems?q=0002").body["items"][0]["id"] == other);
    auto const merged = door.ask("county", "POST /api/v1/problems/2026-0001/commands/merge",
                                 json{{"into", "2026-0002"}});
    INFO(merged.text);
    CHECK(merged.status == 200);
    CHECK(merged.body["merged_into"] == other);
    auto const hidden = door.send("elsewhere", "GET /api/v1/problems/2026-0001");
    auto const absent = door.send("elsewhere", "GET /api/v1/problems/2026-9001");
    CHECK(hidden.status == 404);
    auto text = hidden.text;
    text.replace(text.find("0001"), 4, "9001");
    CHECK(text == absent.text);
}
