#pragma once
// All bounds of the API.

#include <cstddef>
#include <cstdint>

namespace banjie::api {

/// Shares of a bound in bytes.
struct Shares {
    std::size_t all = 0;
    std::size_t caller = 0;  // one account; without an account, one address
    std::size_t address = 0; // all callers at that address
};

namespace limits {

inline constexpr std::size_t json_depth = 32;
inline constexpr std::size_t json_values = 200'000;  // of one body
inline constexpr std::size_t form_values = 4'096;    // of the body of a form
inline constexpr std::size_t form_members = 64;      // of its outermost object
inline constexpr std::size_t named_errors = 20;      // of one refusal
inline constexpr std::size_t sentence_bytes = 2'048; // of one refusal, which may quote the caller
inline constexpr std::size_t settings_bytes = 16'384;
inline constexpr std::size_t bulk_ids = 200; // of one bulk command
inline constexpr std::size_t listed_users = 200;
inline constexpr std::size_t listed_organisations = 500;
inline constexpr int requests_per_second = 100; // per account or address; none for this machine
inline constexpr int request_burst_s = 10;      // burst, in seconds' worth of requests
inline constexpr int request_cost_us = 2'000;   // of a thread's time; what takes more costs more
inline constexpr int request_cost_max = 100;    // that one request costs
inline constexpr std::size_t counted_callers = 65'536;
inline constexpr std::int64_t working_days_ahead = 1'000; // in one query of the calendar

// Transport: resources of the server that one caller may use.
inline constexpr std::size_t head_bytes = 16'384; // request line and header fields
inline constexpr std::size_t target_bytes = 8'192;
inline constexpr std::size_t anonymous_body_bytes = 4'096; // read before the caller is identified
inline constexpr std::size_t body_bytes = 1'048'576;       // attachments have larger bounds
inline constexpr Shares bodies{67'108'864, 8'388'608, 33'554'432};
inline constexpr Shares answers{134'217'728, 16'777'216, 67'108'864}; // not received yet
// A file takes little memory. As what it counts it bounds how many arrive at once: one account 8
// (so 160 MiB of disk before they are looked at), one address 32, all together 64.
inline constexpr std::size_t arriving_file_bytes = body_bytes;
inline constexpr std::size_t file_piece_bytes = 131'072;    // in memory, of a file that is sent
inline constexpr std::size_t small_answer_bytes = 16'384;   // larger ones are counted
inline constexpr std::size_t slowest_bytes_per_s = 131'072; // slowest rate of an upload
inline constexpr std::size_t slowest_taken_bytes_per_s = 32'768; // slowest rate of a download
inline constexpr std::size_t connections = 8'192;
// Shares of all connections that one address and one block may have (address_block.hpp). Programs
// of this machine and declared proxies are exempt.
inline constexpr std::size_t address_part = 4; // a quarter
inline constexpr std::size_t block_part = 2;   // a half
// All requests in flight wait for the same disk and cores, so more of them would only wait longer.
// Requests beyond this bound are refused and may be repeated.
inline constexpr std::size_t requests_under_way = 2'048;
inline constexpr std::size_t bodies_bytes = 134'217'728; // of bodies without a room
inline constexpr std::size_t packed_from_bytes = 4'096;  // of JSON; smaller is not compressed
inline constexpr int head_time_s = 10;
inline constexpr int body_time_s = 30;
inline constexpr int idle_time_s = 60;
inline constexpr int crowded_idle_time_s = 5; // while three quarters of the connections are taken
inline constexpr int write_time_s = 30;
inline constexpr int linger_time_s = 2; // for the peer to read the last response
inline constexpr int stop_time_s = 10;  // for requests in flight when the server stops

// Feed of events.
inline constexpr std::size_t feeds = 8'192;
inline constexpr std::size_t feeds_of_account = 256;
inline constexpr std::size_t feeds_woken_at_once = 32; // by one thread, before it does other work
inline constexpr int feed_ping_time_s = 30;
inline constexpr int feed_check_time_s = 15;              // between two checks of the session
inline constexpr std::size_t feed_page = 128;             // events read at once for one feed
inline constexpr std::size_t feed_message_bytes = 4'096;  // of one message from the client
inline constexpr std::size_t feed_skipped_events = 1'000; // hidden, before a bare cursor is sent
inline constexpr std::size_t feed_kept_texts = 1'024;     // texts of the newest events
inline constexpr std::size_t listed_events = 500;
inline constexpr std::size_t searched_events = 4'096; // of one page of events

// Attached files.
inline constexpr std::size_t file_name_characters = 200;
inline constexpr std::size_t zip_parts = 200;
inline constexpr std::size_t unzipped_bytes = 104'857'600;    // of one ZIP
inline constexpr std::size_t content_types_bytes = 1'048'576; // of an office file's list of types
inline constexpr int scan_time_s = 30;

// The syslog server.
inline constexpr std::size_t syslog_messages = 4'096; // that wait for it
inline constexpr std::size_t syslog_bytes = 8'192;    // of one message
inline constexpr int syslog_time_s = 5;               // of one connection or message
inline constexpr int syslog_pause_s = 5;              // after one that failed
inline constexpr int syslog_stop_time_s = 2;          // for what waits when the server stops

inline constexpr std::size_t workers = 4; // threads for blocking work
inline constexpr std::size_t waiting_work = 1'024;
inline constexpr std::size_t waiting_work_of_one = 128; // account, or address of a stranger

} // namespace limits

} // namespace banjie::api
