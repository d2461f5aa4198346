#include "engine/people/security_policy.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/people/account_refusals.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr std::string_view kind = "security_policy";
constexpr std::string_view id = "province";

constexpr Role holdable[] = {
    Role::reporter, Role::coordinator, Role::screener,      Role::handler,
    Role::visitor,  Role::supervisor,  Role::administrator, Role::security_administrator,
    Role::auditor};

struct Number {
    char const* name;
    int SecurityPolicy::*member;
    int least, most;
};
constexpr Number numbers[] = {
    {"password_days", &SecurityPolicy::password_days, 0, limits::password_days_max},
    {"password_characters", &SecurityPolicy::password_characters,
     static_cast<int>(limits::password_characters_min), limits::password_characters_asked},
    {"password_kinds", &SecurityPolicy::password_kinds, 0, 4},
    {"idle_minutes", &SecurityPolicy::idle_minutes, 5, limits::session_idle_minutes},
    {"administrator_idle_minutes", &SecurityPolicy::administrator_idle_minutes, 5,
     limits::session_idle_minutes},
};

struct Addresses {
    char const* name;
    AddressList SecurityPolicy::*member;
};
constexpr Addresses address_lists[] = {
    {"administrator_addresses", &SecurityPolicy::administrator_addresses},
    {"key_addresses", &SecurityPolicy::key_addresses},
};

json names_of(Roles roles) {
    json names = json::array();
    for (Role const role : holdable)
        if (roles.has(role)) names.push_back(name_of(role));
    return names;
}

Refusal invalid_policy(std::vector<FieldError> errors) {
    return {"invalid_security_policy"_code, "The security policy is not valid. " + errors[0].detail,
            "Correct the fields listed in \"errors\".", std::move(errors)};
}

json json_of(SecurityPolicy const& policy) {
    json body = {{"second_factor_roles", names_of(policy.second_factor_roles)},
                 {"first_password_changes", policy.first_password_changes}};
    body["separation"] = policy.separation;
    body["second_person"] = policy.second_person;
    for (auto const& number : numbers) body[number.name] = policy.*number.member;
    for (auto const& list : address_lists) body[list.name] = (policy.*list.member).texts();
    if (policy.password_days_since)
        body["password_days_since"] = time_text(*policy.password_days_since);
    return body;
}

/// Applies the fields as the API takes them. Members without a field keep their values.
std::vector<FieldError> lay_over(SecurityPolicy& policy, Fields const& fields) {
    std::vector<FieldError> errors;
    if (fields.has("second_factor_roles")) {
        policy.second_factor_roles = {};
        for (auto const& name : fields.texts("second_factor_roles")) {
            auto const role = role_named(name);
            if (role && *role != Role::system)
                policy.second_factor_roles.add(*role);
            else
                errors.push_back({"second_factor_roles", "unknown_role"_code,
                                  "There is no role '" + name + "' that an account can hold."});
        }
    }
    if (fields.has("first_password_changes"))
        policy.first_password_changes = fields.flag("first_password_changes");
    if (fields.has("separation")) policy.separation = fields.flag("separation");
    if (fields.has("second_person")) {
        policy.second_person = fields.texts("second_person");
        for (auto const& act : policy.second_person)
            if (std::find(std::begin(acts_for_two), std::end(acts_for_two), act) ==
                std::end(acts_for_two))
                errors.push_back({"second_person", "unknown_value"_code,
                                  "'" + act + "' is not one of roles, keys, policy and security."});
    }
    for (auto const& number : numbers) {
        if (!fields.has(std::string_view(number.name))) continue;
        auto const given = fields.number(std::string_view(number.name));
        if (given < number.least || given > number.most)
            errors.push_back({number.name, "out_of_bounds"_code,
                              "The number is not from " + std::to_string(number.least) + " to " +
                                  std::to_string(number.most) + "."});
        else
            policy.*number.member = static_cast<int>(given);
    }
    for (auto const& list : address_lists) {
        if (!fields.has(std::string_view(list.name))) continue;
        auto const& texts = fields.texts(std::string_view(list.name));
        auto read = AddressList::from(texts);
        if (texts.size() > limits::listed_blocks || !read)
            errors.push_back({list.name, "invalid_address"_code,
                              "The value is not a list of at most 64 addresses or blocks such as "
                              "10.36.0.0/16."});
        else
            policy.*list.member = std::move(*read);
    }
    return errors;
}

