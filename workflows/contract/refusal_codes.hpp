#pragma once
// The codes that the forms, the policies and the parts shared by all workflows refuse with.
// Sorted by name.

#include "workflows/contract/refusal_code.hpp"

namespace banjie::workflows {

inline constexpr CodeEntry shared_codes[] = {
    {"due_at_is_past", RefusalKind::not_permitted, "The due date has already passed.",
     "Give a date in the future, or none to take the usual one."},
    {"due_is_not_far", RefusalKind::not_permitted,
     "The light cannot turn green: the deadline is near or has passed.", ""},
    {"due_is_not_near", RefusalKind::not_permitted,
     "The light cannot turn yellow: the deadline is not near.", ""},
    {"due_is_not_past", RefusalKind::not_permitted,
     "The light cannot turn red: the deadline has not passed.", ""},
    {"forbidden", RefusalKind::forbidden, "The account has no role that may do this here.",
     "Ask somebody who has the role that the refusal names."},
    {"invalid_fields", RefusalKind::invalid, "Some fields are missing or not valid.",
     "Correct the fields listed in \"errors\"."},
    {"label_of_nothing", std::nullopt, "The workflow has nothing that the label could name.",
     "Remove the label."},
    {"lead_unit_is_co_handler", RefusalKind::not_permitted,
     "A unit is named both as lead unit and as co-handler.", "Name it once."},
    {"missing", std::nullopt, "The entry is missing.", "Add it."},
    {"not_permitted_in_state", RefusalKind::not_permitted,
     "The command cannot be given in the present state.",
     "Give one of the commands that the refusal lists."},
    {"not_to_be_forgotten", RefusalKind::not_permitted,
     "The personal values of the instance are not to be forgotten yet.", ""},
    {"nothing_personal", RefusalKind::not_permitted,
     "Nothing personal is kept of the instance: nothing was given, or it has been erased.", ""},
    {"one_language_only", std::nullopt, "The text exists in one language only.",
     "Give it in Chinese and in English."},
    {"out_of_range", std::nullopt, "The number or date is outside the allowed range.",
     "Choose one within the range."},
    {"region_outside_jurisdiction", RefusalKind::not_permitted,
     "The region is outside the actor's jurisdiction.",
     "Report what happens in your own region or below it."},
    {"repeated", std::nullopt, "The list names an entry twice.", "Name every entry once."},
    {"required", std::nullopt, "The field is missing or blank.", "Fill it in."},
    {"time_too_far", RefusalKind::invalid, "A time is too many years away.", "Check the year."},
    {"too_long", std::nullopt, "The text has too many characters.", "Shorten it."},
    {"too_many", std::nullopt, "The list has too many entries.", "Send fewer entries."},
    {"too_many_co_handlers", RefusalKind::not_permitted, "Too many co-handlers are named.",
     "Name fewer."},
    {"unit_outside_jurisdiction", RefusalKind::not_permitted,
     "A named unit is outside the actor's jurisdiction.",
     "Escalate the matter, or name a unit of your own region."},
    {"unknown_category", RefusalKind::invalid, "The policy has no such category.",
     "Choose one of the policy's categories."},
    {"unknown_choice", std::nullopt, "The value is not one of the field's choices.",
     "Choose one of those that the error lists."},
    {"unknown_co_handler", RefusalKind::invalid, "There is no such co-handler.",
     "Look up the unit among the organisations."},
    {"unknown_command", RefusalKind::not_found, "The workflow has no such command.",
     "See the workflow's commands: GET /api/v1/workflows/{name}."},
    {"unknown_event", std::nullopt, "The workflow has no such event.",
     "Choose one of the workflow's events."},
    {"unknown_fact", std::nullopt, "The workflow has no such fact.",
     "Choose one of the workflow's facts."},
    {"unknown_field", std::nullopt, "The form has no such field.", "Remove it."},
    {"unknown_lead_unit", RefusalKind::invalid, "There is no such lead unit.",
     "Look up the unit among the organisations."},
    {"unknown_name", std::nullopt, "The workflow has nothing of that name.", "Remove the entry."},
    {"unknown_recipient", std::nullopt, "There are no such recipients of notifications.",
     "Choose one of the known recipients."},
    {"unknown_region", RefusalKind::invalid, "There is no such region.",
     "Choose one from the tree of regions."},
    {"visitor_is_of_handling_unit", RefusalKind::not_permitted,
     "The visitor belongs to a unit that handled the problem.",
     "Let somebody of another unit make the visit."},
    {"wrong_type", std::nullopt, "The value is not of the field's type.",
     "Send a value of the type that the error names."},
};

[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return code_named({name, size}, shared_codes);
}

} // namespace banjie::workflows
