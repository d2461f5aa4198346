#include "api/command_line/commands.hpp"
#include "api/command_line/offline.hpp"
#include "api/command_line/progress_bar.hpp"
#include "api/command_line/secret.hpp"
#include "engine/people/built_in_organisations.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

namespace banjie::api::command_line {

namespace {

using engine::User;

Usage const user_usage{
    "banjie user create|password|second-factor|list [NAME] [--organisation CODE] [--role ROLE]… "
    "[--own-password]",
    "Accounts in a store that no server has open. The first administrator is made so:\n\n"
    "  banjie user create admin --organisation 36 --role administrator --data ./var\n\n"
    "The password is asked for, or taken from BANJIE_PASSWORD. Whose account it is has to change "
    "it\n"
    "when they first sign in, unless --own-password says that they gave it themselves. Where the\n"
    "last administrator has lost the device of the second factor and the recovery codes:\n\n"
    "  banjie user second-factor admin --data ./var\n\n"
    "takes the second factor off the account. Roles:\n"
    "reporter, coordinator, screener, handler, visitor, supervisor, administrator.",
    1, 2};

int saved(OfflineOffice& offline, Arguments const& arguments, User user,
          std::optional<std::uint64_t> version) {
    std::string const name = user.name;
    user.must_change_password = !arguments.flag("own-password");
    auto const result =
        offline.office().accounts.save(engine::system_caller(), std::move(user),
                                       ask_password("Password of " + name + ": "), version);
    if (!result) return fail(message_of(result.error()));
    std::cout << "Saved " << name << ".\n";
    return 0;
}

int create(OfflineOffice& offline, Arguments const& arguments) {
    User user;
    user.name = arguments.words[1];
    user.display_name = arguments.text("display-name");
    if (user.display_name.empty()) user.display_name = user.name;
    user.organisation = arguments.text("organisation");
    if (!arguments.flag("role")) return fail("an account needs at least one --role");
    for (auto const& name : arguments.as<Words>("role")) {
        auto const role = engine::role_named(name);
        if (!role) return fail("there is no role '" + name + "'");
        user.roles.add(*role);
    }
    return saved(offline, arguments, std::move(user), 0);
}

int reset_second_factor(OfflineOffice& offline, std::string const& name) {
    auto const reset = offline.office().accounts.reset_second_factor(engine::system_caller(), name);
    if (!reset) return fail(message_of(reset.error()));
    std::cout << "Took the second factor off " << name << ".\n";
    return 0;
}

int list_users(OfflineOffice& offline) {
    constexpr std::size_t at_once = 200;
    for (std::string after;;) {
        auto const users = offline.office().accounts.list("", after, at_once);
        for (User const& user : users) {
            std::cout << user.name << "  " << user.organisation << "  " << user.display_name;
            for (auto role = 0U; role < workflows::role_count; ++role)
                if (user.roles.has(static_cast<engine::Role>(role)))
                    std::cout << "  " << name_of(static_cast<engine::Role>(role));
            std::cout << (user.active ? "\n" : "  (closed)\n");
        }
        if (users.size() < at_once) return 0;
        after = users.back().name;
    }
}

} // namespace

int user(Typed typed) {
    options::options_description known;
    add_data_option(known);
    known.add_options()("organisation", options::value<std::string>()->value_name("CODE"),
                        "whom the account belongs to")(
        "display-name", options::value<std::string>()->value_name("NAME"), "as people know it")(
        "role", options::value<Words>()->value_name("ROLE"), "may be given several times")(
        "own-password", "the password is known to nobody else, and stays");
    int status = 0;
    auto const arguments = parse(typed, user_usage, known, status);
    if (!arguments) return status;
    auto const& verb = arguments->words[0];
    bool const named = arguments->words.size() == 2;
    if (verb != "list" && !named) return fail("the name of the account is missing");
    OfflineOffice offline(store_directory(*arguments));
    if (!offline.trouble().empty()) return fail(offline.trouble());
    if (verb == "list") return list_users(offline);
    if (verb == "create") {
        // The first account needs an organisation, and an empty store has none.
        if (offline.office().organisations.size() == 0) {
            ProgressBar bar("organisations");
            auto const imported = offline.office().organisations.import(
                offline.office().documents, engine::system_caller(),
                engine::built_in_organisations(),
                [&bar](std::size_t done, std::size_t total) { bar.show(done, total); });
            if (!imported) return fail(message_of(imported.error()));
        }
        return create(offline, *arguments);
    }
    if (verb == "second-factor") return reset_second_factor(offline, arguments->words[1]);
    if (verb != "password")
        return fail("'" + verb + "' is not one of create, password, second-factor and list");
    auto const known_user = offline.office().accounts.find(arguments->words[1]);
    if (!known_user) return fail("there is no account '" + arguments->words[1] + "'");
    return saved(offline, *arguments, *known_user, std::nullopt);
}

int security(Typed typed) {
    options::options_description known;
    add_data_option(known);
    int status = 0;
    auto const arguments =
        parse(typed,
              {"banjie security show|reset",
               "The security policy of a store that no server has open. Where its lists of "
               "addresses lock\n"
               "everybody out, reset goes back to what is built in; accounts, second factors and "
               "keys stay.",
               1, 1},
              known, status);
    if (!arguments) return status;
    auto const& verb = arguments->words[0];
    if (verb != "show" && verb != "reset") return fail("'" + verb + "' is neither show nor reset");
    OfflineOffice offline(store_directory(*arguments));
    if (!offline.trouble().empty()) return fail(offline.trouble());
    auto& security = offline.office().security;
    if (verb == "reset")
        if (auto const reset = security.reset(); !reset) return fail(message_of(reset.error()));
    std::cout << engine::text_of(*security.policy()) << "\n";
    return 0;
}

int organisation(Typed typed) {
    options::options_description known;
    add_data_option(known);
    int status = 0;
    auto const arguments = parse(
        typed,
        {"banjie organisation import [FILE]",
         "Creates or changes organisations in a store that no server has open, from a JSON list\n"
         "[{\"code\":\"360731-transport\",\"name\":\"…\"},…]; without a file, the divisions of\n"
         "Jiangxi and their departments that are built in. All is checked before any is written.",
         1, 2},
        known, status);
    if (!arguments) return status;
    if (arguments->words[0] != "import") return fail("'" + arguments->words[0] + "' is not import");
    std::string text;
    if (arguments->words.size() == 2) {
        std::ifstream file(arguments->words[1], std::ios::binary);
        std::ostringstream content;
        content << file.rdbuf();
        if (!file) return fail("cannot read " + arguments->words[1]);
        text = content.str();
    } else {
        text = engine::built_in_organisations();
    }
    OfflineOffice offline(store_directory(*arguments));
    if (!offline.trouble().empty()) return fail(offline.trouble());
    ProgressBar bar("organisations");
    auto const changed = offline.office().organisations.import(
        offline.office().documents, engine::system_caller(), text,
        [&bar](std::size_t done, std::size_t total) { bar.show(done, total); });
    if (!changed) return fail(message_of(changed.error()));
    std::cout << *changed << " organisations are new or changed.\n";
    return 0;
}

} // namespace banjie::api::command_line
