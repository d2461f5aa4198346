#include "engine/account_directory.hpp"

#include "engine/json_text.hpp"
#include "engine/limits.hpp"
#include "engine/session_tokens.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::engine {

using nlohmann::json;

namespace {

std::string body_of(Session const& session) {
    return json{{"user", session.user}, {"expires_at", time_text(session.expires_at)}}.dump();
}

} // namespace

DocumentChange sign_in_event(User const& user, char const* event, Time now) {
    return {.kind = "sign_in",
            .id = user.name,
            .expected_version = std::nullopt,
            .body = time_text(now),
            .event = event,
            .said = json{{"user", user.name}}.dump(),
            .region = user.organisation.substr(0, user.organisation.find('-'))};
}

DocumentChange ended_session(std::string id) {
    return {.kind = "session",
            .id = std::move(id),
            .expected_version = std::nullopt,
            .body = std::nullopt,
            .event = {},
            .said = {}};
}

Accounts::Directory::Directory(Documents& the_documents, Organisations const& the_organisations,
                               Clock& the_clock, Random& the_random)
    : documents(the_documents), organisations(the_organisations), clock(the_clock),
      random(the_random) {}

std::optional<Account> Accounts::Directory::find(std::string_view name) const {
    std::shared_lock const lock(mutex);
    auto const found = accounts.find(name);
    return found == accounts.end() ? std::nullopt : std::optional(found->second);
}

void Accounts::Directory::put(User user, std::string hash) {
    auto actor = std::make_shared<Actor>();
    actor->user = user.name;
    actor->display_name = user.display_name;
    actor->roles = user.roles;
    actor->organisation = user.organisation;
    auto const dash = user.organisation.find('-');
    actor->region = user.organisation.substr(0, dash);
    actor->of_department = dash != std::string::npos;
    if (auto const organisation = organisations.find(user.organisation))
        actor->level = organisation->level();
    std::unique_lock const lock(mutex);
    std::string name = user.name;
    accounts.insert_or_assign(std::move(name),
                              Account{std::move(user), std::move(hash), std::move(actor)});
}

std::vector<std::pair<Time, std::string>>
Accounts::Directory::sessions_of(std::string_view user) const {
    std::vector<std::pair<Time, std::string>> found;
    std::shared_lock const lock(mutex);
    for (auto const& [id, session] : sessions)
        if (session.user == user) found.emplace_back(session.expires_at, id);
    std::sort(found.begin(), found.end());
    return found;
}

Outcome<SignedIn> Accounts::Directory::open_session(Account const& account, std::string address) {
    Time const now = clock.now();
    SignedIn signed_in{make_token(random), now + std::chrono::hours(limits::session_hours),
                       account.user};
    std::vector<DocumentChange> changes;
    auto known = sessions_of(account.user.name);
    for (std::size_t i = 0; i < known.size(); ++i)
        if (known[i].first <= now || known.size() - i >= limits::sessions_per_user)
            changes.push_back(ended_session(known[i].second));
    auto const ended = changes;
    std::string const id = session_id_of(signed_in.token);
    Session session{account.user.name, signed_in.expires_at,
                    std::make_shared<std::atomic<Time>>(now)};
    changes.push_back({.kind = "session",
                       .id = id,
                       .expected_version = 0,
                       .body = body_of(session),
                       .event = {},
                       .said = {}});
    changes.push_back(sign_in_event(account.user, "signed_in", now));
    Actor actor = *account.actor;
    actor.address = std::move(address);
    if (auto written = documents.write(actor, std::move(changes)); !written) return written.error();
    forget(ended);
    std::unique_lock const lock(mutex);
    sessions.insert_or_assign(id, std::move(session));
    return signed_in;
}

void Accounts::Directory::forget(std::vector<DocumentChange> const& ended) {
    std::unique_lock const lock(mutex);
    for (auto const& change : ended) sessions.erase(change.id);
}

Outcome<void> Accounts::Directory::write_and_end(Actor const& actor,
                                                 std::vector<DocumentChange> changes,
                                                 std::string_view user,
                                                 std::string_view kept_session) {
    std::vector<DocumentChange> ended;
    for (auto& [expires_at, id] : sessions_of(user))
        if (id != kept_session) ended.push_back(ended_session(id));
    changes.insert(changes.end(), ended.begin(), ended.end());
    auto written = documents.write(actor, std::move(changes));
    if (written) forget(ended);
    return written;
}

} // namespace banjie::engine
