// The commands sign-in, report, list, show and do: a coordinator's work from a terminal.

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

void print_row(json const& item) {
    std::cout << text_in(item, "id") << "  " << day_of(text_in(item, "due_at")) << "  "
              << labelled(item, "light") << "  " << labelled(item, "state") << "  "
              << text_in(item, item.contains("title") ? "title" : "name") << "\n";
}

std::string path_of(Arguments const& arguments) {
    return "/api/v1/" + arguments.text("in");
}

void add_in_option(options::options_description& known) {
    known.add_options()(
        "in", options::value<std::string>()->value_name("COLLECTION")->default_value("problems"),
        "problems, rounds, consultations or inspection-leads");
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

/// Returns the form of a command of the workflow that handles the collection.
json form_of(Client& client, std::string const& collection, std::string const& command) {
    auto const workflows = client.ask("GET", "/api/v1/workflows");
    if (!workflows.good()) return nullptr;
    for (auto const& one : workflows.body.at("items")) {
        if (one.at("collection") != collection) continue;
        auto const whole =
            client.ask("GET", "/api/v1/workflows/" + one.at("name").get<std::string>());
        for (auto const& known : whole.body.at("commands"))
            if (known.at("command") == command) return known.at("form");
    }
    return json::array();
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

int report(Typed typed) {
    options::options_description known;
    add_client_options(known);
    auto const text = [](char const* name) {
        return options::value<std::string>()->value_name(name);
    };
    known.add_options()("description", text("TEXT")->required(), "what is the matter")(
        "category", text("CODE")->required(), "see 'banjie show' of the workflow, or /docs")(
        "region", text("CODE")->required(), "where: GB/T 2260, e.g. 360731100")(
        "round", options::value<std::int64_t>()->value_name("NUMBER"), "of a round that collects")(
        "source", text("CODE"), "where it came from; usually: reported")("draft",
                                                                         "keep it as a draft");
    int status = 0;
    auto const arguments =
        parse(typed,
              {"banjie report TITLE --description TEXT --category CODE --region CODE",
               "Reports a problem for the own office.\n\n"
               "  banjie report 断头路 --description 雨天无法通行 --category transport --region "
               "360731100",
               1, 1},
              known, status);
    if (!arguments) return status;
    json body = {{"title", arguments->words[0]}, {"submit", !arguments->flag("draft")}};
    for (auto const* name : {"description", "category", "region", "source"})
        if (arguments->flag(name)) body[name] = arguments->text(name);
    if (arguments->flag("round")) body["round"] = arguments->as<std::int64_t>("round");
    Client client(*arguments);
    auto const answer =
        client.ask("POST", "/api/v1/problems?lang=" + language_of(*arguments), body);
    if (!answer.good()) return print_refusal(answer);
    print_row(answer.body);
    return 0;
}

int list(Typed typed) {
    constexpr char const* filters[] = {"state",    "stage",  "light", "supervision",
                                       "category", "source", "round", "region",
                                       "unit",     "q",      "sort",  "limit"};
    options::options_description known;
    add_client_options(known);
    add_in_option(known);
    for (auto const* filter : filters)
        known.add_options()(filter, options::value<std::string>()->value_name("VALUE"),
                            "narrows the list; see /docs");
    known.add_options()("mine", "what waits for me");
    int status = 0;
    auto const arguments = parse(typed,
                                 {"banjie list [--mine] [--stage STAGE] [--light LIGHT] …",
                                  "Lists problems: id, due date, light, state, title.\n\n"
                                  "  banjie list --mine --sort due",
                                  0, 0},
                                 known, status);
    if (!arguments) return status;
    std::string target = path_of(*arguments) + "?lang=" + language_of(*arguments);
    for (auto const* filter : filters)
        if (arguments->flag(filter))
            target += "&" + std::string(filter) + "=" + escaped(arguments->text(filter));
    if (arguments->flag("mine")) target += "&mine=true";
    Client client(*arguments);
    auto const answer = client.ask("GET", target);
    if (!answer.good()) return print_refusal(answer);
    auto const& items = answer.body.at("items");
    for (auto const& item : items) print_row(item);
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
               "Shows one problem: its facts, what has happened, and what I may do now.", 1, 1},
              known, status);
    if (!arguments) return status;
    Client client(*arguments);
    auto const path = path_of(*arguments) + "/" + escaped(arguments->words[0]);
    auto const answer = client.ask("GET", path + "?lang=" + language_of(*arguments));
    if (!answer.good()) return print_refusal(answer);
    print_row(answer.body);
    for (auto const& [name, value] : answer.body.items())
        if (name != "commands" && name != "labels" && name != "id" && name != "title")
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
    auto const form = form_of(client, arguments->text("in"), command);
    json body = json::object();
    for (std::size_t i = 2; i < arguments->words.size(); ++i) {
        auto const& word = arguments->words[i];
        auto const equals = word.find('=');
        if (equals == std::string::npos)
            return fail("expected FIELD=VALUE, but got '" + word + "'");
        auto const name = word.substr(0, equals);
        std::string kind = "text";
        if (form.is_array())
            for (auto const& field : form)
                if (field.at("name") == name) kind = field.at("kind");
        body[name] = value_of(kind, word.substr(equals + 1));
    }
    auto const answer =
        client.ask("POST",
                   path_of(*arguments) + "/" + escaped(arguments->words[0]) + "/commands/" +
                       escaped(command) + "?lang=" + language_of(*arguments),
                   body);
    if (!answer.good()) return print_refusal(answer);
    print_row(answer.body);
    return 0;
}

} // namespace banjie::api::command_line
