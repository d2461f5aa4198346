#include "engine/people/second_factor.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/people/account_directory.hpp"
#include "engine/people/account_refusals.hpp"
#include "engine/people/one_time_codes.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <new>

namespace banjie::engine {

using nlohmann::json;

namespace {

Refusal no_second_factor() {
    return {"no_second_factor"_code, "The account has no second factor.",
            "Enrol a device: POST /api/v1/me/second-factor."};
}

Refusal no_enrolment() {
    return {"no_enrolment"_code, "No enrolment was begun within the last 15 minutes.",
            "Begin again, and scan the new QR code."};
}

/// Recovery codes to show, and their hashes to store.
struct Papers {
    std::vector<std::string> codes, hashes;
};
Papers make_papers(Random& random) {
    Papers papers{make_recovery_codes(random), {}};
    for (auto const& code : papers.codes)
        papers.hashes.push_back(password_hash(recovery_code_of(code)->text));
    return papers;
}

} // namespace

std::size_t SecondFactor::recovery_codes_left() const {
    return static_cast<std::size_t>(std::count_if(recovery.begin(), recovery.end(),
                                                  [](auto const& hash) { return !hash.empty(); }));
}

std::string body_of(SecondFactor const& factor) {
    return json{{"secret", base32_of(factor.secret)},
                {"last_step", factor.last_step},
                {"recovery", factor.recovery},
                {"enrolled_at", time_text(factor.enrolled_at)}}
        .dump();
}

SecondFactor second_factor_of(std::string_view body) {
    auto const stored = json::parse(body);
    return {.secret = secret_of(stored.at("secret").get<std::string>()).value(),
            .last_step = stored.at("last_step").get<std::uint64_t>(),
            .recovery = stored.at("recovery").get<std::vector<std::string>>(),
            .enrolled_at = time_of(stored.at("enrolled_at").get<std::string>()).value_or(Time{})};
}

std::optional<CodeTaken> take_code(SecondFactor& factor, std::string_view code, Time now) {
    if (auto const step = step_of(factor.secret, code, now, factor.last_step)) {
        factor.last_step = *step;
        return CodeTaken::of_device;
    }
    auto const paper = recovery_code_of(code);
    if (!paper || paper->place >= factor.recovery.size()) return std::nullopt;
    auto& hash = factor.recovery[paper->place];
    if (!password_fits(hash, paper->text)) return std::nullopt;
    hash.clear();
    return CodeTaken::of_paper;
}

DocumentChange factor_change(std::string const& name, std::string const& place,
                             std::optional<std::string> body, std::string event) {
    std::string said = event.empty() ? std::string() : json{{"user", name}}.dump();
    return {.kind = "second_factor",
            .id = name,
            .expected_version = std::nullopt,
            .body = std::move(body),
            .event = std::move(event),
            .said = std::move(said),
            .place = place};
}

Outcome<SecondFactor> Accounts::Directory::confirm_both(Account const& account,
                                                        std::string const& password,
                                                        std::string const& code) {
    using Ending = SignInThrottle::Ending;
    auto const& name = account.user.name;
    auto factor = factor_of(name);
    if (!factor) return no_second_factor();
    Time const now = clock.steady_now();
    if (int const wait_s = throttle.admit(signed_in(name), now); wait_s > 0)
        return too_many_attempts(wait_s);
    // Counted as one attempt, so that a correct password does not clear the wrong codes before it.
    bool fits = false, taken = false;
    try {
        fits = password_fits(account.hash, password);
        taken = fits && take_code(*factor, code, clock.now()).has_value();
    } catch (std::bad_alloc const&) {
        throttle.ended(signed_in(name), Ending::not_tried, now);
        throw;
    }
    throttle.ended(signed_in(name), taken ? Ending::succeeded : Ending::failed, now);
    if (!fits) return invalid_user({{"password", "wrong"_code, "That is not your password."}});
    if (!taken)
        return invalid_user(
            {{"code", "wrong_code"_code, "The code is not one of yours, or has been used."}});
    return std::move(*factor);
}

SecondFactorState Accounts::second_factor_of(std::string_view name) const {
    auto const account = directory_->find(name);
    auto const factor = directory_->factor_of(name);
    SecondFactorState state;
    state.is_compulsory =
        account && owes_second_factor(*directory_->security.policy(), account->user.roles);
    if (!factor) return state;
    state.enrolled_at = factor->enrolled_at;
    state.recovery_codes_left = factor->recovery_codes_left();
    return state;
}

Outcome<Enrolment> Accounts::begin_second_factor(Caller const& actor, std::string password,
                                                 std::string code) {
    std::lock_guard const consuming(directory_->consuming);
    auto const known = directory_->find(actor.user);
    if (!known) return unknown_user(actor.user);
    if (!directory_->factor_of(actor.user)) {
        auto own = directory_->confirm_password(*known, password, "password");
        if (!own) return own.error();
    } else {
        auto both = directory_->confirm_both(*known, password, code);
        if (!both) return both.error();
        auto written = directory_->keep_factor(actor, *known, std::move(*both), "", {});
        if (!written) return written.error();
    }
    // Otherwise a person who knows the first password would also own the second factor.
    if (known->user.must_change_password) return password_must_change();
    Enrolment begun;
    auto secret = make_shared_secret(directory_->random);
    begun.secret = base32_of(secret);
    begun.uri = enrolment_uri(actor.user, secret);
    auto const until =
        directory_->clock.steady_now() + std::chrono::minutes(limits::enrolment_minutes);
    std::unique_lock const lock(directory_->mutex);
    directory_->pending.insert_or_assign(actor.user, PendingFactor{std::move(secret), until});
    return begun;
}

Outcome<std::vector<std::string>> Accounts::confirm_second_factor(Caller const& actor,
                                                                  std::string_view keep_token,
                                                                  std::string code) {
    using Ending = SignInThrottle::Ending;
    std::lock_guard const consuming(directory_->consuming);
    auto const known = directory_->find(actor.user);
    if (!known) return unknown_user(actor.user);
    Time const now = directory_->clock.now();
    auto const pending = directory_->pending_of(actor.user);
    if (!pending) return no_enrolment();
    auto& throttle = directory_->throttle;
    if (int const wait_s = throttle.admit(signed_in(actor.user), directory_->clock.steady_now());
        wait_s > 0)
        return too_many_attempts(wait_s);
    auto const step = step_of(pending->secret, code, now, 0);
    throttle.ended(signed_in(actor.user), step ? Ending::not_tried : Ending::failed,
                   directory_->clock.steady_now());
    if (!step)
        return invalid_user(
            {{"code", "wrong_code"_code, "The device shows another code. Check its clock."}});
    auto papers = make_papers(directory_->random);
    SecondFactor factor{.secret = pending->secret,
                        .last_step = *step,
                        .recovery = std::move(papers.hashes),
                        .enrolled_at = now};
    auto written = directory_->keep_factor(actor, *known, std::move(factor),
                                           "second_factor_enrolled", session_id_of(keep_token));
    if (!written) return written.error();
    std::unique_lock const lock(directory_->mutex);
    directory_->pending.erase(actor.user);
    return std::move(papers.codes);
}

Outcome<std::vector<std::string>>
Accounts::renew_recovery_codes(Caller const& actor, std::string password, std::string code) {
    std::lock_guard const consuming(directory_->consuming);
    auto const known = directory_->find(actor.user);
    if (!known) return unknown_user(actor.user);
    auto factor = directory_->confirm_both(*known, password, code);
    if (!factor) return factor.error();
    auto papers = make_papers(directory_->random);
    factor->recovery = std::move(papers.hashes);
    auto written =
        directory_->keep_factor(actor, *known, std::move(*factor), "recovery_codes_renewed", {});
    if (!written) return written.error();
    return std::move(papers.codes);
}

Outcome<void> Accounts::remove_second_factor(Caller const& actor, std::string password,
                                             std::string code) {
    std::lock_guard const consuming(directory_->consuming);
    auto const known = directory_->find(actor.user);
    if (!known) return unknown_user(actor.user);
    if (owes_second_factor(*directory_->security.policy(), known->user.roles))
        return Refusal{"second_factor_compulsory"_code,
                       "Cannot remove the second factor: the account's roles need one.",
                       "Enrol another device in its place."};
    auto const both = directory_->confirm_both(*known, password, code);
    if (!both) return both.error();
    return directory_->drop_factor(actor, *known, "second_factor_removed", false);
}

Outcome<void> Accounts::reset_second_factor(Caller const& actor, std::string_view user) {
    std::lock_guard const consuming(directory_->consuming);
    auto const known = directory_->find(user);
    if (!known) return unknown_user(user);
    if (!secures(actor, known->user.organisation)) return not_of_your_region();
    if (!may_give(actor, known->user.roles)) return role_beyond_department();
    if (known->user.name == actor.user)
        return Refusal{"not_of_oneself"_code,
                       "Cannot remove the second factor: the account is your own.",
                       "Ask another administrator, or enrol another device."};
    if (!directory_->factor_of(user)) return no_second_factor();
    return directory_->drop_factor(actor, *known, "second_factor_reset", true);
}

} // namespace banjie::engine
