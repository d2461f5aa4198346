#include "tools/demonstration/demonstration.hpp"

#include "api/command_line/arguments.hpp"
#include "api/command_line/progress_bar.hpp"
#include "engine/people/built_in_organisations.hpp"
#include "engine/people/session_tokens.hpp"

#include <fstream>
#include <sstream>
#include <sys/stat.h>

namespace banjie::demonstration {

using api::command_line::ProgressBar;
using engine::Outcome;
using engine::Role;

namespace {

struct Person {
    std::string_view name, display_name, organisation;
    Role role;
};

constexpr Person people[] = {
    {"township", "贡江镇经办人", "360731100", Role::reporter},
    {"county", "于都县协调员", "360731", Role::coordinator},
    {"city", "赣州市协调员", "3607", Role::coordinator},
    {"province", "省协调员", "36", Role::coordinator},
    {"screener", "省发展改革委审核人", "36-development-and-reform", Role::screener},
    {"department", "省自然资源厅承办人", "36-natural-resources", Role::handler},
    {"visitor", "省回访组", "36-follow-up", Role::visitor},
    {"leader", "省领导", "36", Role::supervisor},
    {"admin", "系统管理员", "36", Role::administrator},
};

std::string password_for(std::string const& data) {
    auto const given = api::command_line::environment("BANJIE_DEMO_PASSWORD", "");
    if (!given.empty()) return given;
    std::string const path = data + "/demonstration-password";
    std::string password;
    if (std::ifstream kept(path); kept && std::getline(kept, password)) return password;
    password = engine::make_token(engine::system_random()).substr(0, 14);
    std::ofstream(path) << password << "\n";
    chmod(path.c_str(), S_IRUSR | S_IWUSR);
    return password;
}

Outcome<void> fill(engine::Office& office, StoryClock& clock, std::string const& password) {
    auto const system = engine::system_caller();
    auto const now = clock.now();
    {
        ProgressBar bar("organisations");
        auto const imported = office.organisations.import(
            office.documents, system, engine::built_in_organisations(),
            [&bar](std::size_t done, std::size_t total) { bar.show(done, total); });
        if (!imported) return imported.error();
    }
    for (Person const& person : people) {
        engine::User user;
        user.name = person.name;
        user.display_name = person.display_name;
        user.organisation = person.organisation;
        user.roles = {person.role};
        auto const saved = office.accounts.save(system, std::move(user), password, 0);
        if (!saved) return saved.error();
    }
    ProgressBar bar("story");
    return tell_story(office, clock, now,
                      [&bar](std::size_t done, std::size_t total) { bar.show(done, total); });
}

} // namespace

Outcome<std::string> prepare(engine::Office& office, StoryClock& clock, std::string const& data) {
    auto const password = password_for(data);
    if (office.organisations.size() == 0)
        if (auto filled = fill(office, clock, password); !filled) return filled.error();
    std::ostringstream text;
    text << "\n  Accounts of the demonstration, all with the password  " << password << "\n\n";
    for (Person const& person : people) {
        auto const organisation = office.organisations.find(person.organisation);
        text << "    " << person.name << std::string(12 - person.name.size(), ' ')
             << name_of(person.role) << ", " << (organisation ? organisation->name : "") << "\n";
    }
    text << "\n";
    return text.str();
}

} // namespace banjie::demonstration
