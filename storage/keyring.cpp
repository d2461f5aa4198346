#include "storage/keyring.hpp"

#include "storage/durable_files.hpp"

#include <sodium.h>

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <sstream>
#include <unistd.h>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

constexpr char format = 1;
constexpr std::uint8_t leaf_depth = 32;
constexpr std::size_t hash_bytes = 32, node_bytes = 1 + 4 + sizeof(Key), head_bytes = 5;

Key child_of(Key const& seed, bool right) {
    unsigned char const side = right ? 1 : 0;
    Key child{};
    crypto_generichash(child.data(), child.size(), &side, 1, seed.data(), seed.size());
    return child;
}

Key hash_of(std::string_view bytes) {
    Key hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), nullptr,
                       0);
    return hash;
}

void put_four(std::string& out, std::uint32_t value) {
    for (unsigned shift = 32; shift > 0;) {
        shift -= 8;
        out.push_back(static_cast<char>((value >> shift) & 0xffU));
    }
}

std::uint32_t four(std::string_view bytes) {
    std::uint32_t value = 0;
    for (char const byte : bytes.substr(0, 4))
        value = value << 8U | static_cast<unsigned char>(byte);
    return value;
}

/// Overwrites what the file was: its name has gone to another one.
void overwrite(Descriptor const& file) {
    auto const size = ::lseek(file.number(), 0, SEEK_END);
    std::string const zeros(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    if (::pwrite(file.number(), zeros.data(), zeros.size(), 0) >= 0) (void)::fsync(file.number());
}

/// Like `replace_file`, for the eyes of the owner alone; of what was there, nothing is left.
Result<void> replace_secret(std::string const& path, std::string_view bytes) {
    auto const written = path + ".new";
    if (auto made = write_synced(written, ""); !made) return made;
    std::error_code error;
    files::permissions(written, files::perms::owner_read | files::perms::owner_write, error);
    Descriptor const before(path, O_WRONLY);
    if (auto replaced = replace_file(path, bytes); !replaced) return replaced;
    if (before.is_open()) overwrite(before);
    return {};
}

std::string copies_path(std::string const& path) {
    return path + ".copies";
}

std::vector<std::string> lines_of(std::string const& path) {
    std::vector<std::string> lines;
    std::error_code error;
    if (!files::exists(path, error)) return lines;
    auto const text = read_whole(path);
    if (!text) return lines;
    std::istringstream in(*text);
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) lines.push_back(line);
    return lines;
}

Failure corrupt_keyring(std::string const& path, std::string const& what) {
    return {Fault::corrupt, "the keys of personal values in " + path + " cannot be used: " + what +
                                ". Put back the newest copy, which a folder of backups has; an "
                                "empty file of that name gives the values up"};
}

} // namespace

Keyring::Fill Keyring::system_random() {
    return [](std::span<std::uint8_t> bytes) { randombytes_buf(bytes.data(), bytes.size()); };
}

Keyring::Nodes Keyring::fresh(Fill const& fill) {
    Key root{};
    fill(root);
    return {{Node{0, 0}, root}};
}

Result<std::unique_ptr<Keyring>> Keyring::open(std::string path, bool is_needed, Fill const& fill) {
    std::error_code error;
    bool const exists = files::exists(path, error);
    if (!exists && is_needed) return corrupt_keyring(path, "the file is absent");
    std::string bytes;
    if (exists) {
        auto read = read_whole(path);
        if (!read) return read.error();
        bytes = std::move(*read);
    }
    auto nodes = bytes.empty() ? fresh(fill) : nodes_of(bytes);
    if (!nodes) return corrupt_keyring(path, "the file is damaged");
    if (bytes.empty())
        if (auto written = replace_secret(path, bytes_of(*nodes)); !written) return written.error();
    std::unique_ptr<Keyring> keyring(new Keyring(path, std::move(*nodes)));
    keyring->copies_ = lines_of(copies_path(path));
    return keyring;
}

std::unique_ptr<Keyring> Keyring::in_memory(Fill const& fill) {
    return std::unique_ptr<Keyring>(new Keyring("", fresh(fill)));
}

std::string Keyring::bytes_of(Nodes const& nodes) {
    std::string bytes(1, format);
    bytes.reserve(head_bytes + nodes.size() * node_bytes + hash_bytes);
    put_four(bytes, static_cast<std::uint32_t>(nodes.size()));
    for (auto const& [node, seed] : nodes) {
        bytes.push_back(static_cast<char>(node.first));
        put_four(bytes, node.second);
        bytes.append(reinterpret_cast<char const*>(seed.data()), seed.size());
    }
    auto const hash = hash_of(bytes);
    bytes.append(reinterpret_cast<char const*>(hash.data()), hash.size());
    return bytes;
}

