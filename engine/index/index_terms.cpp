#include "engine/index/index_terms.hpp"

#include <algorithm>
#include <bit>

namespace banjie::engine {

using workflows::FieldKind;

Terms::OfAttribute& Terms::of(Attribute attribute) {
    auto const place = static_cast<std::size_t>(attribute);
    while (of_attribute_.size() <= place) of_attribute_.emplace_back();
    return of_attribute_[place];
}

Term Terms::number_of(Attribute attribute, std::string_view value) {
    // Consecutive calls most often ask for the same value.
    auto& [terms, last] = of(attribute);
    if (last < names_.size() && names_[last].attribute == attribute && names_[last].value == value)
        return last;
    if (auto const found = numbers_.find(std::pair(attribute, value)); found != numbers_.end())
        return last = found->second;
    auto const term = static_cast<Term>(names_.size());
    auto const& name = names_.emplace_back(Name{attribute, std::string(value)});
    numbers_.emplace(std::pair(attribute, std::string_view(name.value)), term);
    terms.push_back(term);
    return last = term;
}

std::optional<Term> Terms::find(Attribute attribute, std::string_view value) const {
    auto const found = numbers_.find(std::pair(attribute, value));
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Term> Terms::beginning(Attribute attribute, std::string_view prefix) const {
    std::vector<Term> found;
    auto const place = static_cast<std::size_t>(attribute);
    if (place >= of_attribute_.size()) return found;
    for (Term const term : of_attribute_[place].terms)
        if (names_[term].value.starts_with(prefix)) found.push_back(term);
    std::sort(found.begin(), found.end(),
              [this](Term a, Term b) { return names_[a].value < names_[b].value; });
    return found;
}

void Terms::add_region(Attribute attribute, std::string_view code, std::vector<Term>& found) {
    if (code.empty()) return;
    Term const term = number_of(attribute, code);
    auto known = above_.find(term);
    if (known == above_.end()) {
        std::vector<Term> above;
        auto const region = Region::from(code);
        for (auto next = region ? region->above() : std::nullopt; next; next = next->above())
            above.push_back(number_of(attribute, next->code()));
        known = above_.emplace(term, std::move(above)).first;
    }
    found.push_back(term);
    found.insert(found.end(), known->second.begin(), known->second.end());
}

void Terms::add_place(Place const& place, std::vector<Term>& found) {
    switch (place.sight) {
    case Sight::region:
        return add_region(Attribute::seen_by_region, place.code, found);
    case Sight::unit:
        if (!place.code.empty()) found.push_back(number_of(Attribute::seen_by_unit, place.code));
        return;
    case Sight::person:
        if (!place.code.empty()) found.push_back(number_of(Attribute::seen_by_person, place.code));
        return;
    case Sight::everybody:
    case Sight::everyone:
        found.push_back(number_of(Attribute::seen_by_everybody, ""));
    }
}

void Terms::add_all(TermsOf const& of, IndexEntry const& entry, IndexEntry const* other,
                    std::vector<Term>& found) {
    auto const first = static_cast<std::ptrdiff_t>(found.size());
    auto const differs = [&](auto member) { return !other || entry.*member != other->*member; };
    auto const& tags = of.workflow->facets().tags;
    auto const& marks = of.workflow->facets().marks;
    if (other == nullptr) found.push_back(number_of(of.attributes.all(), ""));
    for (std::size_t i = 0; i < std::min(entry.states.size(), limits::machine_regions); ++i)
        if (!other || other->states.size() <= i || other->states[i] != entry.states[i])
            found.push_back(number_of(of.attributes.state(i), entry.states[i]));
    if (differs(&IndexEntry::tags))
        for (auto const& value : entry.tags) {
            auto const attribute = of.attributes.tag(value.tag);
            if (value.tag < tags.size() && tags[value.tag].kind == FieldKind::region)
                add_region(attribute, value.text, found);
            else
                found.push_back(value.number ? number_of(attribute, std::to_string(*value.number))
                                             : number_of(attribute, value.text));
        }
    if (differs(&IndexEntry::waits_for))
        for (auto const& address : entry.waits_for)
            found.push_back(number_of(Attribute::waits_for, address));
    if (differs(&IndexEntry::seen_by))
        for (auto const& place : entry.seen_by) add_place(place, found);
    if (differs(&IndexEntry::marks))
        for (auto left = entry.marks; left != 0; left &= left - 1)
            if (auto const bit = static_cast<std::size_t>(std::countr_zero(left));
                bit < marks.size())
                found.push_back(number_of(of.attributes.mark(), marks[bit].name));
    std::sort(found.begin() + first, found.end());
    found.erase(std::unique(found.begin() + first, found.end()), found.end());
}

} // namespace banjie::engine
