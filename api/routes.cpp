// The table of contents of the API. If two rows match a request, the upper one takes it.

#include "api/resources/acts_api.hpp"
#include "api/resources/api_keys_api.hpp"
#include "api/resources/attachments_api.hpp"
#include "api/resources/audit_api.hpp"
#include "api/resources/bulk_api.hpp"
#include "api/resources/calendar_api.hpp"
#include "api/resources/events_api.hpp"
#include "api/resources/instances_api.hpp"
#include "api/resources/notifications_api.hpp"
#include "api/resources/operations_api.hpp"
#include "api/resources/organisations_api.hpp"
#include "api/resources/own_data_api.hpp"
#include "api/resources/personal_api.hpp"
#include "api/resources/second_factor_api.hpp"
#include "api/resources/security_api.hpp"
#include "api/resources/sessions_api.hpp"
#include "api/resources/settings_api.hpp"
#include "api/resources/similar_api.hpp"
#include "api/resources/statistics_api.hpp"
#include "api/resources/users_api.hpp"
#include "api/resources/work_api.hpp"
#include "api/resources/workflows_api.hpp"
#include "api/router.hpp"
#include "engine/limits.hpp"

namespace banjie::api {

namespace {

constexpr auto anyone = Caller::anyone;
constexpr auto signed_in = Caller::signed_in;
constexpr auto newcomer = Caller::newcomer;

// clang-format off
constexpr Route table[] = {
    // sessions
    {Method::post, "/api/v1/sessions", sessions::sign_in, anyone, Body::form, 201, "Session",
     "Sign in; with cookie the token comes as a cookie, and a csrf_token", sessions::sign_in_form, {},
     Filters::none, nullptr, limits::anonymous_body_bytes},
    {Method::delete_, "/api/v1/sessions/current", on_worker<sessions::sign_out>, newcomer, Body::none, 204, "",
     "Sign out: the token is worth nothing any more"},
    {Method::get, "/api/v1/me", now<sessions::me>, newcomer, Body::none, 200, "Me",
     "Who I am"},
    {Method::get, "/api/v1/me/settings", now<settings::get>, signed_in, Body::none, 200, "Settings",
     "What my console keeps"},
    {Method::put, "/api/v1/me/settings", on_worker<settings::put>, signed_in, Body::object, 200, "Settings",
     "Replace it; at most 16 KiB", {}, {}, Filters::none, nullptr, limits::settings_bytes},
    {Method::put, "/api/v1/me/password", on_worker<sessions::change_password>, newcomer, Body::form, 204, "",
     "Change my password; every other session of mine ends", sessions::password_form},
    {Method::get, "/api/v1/me/sessions", now<sessions::list>, signed_in, Body::none, 200, "OpenSessions",
     "My sessions that are open, newest first"},
    {Method::post, "/api/v1/me/sessions/{id}/end", on_worker<sessions::end>, signed_in, Body::form, 204, "",
     "End one of them: with my password", sessions::end_form},
    {Method::post, "/api/v1/me/sessions/end-others", on_worker<sessions::end_others>, signed_in, Body::form, 204, "",
     "End all of them but this one: with my password", sessions::end_form},
    {Method::get, "/api/v1/me/data", on_worker<own_data::get>, signed_in, Body::none, 200, "OwnData",
     "What the program keeps of me, as a file"},
    {Method::get, "/api/v1/me/second-factor", now<second_factor::get>, newcomer, Body::none, 200, "SecondFactor",
     "Whether I have a second factor, and whether I need one"},
    {Method::post, "/api/v1/me/second-factor", on_worker<second_factor::begin>, newcomer, Body::form, 201, "SecondFactorEnrolment",
     "Begin to enrol a device: its secret and QR code are shown this once", second_factor::begin_form},
    {Method::post, "/api/v1/me/second-factor/confirm", on_worker<second_factor::confirm>, newcomer, Body::form, 200, "RecoveryCodes",
     "Confirm it by a code that the device shows; the recovery codes are shown this once", second_factor::confirm_form},
    {Method::post, "/api/v1/me/second-factor/recovery-codes", on_worker<second_factor::renew_recovery_codes>, signed_in, Body::form, 200, "RecoveryCodes",
     "Make new recovery codes; those from before are worth nothing", second_factor::both_form},
    {Method::post, "/api/v1/me/second-factor/remove", on_worker<second_factor::remove>, signed_in, Body::form, 204, "",
     "Do without it, where my roles do not need one", second_factor::both_form},

    // organisations
    {Method::get, "/api/v1/organisations", now<organisations::list>, signed_in, Body::none, 200, "OrganisationPage",
     "Organisations below one, or by a part of their name", {}, organisations::list_query},
    {Method::post, "/api/v1/organisations/import", on_worker<organisations::import>, signed_in, Body::object, 200, "ImportResult",
     "Create or change many organisations at once"},
    {Method::get, "/api/v1/organisations/{code}", now<organisations::get>, signed_in, Body::none, 200, "Organisation",
     "One organisation"},
    {Method::put, "/api/v1/organisations/{code}", on_worker<organisations::save>, signed_in, Body::form, 200, "Organisation",
     "Create or replace an organisation", organisations::save_form},
    {Method::patch, "/api/v1/organisations/{code}", on_worker<organisations::change>, signed_in, Body::form, 200, "Organisation",
     "Rename, close down or take up again an organisation", organisations::change_form},

    // users
    {Method::get, "/api/v1/users", now<users::list>, signed_in, Body::none, 200, "UserPage",
     "Accounts of a region", {}, users::list_query},
    {Method::post, "/api/v1/users", on_worker<users::create>, signed_in, Body::form, 201, "User",
     "Create an account", users::create_form, {}, Filters::none, nullptr, limits::body_bytes, nullptr,
     users::creation_sensitivity},
    {Method::get, "/api/v1/users/{name}", now<users::get>, signed_in, Body::none, 200, "User",
     "One account"},
    {Method::patch, "/api/v1/users/{name}", on_worker<users::change>, signed_in, Body::form, 200, "User",
     "Change an account; other roles or another password end its sessions", users::change_form, {}, Filters::none, nullptr, limits::body_bytes,
     nullptr, users::change_sensitivity},
    {Method::delete_, "/api/v1/users/{name}/sessions", on_worker<users::end_sessions>, signed_in, Body::none, 204, "",
     "End every session of an account"},
    {Method::delete_, "/api/v1/users/{name}/second-factor", on_worker<users::reset_second_factor>, signed_in, Body::none, 204, "",
     "Take the second factor off an account whose owner has lost the device"},

    // security
    {Method::get, "/api/v1/security", now<security::get>, signed_in, Body::none, 200, "SecurityPolicy",
     "What the installation asks of its accounts"},
    {Method::patch, "/api/v1/security", on_worker<security::change>, signed_in, Body::form, 200, "SecurityPolicy",
     "Change what is named of it", security::change_form, {}, Filters::none, nullptr, limits::body_bytes, nullptr,
     security::sensitivity},

    // acts
    {Method::get, "/api/v1/acts", now<acts::list>, signed_in, Body::none, 200, "ActPage",
     "What waits for a second person: what I have proposed, and what I could confirm"},
    {Method::post, "/api/v1/acts/{id}/confirm", acts::confirm, signed_in, Body::none, 200, "Confirmed",
     "Confirm what somebody else has proposed; it is carried out and answered at once"},
    {Method::post, "/api/v1/acts/{id}/withdraw", on_worker<acts::withdraw>, signed_in, Body::none, 204, "",
     "Take it back, or decide against it"},

    // API keys
    {Method::get, "/api/v1/api-keys", now<api_keys::list>, signed_in, Body::none, 200, "ApiKeyPage",
     "Keys of other platforms"},
    {Method::post, "/api/v1/api-keys", on_worker<api_keys::make>, signed_in, Body::form, 201, "MadeApiKey",
     "Make a key; its secret is shown this once", api_keys::make_form, {}, Filters::none, nullptr, limits::body_bytes, nullptr,
     api_keys::sensitivity},
    {Method::post, "/api/v1/api-keys/{id}/take-over", on_worker<api_keys::take_over>, signed_in, Body::none, 200, "ApiKey",
     "Answer for a key in its maker's place", {}, {}, Filters::none, nullptr, limits::body_bytes, nullptr,
     api_keys::sensitivity},
    {Method::delete_, "/api/v1/api-keys/{id}", on_worker<api_keys::revoke>, signed_in, Body::none, 204, "",
     "Revoke a key"},

    // calendar
    {Method::get, "/api/v1/calendar", now<calendar::years>, signed_in, Body::none, 200, "CalendarYears",
     "Years of the working-day calendar"},
    {Method::get, "/api/v1/calendar/working-days", now<calendar::working_days>, signed_in, Body::none, 200, "WorkingDays",
     "The day on which so many working days are over", {}, calendar::working_days_query},
    {Method::get, "/api/v1/calendar/{year}", now<calendar::year>, signed_in, Body::none, 200, "CalendarYear",
     "Holidays and make-up working days of a year"},
    {Method::put, "/api/v1/calendar/{year}", on_worker<calendar::save_year>, signed_in, Body::form, 200, "CalendarYear",
     "Enter or correct a year", calendar::year_form, calendar::save_query},

    // workflows
    {Method::get, "/api/v1/workflows", now<workflows_resource::list>, signed_in, Body::none, 200, "WorkflowPage",
     "Every workflow", {}, workflows_resource::shown_query},
    {Method::get, "/api/v1/workflows/{name}", now<workflows_resource::get>, signed_in, Body::none, 200, "Workflow",
     "States, rows, forms, permissions, policy and diagram of a workflow", {}, workflows_resource::shown_query},
    {Method::put, "/api/v1/workflows/{name}/policy", on_worker<workflows_resource::save_policy>, signed_in, Body::object, 200, "Workflow",
     "Replace the policy; checked before it is in force", {}, workflows_resource::policy_query, Filters::none, nullptr,
     limits::body_bytes, nullptr, workflows_resource::sensitivity},

    // statistics
    {Method::get, "/api/v1/statistics/summary", on_worker<statistics::summary>, signed_in, Body::none, 200, "Summary",
     "Totals, lights and rates of every group", {}, statistics::query, Filters::tags},
    {Method::get, "/api/v1/statistics/funnel", on_worker<statistics::funnel>, signed_in, Body::none, 200, "Funnel",
     "How many are in each stage", {}, statistics::query, Filters::tags},
    {Method::get, "/api/v1/statistics/trend", on_worker<statistics::trend>, signed_in, Body::none, 200, "Trend",
     "What happened in each month or week, with its rates", {}, statistics::trend_query, Filters::tags},

    // notifications
    {Method::get, "/api/v1/notifications", on_worker<notifications::list>, signed_in, Body::none, 200, "NotificationPage",
     "What I should hear of", {}, notifications::list_query},
    {Method::post, "/api/v1/notifications/read", on_worker<notifications::mark_read>, signed_in, Body::object, 200, "Unread",
     "I have read these"},

    // events, audit, backups
    {Method::get, "/api/v1/events", now<events::page>, signed_in, Body::none, 200, "EventPage",
     "Events after a cursor, as CloudEvents; by WebSocket as they happen", {}, events::page_query},
    {Method::get, "/api/v1/audit", on_worker<audit::list>, signed_in, Body::none, 200, "AuditPage",
     "Who administered what", {}, audit::list_query},
    {Method::get, "/api/v1/audit/export", on_worker<audit::export_table>, signed_in, Body::none, 200, "text/csv",
     "The same as a table; that it was taken is audited", {}, audit::export_query},
    {Method::get, "/api/v1/audit/export.json", on_worker<audit::export_json>, signed_in, Body::none, 200, "AuditPage",
     "The same as one page; that it was taken is audited", {}, audit::export_query},
    {Method::get, "/api/v1/backups", on_worker<operations::backups>, signed_in, Body::none, 200, "BackupPage",
     "The copies that there are, newest first"},
    {Method::post, "/api/v1/backups", on_worker<operations::back_up>, signed_in, Body::none, 201, "BackupWritten",
     "Write a consistent copy of the store while it works"},

    // instances of any workflow
    {Method::get, "/api/v1/work", on_worker<work::list>, signed_in, Body::none, 200, "WorkPage",
     "What waits for me, over all workflows", {}, work::list_query},
    {Method::get, "/api/v1/{instances}", now<instances::list>, signed_in, Body::none, 200, "{Instance}Page",
     "List", {}, instances::list_query, Filters::tags_and_regions},
    {Method::get, "/api/v1/{instances}/similar", on_worker<similar::list>, signed_in, Body::none, 200, "SimilarPage",
     "Has somebody reported this already?", {}, similar::list_query, Filters::none, similar::is_for},
    {Method::post, "/api/v1/{instances}", instances::create, signed_in, Body::command, 201, "{Instance}",
     "Create", {}, instances::shown_query},
    {Method::post, "/api/v1/{instances}/commands/{command}", instances::bulk_command, signed_in, Body::ids, 200, "BulkResult",
     "Give one command to many"},
    {Method::get, "/api/v1/{instances}/{id}", now<instances::get>, signed_in, Body::none, 200, "{Instance}Detail",
     "One of them, with what I may do now and why not the rest", {}, instances::shown_query},
    {Method::patch, "/api/v1/{instances}/{id}", instances::edit, signed_in, Body::command, 200, "{Instance}",
     "Edit its facts, while that is permitted", {}, instances::shown_query},
    {Method::get, "/api/v1/{instances}/{id}/history", now<instances::history>, signed_in, Body::none, 200, "RecordedPage",
     "What has happened to it", {}, instances::history_query},
    {Method::post, "/api/v1/{instances}/{id}/commands/{command}", instances::command, signed_in, Body::command, 200, "{Instance}",
     "Give it a command", {}, instances::shown_query},
    {Method::post, "/api/v1/{instances}/{id}/personal/read", on_worker<personal::read>, signed_in, Body::form, 200, "PersonalValues",
     "Read its personal data in the clear; who read it and why is audited", personal::read_form, {}, Filters::none, personal::is_for},

    // attachments
    {Method::get, "/api/v1/{instances}/{id}/attachments", now<attachments::list>, signed_in, Body::none, 200, "AttachmentPage",
     "What has been attached to it", {}, {}, Filters::none, attachments::is_for},
    {Method::post, "/api/v1/{instances}/{id}/attachments", on_worker<attachments::add>, signed_in, Body::file, 201, "Attachment",
     "Attach a file of at most 20 MiB: a photo, a paper, a video", {}, attachments::add_query,
     Filters::none, attachments::is_for, engine::limits::attachment_bytes, attachments::admit},
    {Method::get, "/api/v1/{instances}/{id}/attachments/{attachment}", on_worker<attachments::get>, signed_in, Body::none, 200, "application/octet-stream",
     "The file itself", {}, attachments::get_query, Filters::none, attachments::is_for},
    {Method::delete_, "/api/v1/{instances}/{id}/attachments/{attachment}", on_worker<attachments::remove>, signed_in, Body::none, 204, "",
     "Remove what was attached by mistake: who may is told with it", {}, {}, Filters::none, attachments::is_for},

    // operations
    {Method::get, "/healthz", now<operations::health>, anyone, Body::none, 200, "Health",
     "The process answers"},
    {Method::get, "/readyz", now<operations::readiness>, anyone, Body::none, 200, "Readiness",
     "The store takes writes; else 503"},
    {Method::get, "/metrics", now<operations::metrics>, anyone, Body::none, 200, "text/plain",
     "Figures for Prometheus: to this machine, and to administrators of the province"},
    {Method::get, "/openapi.json", now<operations::openapi>, anyone, Body::none, 200, "Description",
     "This description"},
    {Method::get, "/docs", now<operations::docs>, anyone, Body::none, 200, "text/html",
     "This description, to be read"},
    {Method::get, "/docs.js", now<operations::docs_script>, anyone, Body::none, 200, "text/javascript",
     "What the page of the description runs"},
    {Method::get, "/pages.css", now<operations::style>, anyone, Body::none, 200, "text/css",
     "How these pages look"},
};
// clang-format on

} // namespace

std::span<Route const> routes() {
    return table;
}

} // namespace banjie::api