std::optional<Keyring::Nodes> Keyring::nodes_of(std::string_view bytes) {
    if (bytes.size() < head_bytes + hash_bytes || bytes[0] != format) return std::nullopt;
    auto const hashed = bytes.substr(0, bytes.size() - hash_bytes);
    auto const hash = hash_of(hashed);
    if (!std::equal(hash.begin(), hash.end(),
                    reinterpret_cast<std::uint8_t const*>(bytes.data() + hashed.size())))
        return std::nullopt;
    auto const count = four(bytes.substr(1));
    if (hashed.size() != head_bytes + std::size_t{count} * node_bytes) return std::nullopt;
    Nodes nodes;
    for (auto at = head_bytes; at < hashed.size(); at += node_bytes) {
        Key seed{};
        std::copy_n(reinterpret_cast<std::uint8_t const*>(bytes.data() + at + 5), seed.size(),
                    seed.begin());
        nodes.emplace(Node{static_cast<std::uint8_t>(bytes[at]), four(bytes.substr(at + 1))}, seed);
    }
    return nodes;
}

Keyring::Nodes::const_iterator Keyring::above(std::uint64_t number) const {
    for (std::uint8_t depth = 0; depth <= leaf_depth; ++depth) {
        auto const found =
            nodes_.find({depth, static_cast<std::uint32_t>(number >> (leaf_depth - depth))});
        if (found != nodes_.end()) return found;
    }
    return nodes_.end();
}

bool Keyring::has(std::uint64_t number) const {
    if (number >= most_keys) return false;
    std::shared_lock const lock(mutex_);
    return above(number) != nodes_.end();
}

std::optional<Key> Keyring::key(std::uint64_t number) const {
    if (number >= most_keys) return std::nullopt;
    std::shared_lock const lock(mutex_);
    auto const found = above(number);
    if (found == nodes_.end()) return std::nullopt;
    Key seed = found->second;
    for (unsigned depth = found->first.first; depth < leaf_depth; ++depth)
        seed = child_of(seed, (number >> (leaf_depth - depth - 1) & 1U) != 0);
    return seed;
}

void Keyring::erase_one(std::uint64_t number) {
    auto const found = above(number);
    if (found == nodes_.end()) return;
    auto const first = found->first.first;
    Key seed = found->second;
    nodes_.erase(found);
    for (unsigned depth = first; depth < leaf_depth; ++depth) {
        auto const below = number >> (leaf_depth - depth - 1);
        bool const right = (below & 1U) != 0;
        nodes_.emplace(
            Node{static_cast<std::uint8_t>(depth + 1), static_cast<std::uint32_t>(below ^ 1U)},
            child_of(seed, !right));
        seed = child_of(seed, right);
    }
    sodium_memzero(seed.data(), seed.size());
}

Result<void> Keyring::erase(std::span<std::uint64_t const> numbers) {
    std::unique_lock const lock(mutex_);
    for (auto const number : numbers)
        if (number != common_key && number < most_keys) erase_one(number);
    if (path_.empty()) return {};
    auto const bytes = bytes_of(nodes_);
    if (auto written = replace_secret(path_, bytes); !written) return written;
    renew_copies(bytes);
    return {};
}

/// One that cannot be reached now gets the newest keyring when a backup is written there again.
void Keyring::renew_copies(std::string_view bytes) const {
    std::error_code error;
    for (auto const& copy : copies_)
        if (files::exists(copy, error)) (void)replace_secret(copy, bytes);
}

Result<void> Keyring::copy_to(std::string const& folder) {
    std::error_code error;
    auto const copy = (files::absolute(folder, error) / file_name).lexically_normal().string();
    std::unique_lock const lock(mutex_);
    if (path_.empty()) return {};
    if (std::find(copies_.begin(), copies_.end(), copy) == copies_.end()) {
        copies_.push_back(copy);
        std::string lines;
        for (auto const& known : copies_) lines += known + '\n';
        if (auto noted = replace_file(copies_path(path_), lines); !noted) return noted;
    }
    return replace_secret(copy, bytes_of(nodes_));
}

Result<void> Keyring::restore(std::string const& folder, std::string const& store) {
    std::error_code error;
    auto const copy = (files::absolute(folder, error) / file_name).lexically_normal();
    if (!files::exists(copy, error)) return {}; // of a program that had no keys
    auto const bytes = read_whole(copy.string());
    if (!bytes) return bytes.error();
    auto const path = (files::path(store) / file_name).string();
    if (auto written = replace_secret(path, *bytes); !written) return written;
    return replace_file(copies_path(path), copy.string() + '\n');
}

} // namespace banjie::storage
