// Stores that earlier versions wrote (tests/kept): they open, and every answer is the same.

#include "tests/api/door.hpp"
#include "tests/storage/place.hpp"
#include "tests/workflows/calendar_file.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

using namespace banjie;
using namespace banjie::api;
using nlohmann::json;

namespace {

constexpr char const* kept = "tests/kept/0.1/";
constexpr char const* password = "end-to-end-7";

void unpack(std::string const& folder) {
    std::filesystem::create_directories(folder);
    auto const command = "tar -xzf '" + std::string(BANJIE_SOURCE_DIRECTORY) + "/" + kept +
                         "store.tar.gz' -C '" + folder + "'";
    REQUIRE(std::system(command.c_str()) == 0);
}

/// Where `now` lacks or changes anything that was answered `then`; what has come besides is fine.
std::string difference(json const& then, json const& now, std::string const& path = {}) {
    if (then.is_object() && now.is_object()) {
        for (auto const& [name, value] : then.items()) {
            if (!now.contains(name)) return path + "/" + name + " is absent";
            if (auto found = difference(value, now.at(name), path + "/" + name); !found.empty())
                return found;
        }
        return {};
    }
    if (then.is_array() && now.is_array() && then.size() == now.size()) {
        for (std::size_t i = 0; i < then.size(); ++i)
            if (auto found = difference(then[i], now[i], path + "/" + std::to_string(i));
                !found.empty())
                return found;
        return {};
    }
    return then == now ? std::string() : path + " was " + then.dump() + ", is " + now.dump();
}

void compare(Door& door) {
    auto const answers =
        json::parse(workflows::testing::source_text(kept + std::string("answers.json")));
    for (auto const& [question, then] : answers.items()) {
        auto const space = question.find(' ');
        auto const answered =
            door.send(question.substr(0, space), "GET " + question.substr(space + 1));
        INFO(question, ": ", answered.text.substr(0, 300));
        REQUIRE(answered.status == 200);
        auto now = answered.body;
        if (now.contains("items")) {
            auto ids = json::array();
            for (auto const& item : now["items"])
                if (ids.size() < 3) ids.push_back(item["id"]);
            now = {{"total", now["total"]}, {"ids", std::move(ids)}};
        }
        CHECK(difference(then, now) == "");
    }
}

/// Signs in once: each door draws the same tokens, and the store keeps the sessions.
void sign_in(Door& door, std::map<std::string, std::string>& tokens) {
    for (std::string const user : {"province", "county"}) {
        if (!tokens.contains(user)) {
            auto const session = door.desk.office.accounts.sign_in(user, password, "test");
            REQUIRE(session.has_value());
            tokens[user] = session->token;
        }
        door.knows(user, tokens[user]);
    }
}

} // namespace

TEST_CASE("a store that the version before numbers wrote opens, and answers as it did then") {
    storage::Place const place;
    unpack(place.path("store"));
    std::map<std::string, std::string> numbers;
    std::map<std::string, std::string> tokens;
    for (bool const again : {false, true}) {
        auto const store = storage::opened(storage::options_for(place.path("store")));
        Door door(*store);
        sign_in(door, tokens);
        compare(door);
        // Everything has a number of its own, and keeps it.
        std::set<std::string> different;
        for (auto const* collection : {"problems", "consultations", "inspection-leads"}) {
            auto const line = "GET /api/v1/" + std::string(collection) + "?limit=200&sort=created";
            auto const list = door.send("province", line);
            INFO(line, ": ", list.text.substr(0, 300));
            REQUIRE(list.status == 200);
            for (auto const& item : list.body["items"]) {
                auto const number = item.value("number", "");
                INFO(item["id"].get<std::string>(), " ", number);
                CHECK(different.insert(number).second);
                CHECK_FALSE(number.empty());
                auto const id = item["id"].get<std::string>();
                CHECK((!again || numbers.at(id) == number));
                numbers[id] = number;
            }
        }
        CHECK(different.size() > 100);
        CHECK(door.send("province", "GET /api/v1/problems/" + *different.begin()).status == 200);
    }
}
