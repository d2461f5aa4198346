#include "engine/people/organisations.hpp"

#include "engine/documents/documents.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/characters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr std::string_view kind = "organisation";

/// Returns the only parent that is valid for a code: a department's region, or the region above a
/// region.
std::string parent_of(std::string_view code) {
    auto const region = Region::of_organisation(code);
    if (!region) return {};
    if (region->code() != code) return std::string(region->code());
    auto const above = region->above();
    return above ? std::string(above->code()) : std::string();
}

Refusal invalid(std::vector<FieldError> errors) {
    return {"invalid_organisation"_code, "The organisation is not valid. " + errors[0].detail,
            "Correct the fields listed in \"errors\".", std::move(errors)};
}

std::string body_of(Organisation const& organisation) {
    return json{{"name", organisation.name}, {"active", organisation.active}}.dump();
}

Organisation organisation_of(std::string code, std::uint64_t version, json const& body) {
    Organisation organisation;
    organisation.parent = parent_of(code);
    organisation.department = Region::is_department(code);
    organisation.name = body.at("name").get<std::string>();
    organisation.active = body.at("active").get<bool>();
    organisation.version = version;
    organisation.code = std::move(code);
    return organisation;
}

bool is_same(Organisation const& one, Organisation const& other) {
    return one.name == other.name && one.active == other.active;
}

} // namespace

std::string region_of(std::string_view organisation) {
    auto const region = Region::of_organisation(organisation);
    return std::string(region ? region->code() : organisation);
}

Level Organisation::level() const {
    auto const region = Region::of_organisation(code);
    return region ? region->level() : Level::township;
}

struct Organisations::Tree {
    mutable std::shared_mutex mutex;
    std::mutex writing; // one change at a time
    std::map<std::string, Organisation, std::less<>> by_code;
    std::map<std::string, std::set<std::string>, std::less<>> children;

    void put(Organisation organisation) {
        std::unique_lock const lock(mutex);
        children[organisation.parent].insert(organisation.code);
        std::string code = organisation.code;
        by_code.insert_or_assign(std::move(code), std::move(organisation));
    }
    [[nodiscard]] std::optional<Organisation> find(std::string_view code) const {
        std::shared_lock const lock(mutex);
        auto const found = by_code.find(code);
        return found == by_code.end() ? std::nullopt : std::optional(found->second);
    }

    /// Checks the organisation, and fills in the members that follow from its code. `also` holds
    /// codes that are about to be created.
    [[nodiscard]] std::vector<FieldError> check(Organisation& organisation,
                                                std::set<std::string> const& also) const {
        std::vector<FieldError> errors;
        auto const& code = organisation.code;
        if (!Region::is_organisation(code))
            return {{"code", "invalid"_code,
                     "The code '" + code +
                         "' is neither a region's code of 2, 4, 6 or 9 digits nor "
                         "<region>-<name in small letters>."}};
        auto const parent = parent_of(code);
        if (!organisation.parent.empty() && organisation.parent != parent)
            errors.push_back({"parent", "invalid"_code,
                              "The parent of '" + code + "' can only be '" + parent + "'."});
        else if (!parent.empty() && !find(parent) && !also.contains(parent))
            errors.push_back(
                {"parent", "unknown"_code, "There is no organisation '" + parent + "'."});
        bool const department = Region::is_department(code);
        if (organisation.department && !department)
            errors.push_back(
                {"department", "invalid"_code,
                 "The code '" + code + "' is a region's. A department's code is longer."});
        auto const length = characters_of(organisation.name);
        if (!length || *length < 1 || *length > 100)
            errors.push_back({"name", "invalid"_code, "A name has 1 to 100 characters."});
        organisation.parent = parent;
        organisation.department = department;
        return errors;
    }
};

Organisations::Organisations() : tree_(std::make_unique<Tree>()) {}
Organisations::~Organisations() = default;

Outcome<void> Organisations::load(Documents& documents) {
    auto const all = documents.all(kind);
    if (!all) return all.error();
    for (auto const& document : *all)
        tree_->put(organisation_of(document.id, document.version, json::parse(document.body)));
    return {};
}

std::optional<Organisation> Organisations::find(std::string_view code) const {
    return tree_->find(code);
}

bool Organisations::is_open(std::string_view code) const {
    std::shared_lock const lock(tree_->mutex);
    auto found = tree_->by_code.find(code);
    while (found != tree_->by_code.end() && found->second.active) {
        if (found->second.parent.empty()) return true;
        found = tree_->by_code.find(found->second.parent);
    }
    return false;
}

std::vector<Organisation> Organisations::children(std::string_view code, std::size_t limit) const {
    std::shared_lock const lock(tree_->mutex);
    std::vector<Organisation> found;
    auto const codes = tree_->children.find(code);
    if (codes == tree_->children.end()) return found;
    for (auto const& child : codes->second) {
        if (found.size() == limit) break;
        found.push_back(tree_->by_code.find(child)->second);
    }
    return found;
}

