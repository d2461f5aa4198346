#include "api/resources/own_data_api.hpp"

#include "api/resources/sessions_api.hpp"
#include "api/resources/users_api.hpp"
#include "engine/limits.hpp"
#include "engine/text/time_text.hpp"

namespace banjie::api::own_data {

using engine::Outcome;
using nlohmann::json;

namespace {

json act_json(engine::StreamEvent const& event, json const& told) {
    json act = {{"seq", event.seq}};
    for (auto const* name : {"at", "type", "workflow", "subject", "fields", "address"})
        if (auto const found = told.find(name); found != told.end()) act[name] = *found;
    return act;
}

struct Acts {
    json items = json::array();
    bool is_complete = true; // nothing older was left out
};

/// Adds those of one page, which is in order of age, newest first.
void add_acts(auto const& page, std::string const& user, Acts& acts) {
    auto const mark = "\"actor\":" + json(user).dump();
    for (auto event = page.rbegin(); event != page.rend(); ++event) {
        if ((*event)->text.find(mark) == std::string::npos) continue;
        auto const told = json::parse((*event)->text);
        if (told.value("actor", "") != user) continue;
        acts.is_complete = acts.items.size() < engine::limits::own_acts;
        if (!acts.is_complete) return;
        acts.items.push_back(act_json(**event, told));
    }
}

Outcome<Acts> acts_of(engine::EventStream& stream, std::string const& user) {
    Acts acts;
    auto const last = stream.last_seq();
    auto const oldest = last - std::min<std::uint64_t>(last, engine::limits::own_events);
    for (auto until = last; until > oldest && acts.is_complete;) {
        auto const after =
            std::max(oldest, until - std::min<std::uint64_t>(until, engine::limits::stream_page));
        std::vector<std::shared_ptr<engine::StreamEvent const>> page;
        for (auto at = after; at < until;) {
            auto const read = stream.read(at, until - at);
            if (!read) return read.error();
            if (read->empty()) break;
            page.insert(page.end(), read->begin(), read->end());
            at = page.back()->seq;
        }
        add_acts(page, user, acts);
        until = after;
    }
    acts.is_complete = acts.is_complete && oldest == 0;
    return acts;
}

json second_factor_json(engine::SecondFactorState const& state) {
    json shown = {{"enrolled", state.enrolled_at.has_value()},
                  {"compulsory", state.is_compulsory},
                  {"recovery_codes_left", state.recovery_codes_left}};
    if (state.enrolled_at) shown["enrolled_at"] = engine::time_text(*state.enrolled_at);
    return shown;
}

} // namespace

Outcome<Response> get(Exchange& exchange) {
    auto& office = exchange.office();
    auto const& user = exchange.actor.user;
    json data = {{"made_at", engine::time_text(office.clock.now())}};
    if (auto const account = office.accounts.find(user)) {
        data["account"] = users::user_json(*account, office);
        data["second_factor"] = second_factor_json(office.accounts.second_factor_of(user));
    }
    data["sessions"] = json::array();
    for (auto const& session :
         office.accounts.sessions_of(exchange.actor, exchange.credentials.token))
        data["sessions"].push_back(sessions::session_json(session));
    auto const settings = office.documents.find("settings", user);
    if (!settings) return settings.error();
    data["settings"] = *settings ? json::parse((*settings)->body) : json::object();
    auto acts = acts_of(office.stream, user);
    if (!acts) return acts.error();
    data["acts"] = std::move(acts->items);
    data["acts_complete"] = acts->is_complete;
    auto response = json_response(data);
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"my-data.json\"");
    return response;
}

} // namespace banjie::api::own_data
