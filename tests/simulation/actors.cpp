#include "tests/simulation/actors.hpp"

#include "engine/embedded.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::simulation {

using engine::Actor;
using engine::Caller;
using engine::Command;
using engine::FieldKind;
using engine::Fields;
using engine::FieldSpec;
using engine::Instance;
using engine::Level;
using engine::Office;
using engine::Role;
using engine::Roles;
using engine::Texts;
using engine::Time;
using engine::Value;
using std::chrono::hours;

namespace {

constexpr std::string_view organisations = R"([
    {"code":"36","name":"江西省"},{"code":"3607","name":"赣州市"},{"code":"3601","name":"南昌市"},
    {"code":"360731","name":"于都县"},{"code":"360121","name":"南昌县"},
    {"code":"360731100","name":"贡江镇"},{"code":"360731101","name":"铁山垅镇"},
    {"code":"360121100","name":"莲塘镇"},
    {"code":"360731-transport","name":"于都县交通局"},{"code":"360731-finance","name":"于都县财政局"},
    {"code":"3607-water","name":"赣州市水利局"},{"code":"36-follow-up","name":"省回访组"},
    {"code":"36-natural-resources","name":"省自然资源厅"},
    {"code":"36-development-and-reform","name":"省发展改革委"}])";

struct Account {
    std::string name;
    std::string organisation;
    Roles roles;
};

std::vector<Account> const& accounts() {
    static std::vector<Account> const all = {
        {"gongjiang", "360731100", {Role::reporter}},
        {"tieshanlong", "360731101", {Role::reporter}},
        {"liantang", "360121100", {Role::reporter}},
        {"yudu", "360731", {Role::coordinator, Role::reporter}},
        {"nanchang", "360121", {Role::coordinator}},
        {"ganzhou", "3607", {Role::coordinator}},
        {"province", "36", {Role::coordinator, Role::administrator}},
        {"transport", "360731-transport", {Role::handler}},
        {"finance", "360731-finance", {Role::handler}},
        {"water", "3607-water", {Role::handler, Role::supervisor}},
        {"resources", "36-natural-resources", {Role::handler}},
        {"screener", "36-development-and-reform", {Role::screener}},
        {"visitor", "36-follow-up", {Role::visitor}},
    };
    return all;
}

class FixedClock final : public engine::Clock {
public:
    Time now() override { return Time(std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}); }
};

} // namespace

std::vector<std::string> const& account_names() {
    static std::vector<std::string> const names = [] {
        std::vector<std::string> all;
        for (auto const& account : accounts()) all.push_back(account.name);
        return all;
    }();
    return names;
}

Founding make_founding() {
    auto const store = storage::open_memory_store();
    FixedClock clock;
    Dice dice(1);
    Office office(*store, clock, dice);
    auto const system = engine::system_caller();
    office.load().value();
    office.organisations.import(office.documents, system, organisations, [](auto, auto) {}).value();
    for (auto const& [name, organisation, roles] : accounts())
        office.accounts
            .save(
                system,
                {.name = name, .display_name = name, .organisation = organisation, .roles = roles},
                "simulate-me-7", 0)
            .value();
    Founding founding;
    for (std::string const kind : {"organisation", "user"})
        for (auto& document : store->documents(kind).value())
            founding.push_back({kind, document.id, 0, std::move(document.body), ""});
    return founding;
}

namespace {

/// Fills in forms.
class Pen {
public:
    Pen(Office& office, Actor const& actor, Instance const* instance, Dice& dice)
        : office_(office), actor_(actor), instance_(instance), dice_(dice),
          now_(office.clock.now()) {}

    Fields fill(std::span<FieldSpec const> form) {
        Fields fields;
        for (FieldSpec const& spec : form) {
            if (dice_.percent(spec.required ? 1 : 50)) continue; // forgotten, or left out
            if (auto written = value(spec); written != Value()) fields.set(spec.name, written);
        }
        return fields;
    }

private:
    Value value(FieldSpec const& spec) {
        switch (spec.kind) {
        case FieldKind::text:
        case FieldKind::long_text:
        case FieldKind::personal:
            return text();
        case FieldKind::texts:
            return Texts{text(), text()};
        case FieldKind::boolean:
            return spec.name == "submit" ? !dice_.percent(10) : dice_.percent(60);
        case FieldKind::integer:
            return round(spec.name);
        case FieldKind::time:
            return time(spec.name);
        case FieldKind::choice:
            return spec.choices.empty() ? text() : std::string(dice_.one_of(spec.choices));
        case FieldKind::category:
            return dice_.percent(97) ? "transport" : text();
        case FieldKind::region:
            return dice_.percent(80) ? actor_.region : code(false);
        case FieldKind::unit:
            return unit(spec.name);
        case FieldKind::units:
            return dice_.percent(70) ? Texts{code(true)}
                                     : Texts{code(true), code(dice_.percent(90))};
        case FieldKind::instance:
            return problem();
        case FieldKind::instances:
            return dice_.percent(50) ? Texts{problem()} : Texts{problem(), problem()};
        }
        return std::monostate();
    }