std::vector<Organisation> Organisations::search(std::string_view text, std::string_view below,
                                                std::size_t limit) const {
    std::shared_lock const lock(tree_->mutex);
    std::vector<Organisation> found;
    for (auto at = tree_->by_code.lower_bound(below);
         at != tree_->by_code.end() && at->first.starts_with(below) && found.size() < limit; ++at)
        if (at->second.name.find(text) != std::string::npos) found.push_back(at->second);
    return found;
}

std::size_t Organisations::size() const {
    std::shared_lock const lock(tree_->mutex);
    return tree_->by_code.size();
}

Outcome<Organisation> Organisations::save(Documents& documents, Caller const& actor,
                                          Organisation organisation,
                                          std::optional<std::uint64_t> expected_version) {
    std::lock_guard const writing(tree_->writing);
    if (auto errors = tree_->check(organisation, {}); !errors.empty())
        return invalid(std::move(errors));
    auto const known = find(organisation.code);
    auto const version = expected_version.value_or(known ? known->version : 0);
    DocumentChange change{.kind = std::string(kind),
                          .id = organisation.code,
                          .expected_version = version,
                          .body = body_of(organisation),
                          .event = known ? "organisation_changed" : "organisation_created",
                          .said = body_of(organisation),
                          .place = organisation.code};
    std::vector<DocumentChange> changes;
    changes.push_back(std::move(change));
    if (auto written = documents.write(actor, std::move(changes)); !written) return written.error();
    organisation.version = version + 1;
    tree_->put(organisation);
    return organisation;
}

namespace {

Outcome<std::vector<Organisation>> read_list(std::string_view json_text) {
    json const list = json::parse(json_text, nullptr, false);
    if (!list.is_array())
        return Refusal{"not_a_list"_code, "The file is not a JSON list of organisations.",
                       "Write [{\"code\":\"36\",\"name\":\"…\"},…]."};
    std::vector<Organisation> organisations;
    for (json const& row : list) {
        auto const text = [&row](char const* name) {
            auto const found = row.find(name);
            return found != row.end() && found->is_string() ? found->get<std::string>()
                                                            : std::string();
        };
        if (!row.is_object())
            return invalid({{"organisations", "wrong_type"_code, "An entry is not an object."}});
        for (auto const& [name, value] : row.items())
            if (name != "code" && name != "name" && name != "parent" && name != "department")
                return invalid({{name, "unknown_field"_code, "There is no field '" + name + "'."}});
        Organisation organisation;
        organisation.code = text("code");
        organisation.name = text("name");
        organisation.parent = text("parent");
        auto const department = row.find("department");
        organisation.department =
            department != row.end() && department->is_boolean() && department->get<bool>();
        organisations.push_back(std::move(organisation));
    }
    return organisations;
}

} // namespace

Outcome<std::size_t>
Organisations::import(Documents& documents, Caller const& actor, std::string_view json_text,
                      std::function<void(std::size_t, std::size_t)> const& progress) {
    constexpr std::size_t at_once = 500; // one batch
    std::lock_guard const writing(tree_->writing);
    auto list = read_list(json_text);
    if (!list) return list.error();
    std::set<std::string> codes;
    for (auto const& organisation : *list)
        if (!codes.insert(organisation.code).second)
            return invalid(
                {{"code", "twice"_code, "The code '" + organisation.code + "' occurs twice."}});
    std::vector<Organisation> changed;
    for (Organisation& organisation : *list) {
        if (auto errors = tree_->check(organisation, codes); !errors.empty())
            return invalid(std::move(errors));
        auto const known = find(organisation.code);
        if (known && is_same(*known, organisation)) continue;
        organisation.version = known ? known->version : 0;
        changed.push_back(std::move(organisation));
    }
    Caller without_key = actor; // for all but the last batch: it is not done before that
    without_key.idempotency_key.clear();
    for (std::size_t from = 0; from < changed.size(); from += at_once) {
        auto const to = std::min(from + at_once, changed.size());
        Caller const& by = to < changed.size() ? without_key : actor;
        std::vector<DocumentChange> changes;
        for (std::size_t i = from; i < to; ++i)
            changes.push_back({.kind = std::string(kind),
                               .id = changed[i].code,
                               .expected_version = changed[i].version,
                               .body = body_of(changed[i]),
                               .event = i == from ? "organisations_imported" : "",
                               .said = i == from ? json{{"count", to - from}}.dump() : ""});
        if (auto written = documents.write(by, std::move(changes)); !written)
            return written.error();
        for (std::size_t i = from; i < to; ++i) {
            ++changed[i].version;
            tree_->put(changed[i]);
        }
        progress(to, changed.size());
    }
    return changed.size();
}

} // namespace banjie::engine
