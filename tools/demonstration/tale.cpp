#include "tools/demonstration/tale.hpp"

#include "tools/demonstration/embedded.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::demonstration {

using engine::Actor;
using engine::Fields;
using engine::Level;
using engine::Role;
using engine::Texts;
using engine::Time;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

json const& stories() {
    static json const texts = json::parse(*embedded_file("tools/demonstration/stories.json"));
    return texts;
}

std::string text_of(std::string const& list, std::size_t number) {
    auto const& texts = stories().at(list);
    return texts.at(number % texts.size()).get<std::string>();
}

Fields said(std::string_view field, std::string text) {
    Fields fields;
    fields.set(field, std::move(text));
    return fields;
}

std::string replace_place(std::string text, std::string const& name) {
    constexpr std::string_view mark = "{place}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
        text.replace(at, mark.size(), name);
    }
    return text;
}

std::string name_of(Stage const& stage, std::string const& code) {
    auto const organisation = stage.organisations.find(code);
    return organisation ? organisation->name : code;
}

Actor actor(Stage const& stage, std::string user, std::string const& organisation, Role role) {
    auto const found = stage.organisations.find(organisation);
    Actor actor{.user = std::move(user),
                .display_name = found ? found->name : organisation,
                .roles = {role},
                .organisation = organisation,
                .region = engine::region_of(organisation),
                .level = found ? found->level() : Level::township,
                .of_department = found && found->department};
    return actor;
}

/// Returns the office's demonstration account, or else one named for the office.
std::string user_of(std::string const& organisation, std::string_view suffix) {
    if (organisation == "36") return "province";
    if (organisation == "3607") return "city";
    if (organisation == "360731") return "county";
    if (organisation == "360731100") return "township";
    if (organisation == "36-natural-resources") return "department";
    return organisation + "-" + std::string(suffix);
}

/// Writer of a tale. Each step is some working time after the one before, in office hours.
class Author {
public:
    Author(Plot const& plot, Stage const& stage)
        : plot_(plot), stage_(stage), at_(plot.begins),
          story_(
              stories().at("stories").at((plot.number * 7 + 3) % stories().at("stories").size())) {}

    std::vector<Step> write();

private:
    void step(double working_days, Actor actor, std::string verb, Fields fields = {});
    void report();
    void screen();
    void assign(double working_days);
    void handle();
    void hand_in(double working_days);
    void visit(bool good);
    void conclude_and_close();
    void in_hand();
    void press();
    void ask_for_time(bool grant);

    [[nodiscard]] Actor here() const { return coordinator_of(stage_, region()); }
    [[nodiscard]] Actor unit() const { return handler_of(stage_, lead_); }
    [[nodiscard]] Actor visitor() const {
        return actor(stage_, "visitor", "36-follow-up", Role::visitor);
    }
    /// Returns the region of the level at which the problem is screened and assigned.
    [[nodiscard]] std::string region() const {
        auto const level = std::max(plot_.level, Level::county);
        return std::string(engine::Region::from(plot_.place)->office_at(level).code());
    }
    [[nodiscard]] bool chance(std::size_t one_in) const { return plot_.number % one_in == 1; }
    /// Returns a department of that kind at the level, or else the development commission.
    [[nodiscard]] std::string department(std::string const& slug) const {
        auto const code = region() + "-" + slug;
        return stage_.organisations.find(code) ? code : region() + "-development-and-reform";
    }

    Plot const& plot_;
    Stage const& stage_;
    Time at_;
    json const& story_;
    std::string lead_;
    Texts co_handlers_;
    std::vector<Step> steps_;
};

void Author::step(double working_days, Actor by, std::string verb, Fields fields) {
    auto const minutes = std::chrono::minutes(static_cast<int>(working_days * 8 * 60));
    auto left = minutes + std::chrono::minutes(7 + plot_.number * 13 % 50);
    // Counts office hours only: 9:00 to 17:00 of working days.
    while (left > 0min) {
        Time const local = at_ + 8h;
        auto const since_midnight = local - std::chrono::floor<std::chrono::days>(local);
        auto const date = std::chrono::floor<std::chrono::days>(local);
        Time const opens = Time(date.time_since_epoch()) - 8h + 9h;
        if (!stage_.calendar.is_working_day(date) || since_midnight >= 17h) {
            at_ = opens + 24h;
        } else if (since_midnight < 9h) {
            at_ = opens;
        } else {
            auto const part = std::min<std::chrono::milliseconds>(left, 17h - since_midnight);
            at_ += part;
            left -=
                std::chrono::floor<std::chrono::minutes>(part) + (part % 1min > 0ms ? 1min : 0min);
        }
    }
    steps_.push_back({.at = at_,
                      .tale = plot_.number,
                      .actor = std::move(by),
                      .verb = std::move(verb),
                      .fields = std::move(fields)});
}

