#include "api/command_line/load/accounts.hpp"

namespace banjie::api::command_line {

std::optional<std::map<std::string, std::string>> sign_in_for_load(Client& client,
                                                                   std::string const& password) {
    auto const sign_in_as = [&](std::string const& name) {
        return client.ask("POST", "/api/v1/sessions", {{"username", name}, {"password", password}});
    };
    auto const refused = [](Answer const& answer) {
        print_refusal(answer);
        return std::nullopt;
    };
    if (!sign_in_as("load-unit").good()) {
        auto const admin = sign_in_as("admin");
        if (!admin.good()) return refused(admin);
        client.act_as(admin.body.at("token"));
        auto const made = client.ask("POST", "/api/v1/users",
                                     {{"name", "load-unit"},
                                      {"display_name", "load"},
                                      {"organisation", "360731-transport"},
                                      {"roles", {"handler"}},
                                      {"password", password}});
        if (!made.good()) return refused(made);
    }
    std::map<std::string, std::string> tokens;
    for (auto const* name : {"township", "county", "load-unit", "visitor", "province"}) {
        auto const answer = sign_in_as(name);
        if (!answer.good()) return refused(answer);
        tokens[name] = answer.body.at("token");
    }
    return tokens;
}

} // namespace banjie::api::command_line
