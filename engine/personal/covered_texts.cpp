#include "engine/personal/covered_texts.hpp"

#include "engine/invariant.hpp"
#include "engine/refusal_of.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <mutex>

namespace banjie::engine {

namespace {

constexpr std::string_view kind = "covered", between = "/covered/";

void cover(Fields& fields, workflows::FieldName const& name) {
    auto const* const value = fields.find(name);
    if (value != nullptr && std::holds_alternative<std::string>(*value))
        fields.set(name, std::string(covered_text));
}

} // namespace

std::vector<Covering> coverings_of(CommandInfo const& command, Instance const* before,
                                   Instance const& after, Event const& event) {
    std::vector<Covering> coverings;
    if (!command.covers_earlier || before == nullptr) return coverings;
    for (FieldSpec const& field : command.form) {
        auto const* const said = before->facts.find(field.name);
        auto const* const says = event.changes.find(field.name);
        bool const is_text = field.kind == FieldKind::text || field.kind == FieldKind::long_text;
        if (is_text && said != nullptr && says != nullptr && *said != *says)
            coverings.push_back({after.id, std::string(field.name), after.version});
    }
    return coverings;
}

storage::DocumentWrite document_of(Covering const& covering) {
    return {.kind = std::string(kind),
            .id = covering.instance + std::string(between) + covering.fact,
            .expected_version = std::nullopt,
            .body = std::to_string(covering.version),
            .event = {}};
}

Outcome<void> CoveredTexts::load(storage::Store& store) {
    auto const documents = store.documents(kind);
    if (!documents) return refusal_of(documents.error(), "read what is covered");
    std::lock_guard const lock(mutex_);
    for (auto const& document : *documents) {
        auto const at = document.id.find(between);
        if (at == std::string::npos) broken("a covered text without its place: " + document.id);
        std::uint64_t version = 0;
        auto const& body = document.body;
        std::from_chars(body.data(), body.data() + body.size(), version);
        covered_[document.id.substr(0, at)][document.id.substr(at + between.size())] = version;
    }
    return boost::system::in_place_value;
}

void CoveredTexts::cover(Covering const& covering) {
    std::lock_guard const lock(mutex_);
    auto& version = covered_[covering.instance][covering.fact];
    version = std::max(version, covering.version);
}

bool CoveredTexts::apply(Recorded& recorded) const {
    std::shared_lock const lock(mutex_);
    auto const found = covered_.find(recorded.subject);
    if (found == covered_.end()) return false;
    for (auto const& [name, version] : found->second) {
        if (recorded.version >= version) continue;
        engine::cover(recorded.event.fields, name);
        engine::cover(recorded.event.changes, name);
    }
    return true;
}

bool CoveredTexts::apply(nlohmann::json& event) const {
    std::shared_lock const lock(mutex_);
    if (covered_.empty()) return false;
    auto const found = covered_.find(event.value("subject", std::string()));
    if (found == covered_.end()) return false;
    for (auto const& [name, version] : found->second) {
        if (event.value("version", version) >= version) continue;
        for (auto const* part : {"fields", "changes"}) {
            auto const fields = event.find(part);
            if (fields == event.end()) continue;
            auto const text = fields->find(name);
            if (text != fields->end() && text->is_string()) *text = covered_text;
        }
    }
    return true;
}

} // namespace banjie::engine
