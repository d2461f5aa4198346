#include "tools/load/life.hpp"

namespace banjie::load {

using boost::asio::awaitable;
using nlohmann::json;

namespace {

struct Deed {
    char const* by;
    char const* command; // nullptr: the report
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

constexpr unsigned no_space = 507;
constexpr std::size_t token_characters = 43; // as Banjie's

std::string token_of(LoadOrder const& order, std::string const& account) {
    if (order.floor) return std::string(token_characters, '0');
    auto const token = order.tokens.find(account);
    return token == order.tokens.end() ? std::string() : token->second;
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
    auto const began = std::chrono::steady_clock::now();
    LoadAnswer answer;
    try {
        answer = co_await line.ask(target, token_of(order_, deed.by), deed.fields,
                                   order_.next_key ? order_.next_key() : std::string());
    } catch (boost::system::system_error const&) {
        record({}, began);
        throw;
    }
    if (answer.good() && id_.empty() && !order_.floor)
        id_ = json::parse(answer.body).at("id").get<std::string>();
    record(answer, began);
    done_ = answer.good() ? done_ + 1 : deeds().size();
    co_return answer;
}

void Life::record(LoadAnswer const& answer, Record::Time began) {
    if (id_.empty()) return;
    auto const ended = std::chrono::steady_clock::now();
    bool const told = answer.status > 0 && answer.status < 500;
    if (answer.good())
        order_.record.did(id_, deeds()[done_].command, answer.version, began, ended);
    else if (!told && answer.status != no_space)
        order_.record.may_have_done(id_, began);
}

awaitable<void> look_at(std::string problem, LoadOrder const& order, Line& line) {
    auto const began = std::chrono::steady_clock::now();
    auto const answer = co_await line.ask("/api/v1/problems/" + problem, token_of(order, "county"));
    if (answer.good())
        order.record.saw(problem, answer.version, began, std::chrono::steady_clock::now());
}

} // namespace banjie::load