void Author::report() {
    auto const county = name_of(stage_, plot_.place.substr(0, 6));
    auto const name = plot_.number % 2 == 0 ? county : name_of(stage_, plot_.place);
    Fields fields;
    fields.set("title", replace_place(story_.at("title").get<std::string>(), name));
    fields.set("description", replace_place(story_.at("text").get<std::string>(), name));
    fields.set("category", story_.at("category").get<std::string>());
    fields.set("source", story_.value("source", "reported"));
    fields.set("region", plot_.place);
    fields.set("round", plot_.round);
    fields.set("submit", plot_.ending != Ending::draft);
    step(0, reporter_of(stage_, plot_.place), "report", std::move(fields));
}

void Author::screen() {
    if (plot_.level != Level::county) {
        step(0.8, coordinator_of(stage_, plot_.place.substr(0, 6)), "escalate",
             said("reason", "涉及事项超出本级权限，报请上级统筹解决。"));
    }
    if (plot_.level == Level::province) {
        step(0.9, coordinator_of(stage_, plot_.place.substr(0, 4)), "escalate",
             said("reason", "涉及省级部门职责，报请省级协调。"));
    }
    if (chance(7)) {
        Fields missing;
        missing.set("missing", Texts{text_of("supplement", plot_.number)});
        step(0.7, here(), "request_supplement", std::move(missing));
        step(1.5, reporter_of(stage_, plot_.place), "resubmit", said("note", "已补充相关材料。"));
    }
}

void Author::assign(double working_days) {
    lead_ = department(story_.at("unit").get<std::string>());
    co_handlers_.clear();
    if (plot_.number % 4 == 2) {
        auto const helper = department(plot_.number % 8 == 2 ? "finance" : "natural-resources");
        if (helper != lead_) co_handlers_.push_back(helper);
    }
    Fields fields;
    fields.set("lead_unit", lead_);
    if (!co_handlers_.empty()) fields.set("co_handlers", co_handlers_);
    // A problem assigned after the round's deadline gets a due date of its own.
    if (stage_.now - at_ < 20 * 24h) {
        fields.set("due_at", stage_.calendar.add_working_days(at_, plot_.number % 3 == 0   ? 18
                                                                   : plot_.number % 3 == 1 ? 12
                                                                                           : 15));
    }
    step(working_days, here(), "assign", std::move(fields));
}

void Author::handle() {
    step(0.4, unit(), "acknowledge");
    for (auto const& helper : co_handlers_) {
        step(1.5, handler_of(stage_, helper), "give_opinion",
             said("text", text_of("opinions", plot_.number)));
    }
    for (std::size_t i = 0; i < 1 + plot_.number % 3; ++i) {
        step(1.5, unit(), "log_progress", said("text", text_of("progress", plot_.number + i)));
    }
}

void Author::hand_in(double working_days) {
    Fields fields;
    fields.set("result", std::string(chance(9) ? "partly_solved" : "solved"));
    fields.set("measures", story_.at("measures").get<std::string>());
    step(working_days, unit(), "submit_resolution", std::move(fields));
}

void Author::visit(bool good) {
    constexpr std::array methods{"on_site", "call_on", "phone", "interview"};
    Fields fields;
    fields.set("method", std::string(methods[plot_.number % methods.size()]));
    fields.set("thoroughly_resolved", std::string(good ? "yes" : "partly"));
    fields.set("accepted_by_grassroots", std::string(!good       ? "dissatisfied"
                                                     : chance(4) ? "mostly_satisfied"
                                                                 : "satisfied"));
    fields.set("findings", good ? story_.at("finding").get<std::string>()
                                : text_of("bad_findings", plot_.number));
    step(1.8, visitor(), "log_visit", std::move(fields));
    step(0.5, visitor(), "conclude_visits");
}

void Author::conclude_and_close() {
    step(0.6, here(), "approve_resolution");
    if (chance(11)) {
        visit(false);
        step(4, unit(), "log_progress", said("text", "针对回访反映的问题逐项整改。"));
        hand_in(3);
        step(0.6, here(), "approve_resolution");
    }
    if (plot_.ending == Ending::awaiting_visit) return;
    visit(true);
    if (plot_.ending == Ending::closed) step(0.5, here(), "close", said("note", "同意销号。"));
}

void Author::ask_for_time(bool grant) {
    auto const last = std::max(at_, stage_.now - 16 * 24h);
    at_ = last;
    Fields fields;
    fields.set("until", stage_.calendar.add_working_days(stage_.round_due, 9));
    fields.set("reason", stories().at("extension").get<std::string>());
    step(0.5, unit(), "request_extension", std::move(fields));
    if (grant) step(0.6, here(), "grant_extension", said("note", "情况属实，同意延期一次。"));
}

