#include "engine/audit/signed_heads.hpp"

#include "engine/text/digest.hpp"
#include "engine/text/time_text.hpp"
#include "storage/durable_files.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

namespace banjie::engine {

using storage::ChainHead;
using storage::Result;

namespace {

constexpr char const* head_kind = "banjie-head-1";
constexpr char const* restore_kind = "banjie-restore-1";
constexpr std::size_t words_of_line = 7;
constexpr std::size_t told_findings = 100;

template <class Bytes>
std::string hex_of(Bytes const& bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<unsigned char const*>(bytes.data()),
                   bytes.size());
    text.pop_back();
    return text;
}

/// False: these are not that many bytes in hexadecimal digits.
template <class Bytes>
bool read_hex(std::string_view text, Bytes& bytes) {
    std::size_t size = 0;
    return text.size() == bytes.size() * 2 &&
           sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &size, nullptr) == 0 &&
           size == bytes.size();
}

struct Line {
    SignedHead said;
    std::string_view text, key, previous;
    std::string signature = std::string(64, '\0'); // bytes
};

std::optional<Line> read_line(std::string_view bytes) {
    std::array<std::string_view, words_of_line> words;
    std::size_t count = 0;
    for (std::size_t at = 0; at <= bytes.size(); ++count) {
        if (count == words.size()) return std::nullopt;
        auto const end = std::min(bytes.find(' ', at), bytes.size());
        words[count] = bytes.substr(at, end - at);
        at = end + 1;
    }
    if (count != words.size()) return std::nullopt;
    Line line;
    line.said.is_restore = words[0] == restore_kind;
    if (!line.said.is_restore && words[0] != head_kind) return std::nullopt;
    auto& head = line.said.head;
    auto const number = std::from_chars(words[1].begin(), words[1].end(), head.seq);
    auto const time = time_of(words[3]);
    if (number.ec != std::errc() || number.ptr != words[1].end() || !time) return std::nullopt;
    if (!read_hex(words[2], head.hash) || !read_hex(words[6], line.signature)) return std::nullopt;
    line.said.at = *time;
    line.key = words[4];
    line.previous = words[5];
    line.text = bytes.substr(0, bytes.size() - words[6].size() - 1);
    return line;
}

std::string nothing_before() {
    return std::string(64, '0');
}

/// Calls `look` with every line that is whole and its bytes. The last one may lack its end.
template <class Look>
void each_line(std::string_view bytes, Look look) {
    std::size_t number = 0;
    while (!bytes.empty()) {
        auto const end = std::min(bytes.find('\n'), bytes.size());
        ++number;
        if (auto line = read_line(bytes.substr(0, end))) {
            line->said.line = number;
            look(*line, bytes.substr(0, end));
        }
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
}

std::string where(SignedHead const& head) {
    return "signed at " + time_text(head.at) + " (line " + std::to_string(head.line) + ")";
}

void add(std::vector<std::string>& findings, std::string finding) {
    if (findings.size() < told_findings) findings.push_back(std::move(finding));
}

} // namespace

HeadFile::HeadFile(std::string path, SigningKey key)
    : path_(std::move(path)), key_(std::move(key)), key_id_(key_.public_key().id()),
      previous_(nothing_before()) {}

Result<HeadFile> HeadFile::open(std::string path, SigningKey key) {
    HeadFile file(std::move(path), std::move(key));
    std::error_code error;
    if (!std::filesystem::exists(file.path_, error)) return file;
    auto const bytes = storage::read_whole(file.path_);
    if (!bytes) return bytes.error();
    each_line(*bytes, [&](Line const& line, std::string_view text) {
        file.last_ = line.said.head;
        file.previous_ = sha256_text(text);
    });
    file.is_cut_off_ = !bytes->empty() && bytes->back() != '\n';
    return file;
}

Result<std::optional<std::string>> HeadFile::append(ChainHead const& head, Time now) {
    if (head.seq == last_.seq && head.hash == last_.hash) return std::optional<std::string>();
    auto line = write(head_kind, head, now);
    if (!line) return line.error();
    return std::optional(std::move(*line));
}

Result<void> HeadFile::append_restore(ChainHead const& head, Time now) {
    auto const line = write(restore_kind, head, now);
    if (!line) return line.error();
    return {};
}

Result<std::string> HeadFile::write(char const* kind, ChainHead const& head, Time now) {
    auto line = std::string(kind) + ' ' + std::to_string(head.seq) + ' ' + hex_of(head.hash) + ' ' +
                time_text(now) + ' ' + key_id_ + ' ' + previous_;
    line += ' ' + hex_of(key_.sign(line));
    auto const written = storage::append_synced(path_, (is_cut_off_ ? "\n" : "") + line + '\n');
    is_cut_off_ = !written;
    if (!written) return written.error();
    last_ = head;
    previous_ = sha256_text(line);
    return line;
}

Result<SignedHeads> read_signed_heads(std::string const& path, std::span<PublicKey const> keys) {
    auto const bytes = storage::read_whole(path);
    if (!bytes) return bytes.error();
    SignedHeads found;
    std::string before;
    each_line(*bytes, [&](Line const& line, std::string_view text) {
        auto const name = "Line " + std::to_string(line.said.line) + " of the signed heads";
        if (!before.empty() && before != line.previous)
            add(found.findings, name + " does not follow the one before it: lines are missing or "
                                       "were changed.");
        before = sha256_text(text);
        auto const key = std::ranges::find(keys, line.key, &PublicKey::id);
        if (key == keys.end())
            add(found.findings,
                name + " is signed with another key, " + std::string(line.key) + ".");
        else if (!key->verifies(line.text, line.signature))
            add(found.findings, name + " has a wrong signature.");
        else
            found.heads.push_back(line.said);
    });
    return found;
}

std::vector<std::uint64_t> seqs_of(SignedHeads const& heads) {
    std::vector<std::uint64_t> seqs;
    for (auto const& head : heads.heads) seqs.push_back(head.head.seq);
    std::ranges::sort(seqs);
    auto const twice = std::ranges::unique(seqs);
    seqs.erase(twice.begin(), twice.end());
    return seqs;
}

HeadComparison compare(SignedHeads const& heads, std::span<ChainHead const> found,
                       std::uint64_t last_seq) {
    HeadComparison comparison;
    std::uint64_t kept = UINT64_MAX; // events up to here were not replaced by a later restore
    for (auto head = heads.heads.rbegin(); head != heads.heads.rend(); ++head) {
        auto const seq = head->head.seq;
        if (!head->is_restore && seq > kept) {
            ++comparison.replaced;
            continue;
        }
        if (head->is_restore) kept = std::min(kept, seq);
        auto const now = std::ranges::find(found, seq, &ChainHead::seq);
        bool const agrees = seq == 0 || (now != found.end() && now->hash == head->head.hash);
        comparison.agreeing += agrees ? 1 : 0;
        if (agrees) continue;
        auto const which = "the head of event " + std::to_string(seq) + ", " + where(*head);
        add(comparison.findings,
            seq > last_seq
                ? "The store ends at event " + std::to_string(last_seq) + ", before " + which + "."
                : "The events up to " + std::to_string(seq) + " are not those of " + which + ".");
    }
    // The earliest difference says since when the store is another one.
    std::ranges::reverse(comparison.findings);
    return comparison;
}

} // namespace banjie::engine
