#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"
#include "api/resources/users_api.hpp"

namespace banjie::api::schemas {

namespace {

/// Adds what an account may read of itself.
void add_own(json& schemas) {
    schemas["OpenSession"] = object({{"id", text},
                                     {"used_at", moment},
                                     {"expires_at", moment},
                                     {"address", text},
                                     {"agent", text},
                                     {"this", boolean}},
                                    {{"opened_at", moment}});
    schemas["OpenSessions"] = object({{"items", list_of(schema("OpenSession"))}});
    schemas["SecondFactor"] =
        object({{"enrolled", boolean}, {"compulsory", boolean}, {"recovery_codes_left", integer}},
               {{"enrolled_at", moment}});
    json const act = object({{"seq", integer},
                             {"at", moment},
                             {"type", text},
                             {"workflow", text},
                             {"subject", text},
                             {"fields", typed("object")}},
                            {{"address", text}});
    schemas["OwnData"] =
        object({{"made_at", moment},
                {"sessions", list_of(schema("OpenSession"))},
                {"settings", typed("object")},
                {"acts", list_of(act)},
                {"acts_complete", boolean}},
               {{"account", schema("User")}, {"second_factor", schema("SecondFactor")}});
}

} // namespace

void add_people(json& schemas) {
    json const user = {{"name", text},
                       {"display_name", text},
                       {"organisation", text},
                       {"roles", list_of(one_of(users::role_choices))},
                       {"active", boolean},
                       {"must_change_password", boolean},
                       {"second_factor", boolean},
                       {"owes", one_of(users::owed_choices)},
                       {"version", integer}};
    json const named = {{"organisation_name", text}};
    schemas["User"] = object(user, named);
    schemas["UserPage"] = page_of("User");
    auto me = user;
    me["region"] = text;
    me["level"] = one_of(engine::level_names);
    schemas["Me"] = object(std::move(me), {{"organisation_name", text}, {"csrf_token", text}});
    schemas["Session"] = object({{"expires_at", moment}, {"user", schema("User")}},
                                {{"token", text}, {"csrf_token", text}});
    add_own(schemas);
    schemas["SecondFactorEnrolment"] =
        object({{"secret", text}, {"uri", text}, {"qr", list_of(text)}});
    schemas["RecoveryCodes"] = object({{"recovery_codes", list_of(text)}});
    schemas["SecurityPolicy"] =
        object({{"second_factor_roles", list_of(one_of(users::role_choices))},
                {"password_days", integer},
                {"password_characters", integer},
                {"password_kinds", integer},
                {"first_password_changes", boolean},
                {"idle_minutes", integer},
                {"administrator_idle_minutes", integer},
                {"administrator_addresses", list_of(text)},
                {"key_addresses", list_of(text)},
                {"separation", boolean},
                {"second_person", list_of(one_of(engine::acts_for_two))}},
               {{"password_days_since", moment}});
    schemas["PendingAct"] = object({{"id", text},
                                    {"kind", one_of(engine::acts_for_two)},
                                    {"says", text},
                                    {"request", typed("object")},
                                    {"proposed_by", text},
                                    {"proposed_at", moment},
                                    {"expires_at", moment}});
    schemas["ActPage"] = object({{"items", list_of(schema("PendingAct"))}});
    schemas["Confirmed"] = typed("object");
    schemas["Organisation"] = object({{"code", text},
                                      {"name", text},
                                      {"parent", text},
                                      {"region", text},
                                      {"level", one_of(engine::level_names)},
                                      {"department", boolean},
                                      {"active", boolean},
                                      {"version", integer}});
    schemas["OrganisationPage"] =
        object({{"items", list_of(schema("Organisation"))}, {"total", integer}});
    schemas["ImportResult"] = object({{"changed", integer}});
}

void add_services(json& schemas) {
    schemas["Settings"] = typed("object");
    json const key = {
        {"id", text},
        {"name", text},
        {"organisation", text},
        {"roles", list_of(one_of(users::role_choices))},
        {"created_by", text},
        {"created_at", moment},
        {"expires_at", moment},
        {"in_force", boolean},
        {"read_only", boolean},
        {"workflows", list_of(text)},
        {"commands", list_of(text)},
        {"addresses", list_of(text)},
        {"last_used_on",
         {{"anyOf", {{{"type", "string"}, {"format", "date"}}, {{"type", "null"}}}}}}};
    schemas["ApiKey"] = object(key);
    schemas["ApiKeyPage"] = object({{"items", list_of(schema("ApiKey"))}});
    auto made = key;
    made["secret"] = text;
    schemas["MadeApiKey"] = object(std::move(made));
    schemas["Notification"] = object({{"id", text},
                                      {"at", moment},
                                      {"kind", text},
                                      {"instance", text},
                                      {"workflow", text},
                                      {"title", text},
                                      {"number", text},
                                      {"by", text},
                                      {"text", text},
                                      {"read", boolean}});
    schemas["NotificationPage"] = object({{"items", list_of(schema("Notification"))},
                                          {"unread", integer},
                                          {"next_cursor", cursor_or_null}});
    schemas["Unread"] = object({{"unread", integer}});
    schemas["AuditEntry"] = object({{"seq", integer},
                                    {"at", moment},
                                    {"event", text},
                                    {"kind", text},
                                    {"subject", text},
                                    {"actor", text},
                                    {"actor_name", text},
                                    {"organisation", text},
                                    {"fields", typed("object")}},
                                   {{"address", text}});
    schemas["AuditPage"] = page_of("AuditEntry");
    schemas["SimilarPage"] = object(
        {{"items",
          list_of(object({{"title", text}, {"region", text}, {"similarity", typed("number")}},
                         {{"id", text}, {"state", text}, {"ask", text}}))}});
}

} // namespace banjie::api::schemas