void Author::press() {
    at_ = std::max(at_, stage_.round_due);
    step(1, here(), "urge", said("note", "已超过办理期限，请立即报告进展并明确完成时间。"));
    if (plot_.number % 2 == 0) {
        step(2, here(), "list", said("note", "列入挂牌督办清单。"));
    }
    if (plot_.number % 4 == 0 &&
        stage_.calendar.working_days_between(stage_.round_due, stage_.now) > 5) {
        at_ = std::max(at_, stage_.calendar.add_working_days(stage_.round_due, 5));
        step(0.3, here(), "circulate", said("note", "逾期超过五个工作日，予以通报。"));
    }
}

/// Leaves the problem in hand, for one of several reasons.
void Author::in_hand() {
    switch (plot_.number % 5) {
    case 0:
    case 4:
        press();
        break;
    case 1:
        ask_for_time(true);
        break;
    case 2:
        hand_in(2);
        at_ = std::max(at_, stage_.now - 9 * 24h);
        step(0.5, here(), "approve_resolution");
        visit(false);
        break;
    default:
        at_ = std::max(at_, stage_.now - 10 * 24h);
        step(0.5, here(), "transfer", said("reason", stories().at("transfer").get<std::string>()));
        assign(0.5);
        handle();
        break;
    }
}

std::vector<Step> Author::write() {
    report();
    if (plot_.ending == Ending::draft) return steps_;
    bool const early = plot_.round == 5;
    if (early) {
        if (plot_.ending == Ending::supplementing) {
            Fields missing;
            missing.set("missing", Texts{text_of("supplement", plot_.number)});
            step(0.5, coordinator_of(stage_, plot_.place.substr(0, 6)), "request_supplement",
                 std::move(missing));
        } else if (plot_.number % 3 == 0) {
            step(0.7, coordinator_of(stage_, plot_.place.substr(0, 6)), "escalate",
                 said("reason", "涉及事项超出本级权限，报请上级统筹解决。"));
        }
        return steps_;
    }
    screen();
    switch (plot_.ending) {
    case Ending::screening:
        return steps_;
    case Ending::supplementing: {
        Fields missing;
        missing.set("missing", Texts{text_of("supplement", plot_.number)});
        at_ = std::max(at_, stage_.now - 8 * 24h);
        step(0.5, here(), "request_supplement", std::move(missing));
        return steps_;
    }
    case Ending::rejected:
        step(0.5, here(), "reject", said("reason", stories().at("reject").get<std::string>()));
        return steps_;
    case Ending::merged:
        step(0.5, here(), "merge", said("note", "与已受理问题内容相同，并案办理。"));
        steps_.back().instance = std::to_string(plot_.merge_into);
        return steps_;
    default:
        break;
    }
    step(0.6, here(), "accept");
    if (plot_.ending == Ending::awaiting_dispatch && plot_.number % 2 == 0) {
        assign(1);
        step(0.7, unit(), "decline", said("reason", stories().at("decline").get<std::string>()));
        return steps_;
    }
    if (plot_.ending == Ending::awaiting_dispatch) return steps_;
    if (plot_.ending == Ending::awaiting_acknowledgement) {
        at_ = std::max(at_, stage_.now - (plot_.number % 2 == 0 ? 3 : 5) * 24h);
        assign(0.5);
        return steps_;
    }
    assign(1);
    handle();
    switch (plot_.ending) {
    case Ending::handling:
        in_hand();
        break;
    case Ending::shelved: {
        Fields fields;
        fields.set("reason", stories().at("shelve").get<std::string>());
        fields.set("review_at", stage_.calendar.add_working_days(stage_.now, 20));
        step(3, coordinator_of(stage_, "36"), "shelve", std::move(fields));
        break;
    }
    case Ending::reviewing:
        at_ = std::max(at_, stage_.now - 5 * 24h);
        hand_in(0.5);
        break;
    case Ending::awaiting_visit:
    case Ending::awaiting_close:
        at_ = std::max(at_, stage_.now - 18 * 24h);
        hand_in(1);
        conclude_and_close();
        break;
    default:
        hand_in(static_cast<double>(4 + plot_.number % 9));
        conclude_and_close();
        break;
    }
    return steps_;
}

} // namespace

Actor reporter_of(Stage const& stage, std::string const& township) {
    return actor(stage, user_of(township, "reporter"), township, Role::reporter);
}
Actor coordinator_of(Stage const& stage, std::string const& region) {
    return actor(stage, user_of(region, "coordinator"), region, Role::coordinator);
}
Actor handler_of(Stage const& stage, std::string const& unit) {
    return actor(stage, user_of(unit, "handler"), unit, Role::handler);
}

std::vector<Step> steps_of(Plot const& plot, Stage const& stage) {
    auto steps = Author(plot, stage).write();
    // Steps after now have not happened yet.
    std::erase_if(steps, [&](Step const& step) { return step.at >= stage.now; });
    return steps;
}

} // namespace banjie::demonstration
