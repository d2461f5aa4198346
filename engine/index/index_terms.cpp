#include "engine/index/index_terms.hpp"

#include <algorithm>

namespace banjie::engine {

std::string state_key(std::string_view workflow, std::string_view state) {
    std::string key(workflow);
    key += '/';
    key += state;
    return key;
}

Term Terms::number_of(Attribute attribute, std::string_view value) {
    // Most often it is the one that was asked for before.
    Term& last = last_[static_cast<std::size_t>(attribute)];
    if (last < names_.size() && names_[last].attribute == attribute && names_[last].value == value)
        return last;
    if (auto const found = numbers_.find(std::pair(attribute, value)); found != numbers_.end())
        return last = found->second;
    auto const term = static_cast<Term>(names_.size());
    auto const& name = names_.emplace_back(Name{attribute, std::string(value)});
    numbers_.emplace(std::pair(attribute, std::string_view(name.value)), term);
    of_attribute_[static_cast<std::size_t>(attribute)].push_back(term);
    return last = term;
}

std::optional<Term> Terms::find(Attribute attribute, std::string_view value) const {
    auto const found = numbers_.find(std::pair(attribute, value));
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Term> Terms::beginning(Attribute attribute, std::string_view prefix) const {
    std::vector<Term> found;
    for (Term const term : of_attribute_[static_cast<std::size_t>(attribute)])
        if (names_[term].value.starts_with(prefix)) found.push_back(term);
    std::sort(found.begin(), found.end(),
              [this](Term a, Term b) { return names_[a].value < names_[b].value; });
    return found;
}

void Terms::add_all(IndexEntry const& entry, IndexEntry const* other, std::vector<Term>& found) {
    auto const differs = [&](auto member) { return !other || entry.*member != other->*member; };
    auto const add = [&](Attribute attribute, std::string_view value) {
        if (!value.empty()) found.push_back(number_of(attribute, value));
    };
    auto const add_text = [&](Attribute attribute, std::string_view IndexEntry::*member) {
        if (differs(member)) add(attribute, entry.*member);
    };
    auto const add_list = [&](Attribute attribute, auto member) {
        if (!differs(member)) return;
        auto const first = static_cast<std::ptrdiff_t>(found.size());
        for (auto const& value : entry.*member) add(attribute, value);
        std::sort(found.begin() + first, found.end());
        found.erase(std::unique(found.begin() + first, found.end()), found.end());
    };
    add_text(Attribute::workflow, &IndexEntry::workflow);
    if (differs(&IndexEntry::workflow) || differs(&IndexEntry::state))
        add(Attribute::state, state_key(entry.workflow, entry.state));
    add_text(Attribute::light, &IndexEntry::light);
    add_text(Attribute::supervision, &IndexEntry::supervision);
    add_text(Attribute::category, &IndexEntry::category);
    add_text(Attribute::source, &IndexEntry::source);
    if (entry.round && differs(&IndexEntry::round))
        add(Attribute::round, std::to_string(*entry.round));
    if (differs(&IndexEntry::region))
        for (std::size_t const digits : {2U, 4U, 6U, 9U})
            if (entry.region.size() >= digits)
                add(Attribute::below, entry.region.substr(0, digits));
    add_text(Attribute::reporting_unit, &IndexEntry::reporting_unit);
    add_text(Attribute::lead_unit, &IndexEntry::lead_unit);
    add_list(Attribute::co_handler, &IndexEntry::co_handlers);
    add_list(Attribute::waits_for, &IndexEntry::waits_for);
    if (differs(&IndexEntry::history))
        for (auto bit = IndexEntry::handled; bit <= IndexEntry::reworked; bit <<= 1U)
            if (entry.history & bit) add(Attribute::history, std::to_string(bit));
}

} // namespace banjie::engine