    std::string text() {
        static constexpr std::array texts = {"道路破损，雨天无法通行", "资金未到位",
                                             "Bridge closed", "\"引号\"\\与\n换行", "🚧"};
        return dice_.one_of(texts);
    }

    Time time(std::string_view name) {
        auto const in = [this](std::size_t from_hours, std::size_t to_hours) {
            return hours(dice_.between(from_hours, to_hours));
        };
        if (dice_.percent(3)) return now_ - in(0, 1'000);
        if (name == "opens_at") return now_ + in(0, 24);
        if (name == "closes_at") return now_ + in(48, 400);
        if (name == "visited_at") return now_ - in(0, 48);
        if (name == "review_at" || name == "held_at") return now_ + in(1, 240);
        auto const due = instance_ ? instance_->facts.time("handle_due_at") : std::nullopt;
        if (name == "until" && due) return *due + in(1, 300);
        return now_ + in(24, 900);
    }

    /// Of a region, or of a department that handles; within the own region.
    std::string code(bool of_department) {
        std::vector<std::string> fitting;
        for (auto const& one : office_.organisations.search("", actor_.region, 50))
            if (one.department == of_department && (!of_department || handles(one.code)))
                fitting.push_back(one.code);
        return fitting.empty() ? actor_.organisation : dice_.one_of(fitting);
    }

    static bool handles(std::string_view organisation) {
        return std::any_of(accounts().begin(), accounts().end(), [&](Account const& account) {
            return account.organisation == organisation && account.roles.has(Role::handler);
        });
    }

    std::string unit(std::string_view name) {
        auto const helpers = instance_ ? instance_->facts.texts("co_handlers") : Texts();
        if (name == "unit" && !helpers.empty()) return dice_.one_of(helpers);
        return code(!dice_.percent(10));
    }

    /// A new number, or that of a round which is collecting.
    Value round(std::string_view name) {
        auto const any = static_cast<std::int64_t>(dice_.between(1, 5));
        if (name == "number" || dice_.percent(3)) return any;
        auto const page =
            office_.index.list(actor_, {.workflow = "round", .state = {"collecting"}});
        if (!page || page->ids.empty()) return std::monostate();
        auto const found = office_.engine.find(actor_, "round", dice_.one_of(page->ids));
        return found ? (*found)->facts.number("number") : any;
    }

    std::string problem() {
        auto const page = office_.index.list(actor_, {.limit = 20});
        if (!page || page->ids.empty()) return text();
        auto const& id = dice_.one_of(page->ids);
        return instance_ && id == instance_->id ? dice_.one_of(page->ids) : id;
    }

    Office& office_;
    Actor const& actor_;
    Instance const* instance_;
    Dice& dice_;
    Time now_;
};

std::vector<std::pair<std::string, std::string_view>> creations(Actor const& actor) {
    std::vector<std::pair<std::string, std::string_view>> all;
    if (actor.has(Role::reporter)) all.insert(all.end(), 6, {"problem", "report"});
    if (actor.has(Role::supervisor)) all.insert(all.end(), 2, {"inspection_lead", "register"});
    if (actor.has(Role::coordinator)) {
        all.emplace_back("consultation", "call");
        all.emplace_back("inspection_lead", "register");
        if (actor.level == Level::province) all.insert(all.end(), 3, {"round", "plan"});
    }
    return all;
}

Command create(Office& office, Actor const& actor, std::string workflow, std::string_view verb,
               Dice& dice) {
    auto const& form = workflows::find_workflow(workflow)->command(verb)->form;
    Command command{.actor = actor,
                    .workflow = std::move(workflow),
                    .instance = "",
                    .verb = std::string(verb),
                    .fields = Pen(office, actor, nullptr, dice).fill(form)};
    if (auto const* number = command.fields.find("number"))
        command.new_id = "round-" + std::to_string(std::get<std::int64_t>(*number));
    return command;
}

std::shared_ptr<Instance const> choose(Office& office, Actor const& actor, Dice& dice) {
    static constexpr std::array names = {"problem", "problem", "problem",         "problem",
                                         "round",   "round",   "inspection_lead", "consultation"};
    std::string const workflow = dice.one_of(names);
    auto const page = office.index.list(
        actor,
        {.workflow = workflow, .mine = dice.percent(60) && workflow != "round", .limit = 20});
    if (!page || page->ids.empty()) return nullptr;
    auto const found = office.engine.find(actor, workflow, dice.one_of(page->ids));
    return found ? *found : nullptr;
}

/// Most people want a matter to come to its end.
bool leads_on(std::string_view verb) {
    static constexpr std::array<std::string_view, 13> aside = {
        "urge",         "list",          "circulate", "edit",     "change",
        "log_progress", "reject",        "cancel",    "withdraw", "discard",
        "give_opinion", "waive_opinion", "reopen"};
    return std::find(aside.begin(), aside.end(), verb) == aside.end();
}

} // namespace

std::optional<Command> think_of(Office& office, Actor const& actor, Dice& dice) {
    auto const possible = creations(actor);
    if (!possible.empty() && dice.percent(office.index.size() < 12 ? 30 : 3)) {
        auto const& [workflow, verb] = dice.one_of(possible);
        return create(office, actor, workflow, verb, dice);
    }
    auto const instance = choose(office, actor, dice);
    if (!instance) return std::nullopt;
    bool const minds = !dice.percent(8); // else anything at all
    std::vector<std::string_view> verbs;
    for (auto const& [verb, refusal] : office.engine.explain(actor, *instance))
        if (!minds || (!refusal && (leads_on(verb) || dice.percent(25)))) verbs.push_back(verb);
    if (verbs.empty()) return std::nullopt;
    auto const verb = dice.one_of(verbs);
    auto const& form = workflows::find_workflow(instance->workflow)->command(verb)->form;
    Command command{.actor = actor,
                    .workflow = instance->workflow,
                    .instance = instance->id,
                    .verb = std::string(verb),
                    .fields = Pen(office, actor, instance.get(), dice).fill(form)};
    if (dice.percent(25)) command.expected_version = instance->version;
    return command;
}

namespace {

std::string outcome_of(auto const& outcome) {
    return outcome ? "done" : std::string(outcome.error().code);
}

std::string change_organisation(Office& office, Caller const& admin, Dice& dice) {
    auto organisation = dice.one_of(office.organisations.search("", "", 50));
    if (dice.percent(50)) organisation.name += "新";
    if (organisation.department && dice.percent(50)) organisation.active = !organisation.active;
    auto const version = organisation.version;
    auto const code = organisation.code;
    return "organisation " + code + ": " +
           outcome_of(office.organisations.save(office.documents, admin, std::move(organisation),
                                                version));
}

std::string change_user(Office& office, Caller const& admin, Dice& dice) {
    auto user = *office.accounts.find(dice.one_of(account_names()));
    if (user.name == admin.user) return "no user";
    user.active = dice.percent(80);
    auto const version = user.version;
    return "user " + user.name + ": " +
           outcome_of(office.accounts.save(admin, user, std::nullopt, version));
}

std::string change_calendar(Office& office, Caller const& admin, Dice& dice) {
    workflows::CalendarYear year{.year = 2026, .holidays = {}, .makeup_workdays = {}};
    for (int i = 0; i < 20; ++i)
        year.holidays.insert(std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} +
                             std::chrono::days(dice.below(120)));
    return "calendar: " +
           outcome_of(office.administration.save_calendar_year(admin, year, std::nullopt));
}

std::string change_policy(Office& office, Caller const& admin, Dice& dice) {
    auto policy =
        nlohmann::json::parse(engine::embedded_file("workflows/policies/problem.json").value());
    policy["working_days"]["handle"] = dice.between(2, 20);
    policy["working_days"]["due_soon"] = dice.between(0, 4);
    policy["limits"]["declines"] = dice.between(1, 4);
    return "policy: " +
           outcome_of(office.administration.save_policy(admin, policy.dump(), std::nullopt));
}

} // namespace

std::string administer(Office& office, Dice& dice) {
    auto const admin = office.accounts.actor_named("province");
    if (!admin) return "no administrator";
    using Change = std::string (*)(Office&, Caller const&, Dice&);
    static constexpr std::array<Change, 4> changes = {change_organisation, change_user,
                                                      change_calendar, change_policy};
    return dice.one_of(changes)(office, Caller{*admin}, dice);
}

} // namespace banjie::simulation
