// Nothing of another's jurisdiction is to be read anywhere: a story with a secret in every corner,
// and everybody asks every route that there is.

#include "api/feed/event_feed.hpp"
#include "api/shown/instance_resource.hpp"
#include "tests/api/door.hpp"
#include "tests/workflows/added/registry.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace banjie;
using namespace banjie::api;
using engine::Role;
using nlohmann::json;

namespace {

using Names = std::set<std::string>;

constexpr char const* absent = "01ZZZZZZZZZZZZZZ";
Names const above{"county", "city", "province", "visitor", "admin", "county-admin"};

Names and_also(Names names, Names const& more) {
    names.insert(more.begin(), more.end());
    return names;
}

std::string replaced(std::string text, std::string const& what, std::string const& by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

struct Secret {
    std::string marker; // stands in what must not be read
    Names seen_by;
};

struct Thing {
    std::string collection, id;
    Names seen_by;
    bool counted = true; // by statistics
    Names id_known_to{}; // who sees what names it: a merged one, a meeting, an event of before
};

/// People of two counties, a neighbour and departments, and what they have to hide.
struct Story : Door {
    Story() {
        hire("neighbour", "360731101", Role::reporter);
        hire("finance", "360731-finance", Role::handler);
        hire("far-department", "36-natural-resources", Role::handler);
        hire("elsewhere-reporter", "360121", Role::reporter);
        hire("elsewhere-admin", "360121", Role::administrator);
        tell_of_drafts();
        tell_of_problems();
        tell_of_meetings();
        elsewhere();
    }

    std::string made(std::string const& user, std::string const& collection, json const& body) {
        auto const answered = ask(user, "POST /api/v1/" + collection, body);
        INFO(user, ": ", answered.text);
        REQUIRE(answered.status == 201);
        return answered.body["id"];
    }
    std::string reported(std::string const& user, std::string const& region,
                         std::string const& marker, bool submit = true) {
        return made(user, "problems",
                    {{"title", "title " + marker},
                     {"description", "description " + marker},
                     {"category", "transport"},
                     {"region", region},
                     {"submit", submit}});
    }
    void done(std::string const& user, std::string const& path, json const& body = json::object()) {
        auto const answered = ask(user, "POST /api/v1/" + path, body);
        INFO(user, " ", path, ": ", answered.text);
        REQUIRE(answered.status == 200);
    }

    void tell_of_drafts() {
        Names const own{"township"};
        drafted = reported("township", "360731100", "DRAFTED", false);
        auto const discarded = reported("township", "360731100", "DISCARDED", false);
        give("township", discarded, "discard", {{"note", "DISCARDED"}});
        secrets.push_back({"DRAFTED", own});
        secrets.push_back({"DISCARDED", own});
        things.push_back({"problems", drafted, own, false});
        things.push_back({"problems", discarded, own, false});
    }

    void tell_of_problems() {
        main = reported("township", "360731100", "SCREENED");
        tell_of_a_person();
        Names const of_main = and_also(above, {"township"});
        secrets.push_back({"SCREENED", of_main});

        handled = reported("township", "360731100", "HANDLED");
        give("county", handled, "accept");
        give("county", handled, "assign",
             {{"lead_unit", "360731-transport"}, {"co_handlers", {"360731-finance"}}});
        give("department", handled, "acknowledge", {{"contact", "HANDLED"}});
        give("finance", handled, "give_opinion", {{"text", "HANDLED"}});
        Names const of_handled = and_also(above, {"township", "department", "finance"});
        secrets.push_back({"HANDLED", of_handled});
        things.push_back({"problems", handled, of_handled});

        // A unit that has lost it sees what it saw, but neither what came later nor the problem.
        auto const lost = reported("neighbour", "360731101", "LOST");
        give("county", lost, "accept");
        give("county", lost, "assign", {{"lead_unit", "360731-transport"}});
        give("department", lost, "acknowledge");
        give("county", lost, "transfer", {{"reason", "TRANSFERRED"}});
        Names const of_lost = and_also(above, {"neighbour"});
        secrets.push_back({"TRANSFERRED", of_lost});
        things.push_back({"problems", lost, of_lost, true, {"department"}});

        auto const merged = reported("neighbour", "360731101", "MERGED");
        give("county", merged, "merge", {{"into", main}, {"note", "MERGED"}});
        secrets.push_back({"MERGED", of_lost});
        things.push_back({"problems", merged, of_lost, true, {"township"}});
        things.push_back({"problems", main, of_main, true, {"neighbour", "finance"}});
    }

    /// Not even who may see the report, or has typed the name, reads it without saying why.
    void tell_of_a_person() {
        auto const named = made("township", "problems",
                                {{"title", "title TOLDOF"},
                                 {"description", "description TOLDOF"},
                                 {"category", "transport"},
                                 {"region", "360731100"},
                                 {"contact_person", "PERSONHIDDEN"},
                                 {"contact_phone", "13987654321"},
                                 {"submit", true}});
        Names const of_named = and_also(above, {"township"});
        secrets.push_back({"TOLDOF", of_named});
        secrets.push_back({"PERSONHIDDEN", {}});
        secrets.push_back({"13987654321", {}});
        things.push_back({"problems", named, of_named});
    }

    void tell_of_meetings() {
        auto const meeting = made("county", "consultations",
                                  {{"title", "CONVENED"},
                                   {"agenda", "CONVENED"},
                                   {"problems", {main, handled}},
                                   {"held_at", "2026-03-05T09:00:00+08:00"},
                                   {"participants", {"360731-finance"}}});
        done("county", "consultations/" + meeting + "/commands/hold", {{"minutes", "CONVENED"}});
        Names const of_meeting = and_also(above, {"finance"});
        secrets.push_back({"CONVENED", of_meeting});
        things.push_back({"consultations", meeting, of_meeting, false});

        auto const lead = made("city", "inspection-leads",
                               {{"title", "INSPECTED"},
                                {"description", "INSPECTED"},
                                {"region", "360731"},
                                {"kind", "listed_supervision"},
                                {"channel", "audit"}});
        secrets.push_back({"INSPECTED", above});
        things.push_back({"inspection-leads", lead, above, false});
    }

    void elsewhere() {
        Names const there{
            "elsewhere", "elsewhere-reporter", "elsewhere-admin", "province", "visitor", "admin"};
        foreign = reported("elsewhere-reporter", "360121", "FOREIGN");
        secrets.push_back({"FOREIGN", there});
        things.push_back({"problems", foreign, there});
        auto const account = ask("elsewhere-admin", "POST /api/v1/users",
                                 {{"name", "hidden"},
                                  {"display_name", "EMPLOYED"},
                                  {"organisation", "360121"},
                                  {"roles", {"reporter"}},
                                  {"password", "correct horse"}});
        REQUIRE(account.status == 201);
        secrets.push_back({"EMPLOYED", {"elsewhere-admin", "admin"}});

        auto const at = [](char const* day) { return std::string(day) + "T09:00:00+08:00"; };
        made("province", "rounds",
             {{"number", 4},
              {"name", "fourth"},
              {"opens_at", at("2026-03-01")},
              {"closes_at", at("2026-03-31")},
              {"due_at", at("2026-06-30")}});
        done("province", "rounds/4/commands/open");
        auto const left = made("elsewhere-reporter", "problems",
                               {{"title", "LEFT"},
                                {"description", "LEFT"},
                                {"category", "transport"},
                                {"region", "360121"},
                                {"round", 4},
                                {"submit", true}});
        secrets.push_back({"LEFT", there});
        things.push_back({"problems", left, there});
        done("province", "rounds/4/commands/start_handling");
        done("province", "rounds/4/commands/conclude");
    }

    std::vector<std::string> const people{
        "township",        "neighbour",   "county",    "city",
        "province",        "visitor",     "admin",     "finance",
        "far-department",  "department",  "elsewhere", "elsewhere-reporter",
        "elsewhere-admin", "county-admin"};
    std::string drafted, main, handled, foreign;
    std::vector<Secret> secrets;
    std::vector<Thing> things;
};

/// The targets of a route, with everything that may stand in its place.
std::vector<std::string> targets_of(Route const& route, Story const& story) {
    std::string const pattern(route.pattern);
    auto const with = [&](std::vector<std::string> targets, std::string const& place,
                          std::vector<std::string> const& values) {
        if (pattern.find(place) == std::string::npos) return targets;
        std::vector<std::string> out;
        for (auto const& target : targets)
            for (auto const& value : values) out.push_back(replaced(target, place, value));
        return out;
    };
    std::vector<std::string> collections, ids;
    for (auto const* workflow : workflows::testing::tested_workflows())
        collections.push_back(InstanceResource(*workflow).collection());
    for (auto const& thing : story.things) ids.push_back(thing.id);
    auto targets = with({pattern}, "{instances}", collections);
    targets = with(targets, "{id}", ids);
    targets = with(targets, "{code}", {"36", "360731", "360121", "360121-transport"});
    targets = with(targets, "{name}", {"problem", "hidden", "county", "township"});
    targets = with(targets, "{year}", {"2026"});
    return with(targets, "{attachment}", {absent});
}

} // namespace

TEST_CASE("nobody reads what is not theirs, whatever they ask for") {
    Story story;
    std::vector<std::string> lines;
    for (auto const& route : routes())
        if (route.method == Method::get)
            for (auto const& target : targets_of(route, story)) lines.push_back("GET " + target);
    for (auto const* query : {"problems?limit=200",
                              "problems?sort=due",
                              "problems?state=draft,discarded",
                              "problems?region=360121",
                              "problems?unit=360731-transport",
                              "problems?round=4",
                              "problems?mine=true",
                              "users?below=360121",
                              "users?below=36",
                              "events?limit=500",
                              "statistics/summary?group_by=unit",
                              "statistics/summary?group_by=round",
                              "statistics/summary?group_by=region",
                              "statistics/summary?region=360121",
                              "statistics/funnel?region=360121",
                              "statistics/summary?unit=360731-transport",
                              "statistics/summary?group_by=city",
                              "statistics/summary?group_by=county&sort=-overdue",
                              "statistics/trend?region=360121",
                              "statistics/trend?by=week&periods=60",
                              "problems?outcome=handled",
                              "problems?moment=reported",
                              "problems?lead_unit=360121-x"})
        lines.push_back("GET /api/v1/" + std::string(query));

    std::size_t read = 0;
    for (auto const& user : story.people) {
        for (auto const& line : lines) {
            auto const answered = story.send(user, line);
            ++read;
            INFO(user, " ", line, ": ", answered.text);
            CHECK(answered.status < 500);
            for (auto const& secret : story.secrets)
                if (!secret.seen_by.contains(user))
                    CHECK(answered.text.find(secret.marker) == std::string::npos);
            for (auto const& thing : story.things)
                if (!thing.seen_by.contains(user) && !thing.id_known_to.contains(user) &&
                    line.find(thing.id) == std::string::npos)
                    CHECK(answered.text.find(thing.id) == std::string::npos);
        }
    }
    MESSAGE(read, " answers read by ", story.people.size(), " people");
    CHECK(read > 1'000);
}

TEST_CASE("totals, statistics and searches count what one may see, and nothing else") {
    Story story;
    for (auto const& user : story.people) {
        std::map<std::string, std::size_t> seen;
        for (auto const& thing : story.things) {
            if (!thing.seen_by.contains(user)) continue;
            ++seen[thing.collection];
            seen["counted"] += thing.counted ? 1 : 0;
        }
        INFO(user);
        for (auto const* collection : {"problems", "consultations", "inspection-leads"}) {
            auto const path = "GET /api/v1/" + std::string(collection);
            CHECK(story.send(user, path).body["total"] == seen[collection]);
            CHECK(story.send(user, path + "?limit=1").body["total"] == seen[collection]);
        }
        auto const all = story.send(user, "GET /api/v1/statistics/summary").body["groups"];
        CHECK(all[0]["total"] == seen["counted"]);
        for (auto const* by : {"month", "week"}) {
            std::size_t reported = 0;
            auto const path = "GET /api/v1/statistics/trend?periods=60&by=" + std::string(by);
            auto const trend = story.send(user, path).body;
            for (auto const& period : trend.at("periods"))
                reported += period["reported"].get<std::size_t>();
            CHECK(reported == seen["counted"]);
        }
        for (auto const* level : {"city", "county"}) {
            std::size_t total = 0;
            auto const path = "GET /api/v1/statistics/summary?group_by=" + std::string(level);
            auto const summary = story.send(user, path).body;
            for (auto const& group : summary.at("groups"))
                total += group["total"].get<std::size_t>();
            CHECK(total <= seen["counted"]);
        }
        for (auto const& secret : story.secrets) {
            auto const found = story.send(user, "GET /api/v1/problems?q=" + secret.marker).body;
            if (!secret.seen_by.contains(user)) CHECK(found["total"] == 0);
        }
        for (auto const& thing : story.things) {
            auto const path = "GET /api/v1/" + thing.collection + "?q=" + thing.id;
            CHECK(story.send(user, path).body["total"] == (thing.seen_by.contains(user) ? 1 : 0));
        }
    }
}

TEST_CASE("the feed tells nobody of what is not theirs") {
    Story story;
    EventFeed feed(story.desk.office.stream,
                   [&story](Request const& request) { return story.router.caller_of(request); });
    for (auto const& user : story.people) {
        Request request;
        request.authorization = story.authorization_of(user);
        request.query = {{"after", "e1.0"}};
        RequestFrame frame;
        frame.websocket_version = "13";
        frame.websocket_key = std::string(24, 'k');
        auto const opening = feed.open(request, frame);
        INFO(user, opening.refusal.body);
        REQUIRE(opening.subscription);
        for (bool more = true; more;) {
            auto const page = opening.subscription->next();
            REQUIRE(page.has_value());
            more = page->more;
            for (auto const& message : page->messages)
                for (auto const& secret : story.secrets)
                    if (!secret.seen_by.contains(user))
                        CHECK(message->find(secret.marker) == std::string::npos);
        }
    }
}

TEST_CASE("what is hidden is refused word for word like what is absent") {
    Story story;
    std::size_t compared = 0;
    auto const same = [&](std::string const& user, std::string const& line, json const& body,
                          std::string const& hidden) {
        auto const of_hidden = story.ask(user, line, body);
        auto const of_absent = story.ask(user, replaced(line, hidden, absent),
                                         json::parse(replaced(body.dump(), hidden, absent)));
        INFO(user, " ", line, " ", body.dump());
        CHECK(of_hidden.status == of_absent.status);
        CHECK(replaced(of_hidden.text, hidden, absent) == of_absent.text);
        CHECK(of_hidden.headers == of_absent.headers);
        ++compared;
    };
    for (auto const& user : story.people) {
        for (auto const& thing : story.things) {
            if (thing.seen_by.contains(user)) continue;
            auto const collection = "/api/v1/" + thing.collection;
            auto const path = collection + "/" + thing.id;
            same(user, "GET " + path, {}, thing.id);
            same(user, "GET " + path + "/history", {}, thing.id);
            same(user, "PATCH " + path, {{"title", "x"}}, thing.id);
            same(user, "POST " + path + "/personal/read", {{"reason", "x"}}, thing.id);
            for (auto const* sort : {"0", "1", "2"})
                for (auto const* order : {"created", "updated", "due"})
                    same(user,
                         "GET " + collection + "?sort=" + order + "&cursor=" + sort + ".0." +
                             thing.id,
                         {}, thing.id);
            for (auto const* workflow : workflows::testing::tested_workflows()) {
                if (InstanceResource(*workflow).collection() != thing.collection) continue;
                for (auto const& command : workflow->commands()) {
                    auto const given = "/commands/" + std::string(command.name);
                    same(user, "POST " + path + given, json::object(), thing.id);
                    same(user, "POST " + collection + given, {{"ids", {thing.id}}}, thing.id);
                }
            }
        }
    }
    // Named in a command of one's own: as the main problem, or on a meeting's agenda.
    for (auto const& hidden : {story.foreign, story.drafted}) {
        same("county", "POST /api/v1/problems/" + story.main + "/commands/merge",
             {{"into", hidden}}, hidden);
        same("county", "POST /api/v1/consultations",
             {{"title", "t"},
              {"agenda", "a"},
              {"problems", {hidden}},
              {"held_at", "2026-03-05T09:00:00+08:00"}},
             hidden);
    }
    MESSAGE(compared, " pairs compared");
    CHECK(compared > 1'000);
}

TEST_CASE("what is alike is told within the own county, and drafts to nobody") {
    Story story;
    auto const titles = [&](std::string const& user, std::string const& more) {
        auto const line = "GET /api/v1/problems/similar?title=title " + more;
        return story.send(user, line).text;
    };
    for (auto const* own : {"SCREENED", "HANDLED", "LOST"})
        CHECK(titles("township", own).find(own) != std::string::npos);
    for (auto const& [user, hidden] : std::initializer_list<std::pair<char const*, char const*>>{
             {"township", "FOREIGN"},
             {"township", "FOREIGN&region=360121"},
             {"county", "LEFT&region=360121"},
             {"city", "FOREIGN&region=360121"},
             {"elsewhere-reporter", "HANDLED"},
             {"elsewhere-reporter", "HANDLED&region=360731"},
             {"elsewhere", "SCREENED&region=36"},
             {"neighbour", "DRAFTED"},
             {"county", "DRAFTED"},
             {"county", "DISCARDED"},
             {"province", "DRAFTED&region=360731"}}) {
        std::string const marker(std::string(hidden).substr(0, std::string(hidden).find('&')));
        INFO(user, " ", hidden);
        CHECK(titles(user, hidden).find(marker) == std::string::npos);
    }
}

TEST_CASE("of what is alike, a unit hears of its own alone, and a township only whom to ask") {
    Story story;
    auto const alike = [&](std::string const& user, std::string const& more) {
        return story.send(user, "GET /api/v1/problems/similar?title=title " + more).body["items"];
    };
    for (auto const* hidden :
         {"LOST", "SCREENED", "FOREIGN", "HANDLED&region=360731", "FOREIGN&region=360121"})
        CHECK(alike("far-department", hidden).empty());
    for (auto const* unit : {"department", "finance"}) {
        INFO(unit);
        CHECK(alike(unit, "HANDLED").at(0)["id"] == story.handled);
        for (auto const* other : {"HANDLED", "LOST", "SCREENED", "MERGED"})
            for (auto const& one : alike(unit, other)) CHECK(one["title"] == "title HANDLED");
    }
    for (auto const& one : alike("township", "LOST")) {
        bool const own = one["title"] != "title LOST";
        INFO(one.dump());
        CHECK(one.contains("id") == own);
        CHECK(one.contains("state") == own);
        CHECK(one.value("ask", "") == (own ? "" : "360731"));
    }
    for (auto const& one : alike("county", "LOST")) CHECK(one.contains("id"));

    // However many others there are, they neither show nor take the place of the unit's own.
    auto const before = alike("department", "HANDLED");
    for (int i = 0; i < 8; ++i)
        static_cast<void>(story.reported("neighbour", "360731101", "HANDLED"));
    CHECK(alike("department", "HANDLED") == before);
}

TEST_CASE("who has moved to another office does not see by repeating what was theirs before") {
    Story story;
    Extra const key{.idempotency_key = "once"};
    auto const line = "POST /api/v1/problems/" + story.handled + "/commands/log_progress";
    json const body = {{"text", "half of it is done"}};
    CHECK(story.ask("department", line, body, key).status == 200);
    CHECK(story.ask("department", line, body, key).status == 200);
    json const move = {{"organisation", "36-natural-resources"}};
    REQUIRE(story.ask("admin", "PATCH /api/v1/users/department", move).status == 200);
    CHECK(story.ask("department", line, body, key).status == 401); // that session has ended
    auto const again = story.desk.office.accounts.sign_in("department", "correct horse", "test");
    REQUIRE(again.has_value());
    story.knows("department", again->token);
    CHECK(story.ask("department", line, body, key).code() == "instance_not_found");
}
