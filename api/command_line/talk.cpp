// The commands sign-in, create, list, show and do, in any workflow of the server.

#include "api/command_line/client.hpp"
#include "api/command_line/commands.hpp"
#include "api/command_line/secret.hpp"

#include <iostream>
#include <sstream>

namespace banjie::api::command_line {

using nlohmann::json;

namespace {

std::string text_in(json const& object, char const* name) {
    auto const found = object.find(name);
    if (found == object.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

/// Returns the label if there is one, else the name itself.
std::string labelled(json const& shown, char const* name) {
    auto const labels = shown.find("labels");
    if (labels != shown.end() && labels->contains(name)) return text_in(*labels, name);
    return text_in(shown, name);
}

std::string day_of(std::string const& time) {
    return time.empty() ? "          " : time.substr(0, 10);
}

void print_row(json const& item, json const& workflow) {
    std::cout << text_in(item, "id") << "  " << day_of(text_in(item, "due_at")) << "  "
              << labelled(item, "light") << "  " << labelled(item, "state") << "  "
              << text_in(item, text_in(workflow, "title_fact").c_str()) << "\n";
}

std::string path_of(json const& workflow) {
    return "/api/v1/" + text_in(workflow, "collection");
}

void add_in_option(options::options_description& known) {
    known.add_options()("in", options::value<std::string>()->value_name("COLLECTION"),
                        "of which workflow; else of the server's first one");
}

/// Returns what the server says of the workflow that --in asks for. Prints why if it returns
/// nullopt.
std::optional<json> workflow_asked(Client& client, Arguments const& arguments) {
    auto const all = client.ask("GET", "/api/v1/workflows");
    if (!all.good()) {
        print_refusal(all);
        return std::nullopt;
    }
    std::string collections;
    for (auto const& one : all.body.at("items")) {
        auto const collection = text_in(one, "collection");
        collections += (collections.empty() ? "" : ", ") + collection;
        if (arguments.flag("in") && collection != arguments.text("in")) continue;
        auto whole = client.ask("GET", "/api/v1/workflows/" + text_in(one, "name") +
                                           "?lang=" + language_of(arguments));
        if (whole.good()) return std::move(whole.body);
        print_refusal(whole);
        return std::nullopt;
    }
    fail("there is no collection '" + arguments.text("in") + "'; there are " + collections);
    return std::nullopt;
}

Words split(std::string const& text) {
    Words words;
    std::istringstream in(text);
    for (std::string word; std::getline(in, word, ',');) words.push_back(word);
    return words;
}

/// Converts the value of "field=value" to the kind in the form.
json value_of(std::string const& kind, std::string const& text) {
    if (kind == "boolean") return text == "true" || text == "yes";
    if (kind == "integer") {
        auto const read = json::parse(text, nullptr, false);
        return read.is_number_integer() ? read : json(text);
    }
    if (kind == "texts" || kind == "units" || kind == "instances") return split(text);
    return text;
}

/// Returns the form of a command; empty if the workflow has no such command.
json form_of(json const& workflow, std::string const& command) {
    for (auto const& known : workflow.at("commands"))
        if (known.at("command") == command) return known.at("form");
    return json::array();
}

/// Reads words "field=value" from the one at `from` on. Prints why if it returns nullopt.
std::optional<json> read_fields(Words const& words, std::size_t from, json const& form) {
    json fields = json::object();
    for (std::size_t i = from; i < words.size(); ++i) {
        auto const equals = words[i].find('=');
        if (equals == std::string::npos) {
            fail("'" + words[i] + "' is not of the form FIELD=VALUE");
            return std::nullopt;
        }
        auto const name = words[i].substr(0, equals);
        std::string kind = "text";
        for (auto const& field : form)
            if (field.at("name") == name) kind = field.at("kind");
        fields[name] = value_of(kind, words[i].substr(equals + 1));
    }
    return fields;
}

void print_commands(json const& commands) {
    for (auto const& permitted : commands.value("permitted", json::array())) {
        std::cout << "  " << text_in(permitted, "command") << "  " << text_in(permitted, "label");
        for (auto const& field : permitted.at("form"))
            std::cout << "  " << text_in(field, "name") << (field.at("required") ? "=…" : "=…?");
        std::cout << "\n";
    }
}

void print_history(json const& items) {
    for (auto const& event : items) {
        std::cout << "  " << text_in(event, "at").substr(0, 16) << "  " << text_in(event, "type")
                  << "  " << text_in(event, "actor_name");
        for (auto const& [name, value] : event.at("fields").items())
            std::cout << "  " << name << "="
                      << (value.is_string() ? value.get<std::string>() : value.dump());
        std::cout << "\n";
    }
}

} // namespace

int sign_in(Typed typed) {
    options::options_description known;
    add_client_options(known);
    int status = 0;
    auto const arguments = parse(typed,
                                 {"banjie sign-in NAME [--server URL]",
                                  "Opens a session for the commands that follow. The password is "
                                  "asked for, or\ntaken from BANJIE_PASSWORD.",
                                  1, 1},
                                 known, status);
    if (!arguments) return status;
    Client client(*arguments);
    auto const& name = arguments->words[0];
    json given = {{"username", name}, {"password", ask_password("Password of " + name + ": ")}};
    auto answer = client.ask("POST", "/api/v1/sessions", given);
    if (text_in(answer.body, "code") == "second_factor_required") {
        std::cerr << "Code of the second factor: " << std::flush;
        std::string code;
        std::getline(std::cin, code);
        given["code"] = code;
        answer = client.ask("POST", "/api/v1/sessions", given);
    }
    if (!answer.good()) return print_refusal(answer);
    keep_session({client.server(), name, answer.body.at("token")});
    std::cout << "Signed in as " << answer.body.at("user").value("display_name", name) << " until "
              << text_in(answer.body, "expires_at").substr(0, 16) << ".\n";
    return 0;
}

int create(Typed typed) {
    options::options_description known;
    add_client_options(known);
    add_in_option(known);
    int status = 0;
    auto const arguments = parse(typed,
                                 {"banjie create [--in COLLECTION] FIELD=VALUE…",
                                  "Creates an instance for the own office. Lists are separated by "
                                  "commas.\n\n"
                                  "  banjie create title=断头路 description=雨天无法通行 "
                                  "category=transport region=360731100 submit=yes",
                                  1, 40},
                                 known, status);
    if (!arguments) return status;
    Client client(*arguments);
    auto const workflow = workflow_asked(client, *arguments);
    if (!workflow) return 1;
    auto const& creating = workflow->at("creating");
    auto const fields =
        read_fields(arguments->words, 0, creating.is_null() ? json::array() : creating.at("form"));
    if (!fields) return 2;
    auto const answer =
        client.ask("POST", path_of(*workflow) + "?lang=" + language_of(*arguments), *fields);
    if (!answer.good()) return print_refusal(answer);
    print_row(answer.body, *workflow);
    return 0;
}

int list(Typed typed) {
    constexpr char const* filters[] = {"state",  "stage", "mark", "moment", "from", "until",
                                       "region", "unit",  "q",    "sort",   "limit"};
    options::options_description known;
    add_client_options(known);
    add_in_option(known);
    for (auto const* filter : filters)
        known.add_options()(filter, options::value<std::string>()->value_name("VALUE"),
                            "narrows the list; see /docs");
    known.add_options()("mine", "what waits for me");
    int status = 0;
    auto const arguments =
        parse(typed,
              {"banjie list [--in COLLECTION] [--mine] [--stage STAGE] [FILTER=VALUE]…",
               "Lists instances: id, due date, light, state, title. A workflow's own filters are "
               "words.\n\n"
               "  banjie list --mine --sort due light=overdue",
               0, 20},
              known, status);
    if (!arguments) return status;
    Client client(*arguments);
    auto const workflow = workflow_asked(client, *arguments);
    if (!workflow) return 1;
    auto const asked = read_fields(arguments->words, 0, json::array());
    if (!asked) return 2;
    std::string target = path_of(*workflow) + "?lang=" + language_of(*arguments);
    for (auto const* filter : filters)
        if (arguments->flag(filter))
            target += "&" + std::string(filter) + "=" + escaped(arguments->text(filter));
    for (auto const& [name, value] : asked->items())
        target += "&" + escaped(name) + "=" + escaped(value.get<std::string>());
    if (arguments->flag("mine")) target += "&mine=true";
    auto const answer = client.ask("GET", target);
    if (!answer.good()) return print_refusal(answer);
    auto const& items = answer.body.at("items");
    for (auto const& item : items) print_row(item, *workflow);
    std::cerr << items.size() << " of " << answer.body.at("total") << "\n";
    return 0;
}

int show(Typed typed) {
    options::options_description known;
    add_client_options(known);
    add_in_option(known);
    known.add_options()("all", "also what I may not do now, and why");
    int status = 0;
    auto const arguments =
        parse(typed,
              {"banjie show ID [--in COLLECTION] [--all]",
               "Shows an instance: its facts, what has happened, and what I may do now.", 1, 1},
              known, status);
    if (!arguments) return status;
    Client client(*arguments);
    auto const workflow = workflow_asked(client, *arguments);
    if (!workflow) return 1;
    auto const path = path_of(*workflow) + "/" + escaped(arguments->words[0]);
    auto const answer = client.ask("GET", path + "?lang=" + language_of(*arguments));
    if (!answer.good()) return print_refusal(answer);
    print_row(answer.body, *workflow);
    for (auto const& [name, value] : answer.body.items())
        if (name != "commands" && name != "labels" && name != "id" &&
            name != text_in(*workflow, "title_fact"))
            std::cout << "  " << name << ": "
                      << (value.is_string() ? value.get<std::string>() : value.dump()) << "\n";
    auto const history = client.ask("GET", path + "/history?limit=500");
    if (!history.good()) return print_refusal(history);
    std::cout << "History\n";
    print_history(history.body.at("items"));
    std::cout << "What I may do now\n";
    print_commands(answer.body.at("commands"));
    if (!arguments->flag("all")) return 0;
    std::cout << "What I may not\n";
    for (auto const& refused : answer.body.at("commands").at("refused"))
        std::cout << "  " << text_in(refused, "command") << "  " << text_in(refused, "detail")
                  << "\n";
    return 0;
}

int give(Typed typed) {
    options::options_description known;
    add_client_options(known);
    add_in_option(known);
    int status = 0;
    auto const arguments =
        parse(typed,
              {"banjie do ID COMMAND [FIELD=VALUE]…",
               "Gives a command. Lists are separated by commas.\n\n"
               "  banjie do 01K… assign lead_unit=360731-transport co_handlers=360731-finance",
               2, 40},
              known, status);
    if (!arguments) return status;
    Client client(*arguments);
    auto const& command = arguments->words[1];
    auto const workflow = workflow_asked(client, *arguments);
    if (!workflow) return 1;
    auto const fields = read_fields(arguments->words, 2, form_of(*workflow, command));
    if (!fields) return 2;
    auto const answer =
        client.ask("POST",
                   path_of(*workflow) + "/" + escaped(arguments->words[0]) + "/commands/" +
                       escaped(command) + "?lang=" + language_of(*arguments),
                   *fields);
    if (!answer.good()) return print_refusal(answer);
    print_row(answer.body, *workflow);
    return 0;
}

} // namespace banjie::api::command_line
