#include "tools/load/accounts.hpp"

namespace banjie::load {

using api::command_line::Answer;
using api::command_line::Client;

std::optional<std::map<std::string, std::string>> sign_in_for_load(Client& client,
                                                                   std::string const& password) {
    auto const sign_in_as = [&](std::string const& name, std::string const& its_password) {
        return client.ask("POST", "/api/v1/sessions",
                          {{"username", name}, {"password", its_password}});
    };
    auto const refused = [](Answer const& answer) {
        print_refusal(answer);
        return std::nullopt;
    };
    if (!sign_in_as("load-unit", password).good()) {
        auto const admin = sign_in_as("admin", password);
        if (!admin.good()) return refused(admin);
        client.act_as(admin.body.at("token"));
        auto const first_password = password + " at first";
        auto const made = client.ask("POST", "/api/v1/users",
                                     {{"name", "load-unit"},
                                      {"display_name", "load"},
                                      {"organisation", "360731-transport"},
                                      {"roles", {"handler"}},
                                      {"password", first_password}});
        if (!made.good()) return refused(made);
        auto const newcomer = sign_in_as("load-unit", first_password);
        if (!newcomer.good()) return refused(newcomer);
        client.act_as(newcomer.body.at("token"));
        auto const changed =
            client.ask("PUT", "/api/v1/me/password",
                       {{"old_password", first_password}, {"new_password", password}});
        if (!changed.good()) return refused(changed);
    }
    std::map<std::string, std::string> tokens;
    for (auto const* name : {"township", "county", "load-unit", "visitor", "province"}) {
        auto const answer = sign_in_as(name, password);
        if (!answer.good()) return refused(answer);
        tokens[name] = answer.body.at("token");
    }
    return tokens;
}

} // namespace banjie::load
