#pragma once
// All bounds of the engine.

#include <cstddef>
#include <cstdint>

namespace banjie::engine::limits {

inline constexpr std::size_t key_characters = 128; // an idempotency key
inline constexpr int reply_days = 7;               // how long a reply is stored
inline constexpr std::size_t consequences = 200;   // instances moved by one command
inline constexpr std::size_t events_per_instance = 4'200;
inline constexpr std::size_t events_kept = 200;         // last of those, not for ordinary commands
inline constexpr std::size_t events_kept_for_end = 50;  // last of those, for final ones and timers
inline constexpr std::size_t additions_per_day = 100;   // of one caller to one instance
inline constexpr std::size_t cached_instances = 16'384; // some 4 kB each
inline constexpr std::size_t wakes_per_turn = 100;
inline constexpr std::size_t ring_events = 16'384; // newest events kept in memory
inline constexpr std::size_t stream_page = 512;
inline constexpr std::size_t list_page = 200;
inline constexpr std::size_t searched_titles = 100'000; // of one list with words
inline constexpr std::size_t numbers_found = 1'000;     // searched by their last digits
inline constexpr std::size_t trend_periods = 60;
inline constexpr std::size_t statistics_groups = 1'000; // in one response
inline constexpr std::size_t machine_regions = 8;       // of one workflow: more are not indexed
inline constexpr std::size_t tags = 16;                 // of one workflow
inline constexpr std::size_t entries_made_again = 512;  // in one batch, when a store is opened
inline constexpr std::size_t history_page = 500;
inline constexpr std::size_t sign_in_failures = 5; // of a name from a block, or on a known device
inline constexpr std::size_t sign_in_failures_of_name = 50;    // from everywhere
inline constexpr std::size_t sign_in_failures_of_address = 50; // for all names
inline constexpr int sign_in_window_s = 300;
inline constexpr std::size_t notified_events = 200'000; // newest of the stream, read at start
inline constexpr std::size_t inbox = 500;               // newest notifications per address
inline constexpr std::size_t counted_unread = 200;
inline constexpr std::size_t events_before_page = 4'096; // processed before a page is shown
inline constexpr std::size_t audited_events = 16'384;    // of the stream, searched for one page
inline constexpr std::size_t exported_entries = 20'000;  // of the audit, in one export
inline constexpr std::size_t own_events = 100'000;       // of the stream, searched for own acts
inline constexpr std::size_t own_acts = 5'000;           // newest, in the file of one account
inline constexpr std::size_t api_keys = 1'000;
inline constexpr int api_key_days = 732;                 // from creation to expiry
inline constexpr std::size_t similar_candidates = 1'000; // newest of a county
inline constexpr std::size_t similar_shown = 5;
inline constexpr std::size_t attachments_per_instance = 50;
inline constexpr std::size_t attachment_bytes = 20'971'520;
inline constexpr std::uint64_t attached_bytes_per_instance = 524'288'000; // including removed ones
inline constexpr std::size_t attached_per_day = 500;                      // by one account
inline constexpr std::uint64_t attached_bytes_per_day = 2'147'483'648;    // by one account
inline constexpr std::size_t password_queue = 256;
inline constexpr std::size_t password_queue_of_one = 32; // network, of addresses
inline constexpr std::size_t known_devices = 10;         // of one account
inline constexpr int device_days = 365;                  // without use
inline constexpr int session_hours = 12;
inline constexpr int session_idle_minutes = 120;
inline constexpr int administrator_idle_minutes = 30;
inline constexpr std::size_t agent_bytes = 256;  // of the user agent
inline constexpr std::size_t apart_rules = 16;   // of one workflow's policy
inline constexpr std::size_t pending_acts = 200; // waiting for a second person
inline constexpr std::size_t pending_acts_of_one = 20;
inline constexpr std::size_t act_bytes = 262'144;
inline constexpr int act_hours = 72;
inline constexpr std::size_t scope_entries = 64; // in each list of one API key
inline constexpr std::size_t recovery_codes = 10;
inline constexpr int enrolment_minutes = 15;    // from the QR code to the first code
inline constexpr int password_days_max = 3'650; // greatest value in a policy
inline constexpr int password_characters_asked = 64;
inline constexpr std::size_t listed_blocks = 64; // blocks and addresses of one list
inline constexpr std::size_t sessions_per_user = 20;
inline constexpr std::size_t password_characters_min = 8;
inline constexpr std::size_t password_characters_max = 128;

} // namespace banjie::engine::limits