SecurityPolicy policy_of(storage::Document const& document) {
    auto const body = json::parse(document.body);
    SecurityPolicy policy;
    for (auto const& name : body.value("second_factor_roles", json::array()))
        if (auto const role = role_named(name.get<std::string>()))
            policy.second_factor_roles.add(*role);
    policy.first_password_changes = body.value("first_password_changes", true);
    policy.separation = body.value("separation", false);
    policy.second_person = body.value("second_person", Texts());
    for (auto const& number : numbers)
        policy.*number.member = body.value(number.name, policy.*number.member);
    for (auto const& list : address_lists)
        policy.*list.member =
            AddressList::from(body.value(list.name, std::vector<std::string>())).value();
    policy.password_days_since = time_of(body.value("password_days_since", ""));
    policy.version = document.version;
    return policy;
}

} // namespace

bool SecurityPolicy::waits(std::string_view act) const {
    return std::find(second_person.begin(), second_person.end(), act) != second_person.end();
}

std::string text_of(SecurityPolicy const& policy) {
    return json_of(policy).dump();
}

bool owes_second_factor(SecurityPolicy const& policy, Roles roles) {
    return std::any_of(std::begin(holdable), std::end(holdable), [&](Role role) {
        return roles.has(role) && policy.second_factor_roles.has(role);
    });
}

std::chrono::minutes idle_time(SecurityPolicy const& policy, Roles roles) {
    int const minutes = holds_office(roles)
                            ? std::min(policy.administrator_idle_minutes, policy.idle_minutes)
                            : policy.idle_minutes;
    return std::chrono::minutes(minutes);
}

Security::Security(Documents& documents, Clock& clock) : documents_(documents), clock_(clock) {}

Outcome<void> Security::load() {
    auto const found = documents_.find(kind, id);
    if (!found) return found.error();
    if (!*found) return {};
    std::unique_lock const lock(mutex_);
    policy_ = std::make_shared<SecurityPolicy const>(policy_of(**found));
    return {};
}

std::shared_ptr<SecurityPolicy const> Security::policy() const {
    std::shared_lock const lock(mutex_);
    return policy_;
}

Outcome<void> Security::change(Caller const& actor, Fields const& fields,
                               std::optional<std::uint64_t> expected) {
    std::lock_guard const writing(writing_);
    auto changed = *policy();
    if (expected.value_or(changed.version) != changed.version)
        return refusal_of({storage::Fault::conflict, ""}, "save the security policy");
    auto errors = lay_over(changed, fields);
    auto const& whence = changed.administrator_addresses;
    if (errors.empty() && !actor.has(Role::system) && !whence.empty() &&
        !whence.contains(actor.address))
        errors.push_back({"administrator_addresses", "locks_out"_code,
                          "Your own address, " + actor.address + ", is not among them."});
    if (!errors.empty()) return invalid_policy(std::move(errors));
    if (changed.password_days == 0)
        changed.password_days_since.reset();
    else if (!changed.password_days_since)
        changed.password_days_since = clock_.now();
    auto body = text_of(changed);
    auto written = documents_.write(actor, {{.kind = std::string(kind),
                                             .id = std::string(id),
                                             .expected_version = changed.version,
                                             .body = body,
                                             .event = "security_policy_changed",
                                             .said = body}});
    if (!written) return written;
    ++changed.version;
    std::unique_lock const lock(mutex_);
    policy_ = std::make_shared<SecurityPolicy const>(std::move(changed));
    return {};
}

Outcome<void> Security::reset() {
    std::lock_guard const writing(writing_);
    auto written = documents_.write(system_caller(), {{.kind = std::string(kind),
                                                       .id = std::string(id),
                                                       .expected_version = std::nullopt,
                                                       .body = std::nullopt,
                                                       .event = "security_policy_reset",
                                                       .said = {}}});
    if (!written) return written;
    std::unique_lock const lock(mutex_);
    policy_ = std::make_shared<SecurityPolicy const>();
    return {};
}

Outcome<void> Security::admits(Actor const& actor, std::string_view address) const {
    auto const asked = policy();
    bool const is_key = actor.user.starts_with("key:");
    bool const is_administrator = holds_office(actor.roles);
    auto const& list = is_key ? asked->key_addresses : asked->administrator_addresses;
    if ((!is_key && !is_administrator) || list.empty() || list.contains(address)) return {};
    return Refusal{"address_not_allowed"_code,
                   "The account or key may not be used from the address " + std::string(address) +
                       ".",
                   "Ask the security administrator of the province."};
}

} // namespace banjie::engine
