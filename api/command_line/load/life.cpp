#include "api/command_line/load/life.hpp"

namespace banjie::api::command_line {

using boost::asio::awaitable;
using nlohmann::json;

namespace {

struct Deed {
    char const* by;
    char const* command; // none: the report
    json fields;
};

std::vector<Deed> const& deeds() {
    static std::vector<Deed> const all = {
        {"township",
         "",
         {{"title", "断头路影响群众出行"},
          {"description", "通村公路尚有三公里未硬化，雨天无法通行，沿线两个村六百余户群众出行困"
                          "难，请求协调解决。"},
          {"category", "transport"},
          {"region", "360731100"},
          {"submit", true}}},
        {"county", "accept", json::object()},
        {"county", "assign", {{"lead_unit", "360731-transport"}}},
        {"load-unit", "acknowledge", json::object()},
        {"load-unit", "log_progress", {{"text", "已现场勘察，正在编制方案。"}}},
        {"load-unit",
         "submit_resolution",
         {{"result", "solved"}, {"measures", "三公里路段已硬化并通过验收。"}}},
        {"county", "approve_resolution", json::object()},
        {"visitor",
         "log_visit",
         {{"method", "on_site"},
          {"thoroughly_resolved", "yes"},
          {"accepted_by_grassroots", "satisfied"},
          {"findings", "现场查看，道路畅通，群众满意。"}}},
        {"visitor", "conclude_visits", json::object()},
        {"county", "close", json::object()}};
    return all;
}

} // namespace

Life::Life(LoadOrder const& order) : order_(order) {}

bool Life::over() const {
    return done_ >= deeds().size();
}

awaitable<LoadAnswer> Life::go_on(Line& line) {
    Deed const& deed = deeds()[done_];
    std::string target = "/api/v1/problems";
    if (*deed.command != '\0') target += "/" + id_ + "/commands/" + deed.command;
    auto const token = order_.tokens.find(deed.by);
    auto answer = co_await line.ask(
        target, token == order_.tokens.end() ? std::string() : token->second, deed.fields);
    if (answer.good() && id_.empty() && !order_.floor)
        id_ = json::parse(answer.body).at("id").get<std::string>();
    done_ = answer.good() ? done_ + 1 : deeds().size();
    co_return answer;
}

} // namespace banjie::api::command_line
