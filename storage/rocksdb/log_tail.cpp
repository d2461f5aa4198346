#include "storage/rocksdb/log_tail.hpp"

#include <boost/crc.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

// RocksDB's layout of a log:
//   log    = block*; a block has 32 KiB, the last one less; no piece crosses from one to the next
//   piece  = checksum*4 size*2 type*1 bytes*size     numbers little-endian
//   type   = 1 whole record | 2 its first piece | 3 middle | 4 last;
//            5 to 8 in recycled files, which ours never are: there RocksDB takes a piece of another
//            file for the end
//   checksum = CRC-32C of type and bytes, rotated right by 15 bits, plus 0xa282ead8

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

constexpr std::size_t block_bytes = 32'768, type_at = 6, header_bytes = 7;
constexpr std::uint8_t first_piece = 2, middle_piece = 3;
constexpr std::uint8_t first_recycled_type = 5, last_recycled_type = 8;

std::uint32_t number(std::string_view bytes) {
    std::uint32_t value = 0;
    for (auto i = bytes.size(); i-- > 0;) value = value << 8U | static_cast<std::uint8_t>(bytes[i]);
    return value;
}

/// Returns whether the checksum fits the piece at any size, whatever its size field says.
bool is_whole_at_another_size(std::string_view piece) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    auto const wanted = number(piece.substr(0, 4));
    for (auto const byte : piece.substr(type_at)) {
        crc.process_byte(static_cast<std::uint8_t>(byte));
        auto const sum = static_cast<std::uint32_t>(crc.checksum());
        if ((sum >> 15U | sum << 17U) + 0xa282ead8U == wanted) return true;
    }
    return false;
}

/// Returns how the pieces of one block end. Sets `type` to that of the last piece.
LogTail tail_of(std::string_view block, std::uint8_t& type) {
    while (block.size() >= header_bytes) {
        std::size_t const size = number(block.substr(4, 2));
        type = static_cast<std::uint8_t>(block[type_at]);
        if (size == 0 && type == 0) return LogTail::torn; // allocated, but not written
        if (type >= first_recycled_type && type <= last_recycled_type) return LogTail::damaged;
        if (size > block.size() - header_bytes)
            return is_whole_at_another_size(block) ? LogTail::damaged : LogTail::torn;
        block.remove_prefix(header_bytes + size);
    }
    return block.empty() ? LogTail::whole : LogTail::torn;
}

LogTail tail_of_file(files::path const& file) {
    std::ifstream log(file, std::ios::binary);
    auto tail = LogTail::whole;
    std::uint8_t type = 0;
    std::string block(block_bytes, '\0');
    while (tail != LogTail::damaged && log) {
        log.read(block.data(), static_cast<std::streamsize>(block.size()));
        block.resize(static_cast<std::size_t>(log.gcount()));
        auto const end = tail_of(block, type);
        // A whole block may end with too few bytes for a header; RocksDB checks them.
        tail = block.size() == block_bytes && end != LogTail::damaged ? LogTail::whole : end;
    }
    bool const goes_on = type == first_piece || type == middle_piece;
    return tail == LogTail::whole && goes_on ? LogTail::torn : tail;
}

/// Returns the number of a log, or 0 if the file is no log of RocksDB's.
std::uint64_t number_of_log(files::path const& file) {
    auto const digits = file.stem().string();
    std::uint64_t value = 0;
    auto const* const end = digits.data() + digits.size();
    auto const read = std::from_chars(digits.data(), end, value);
    return file.extension() == ".log" && read.ec == std::errc() && read.ptr == end ? value : 0;
}

} // namespace

LogTail log_tail(std::string const& database_directory) {
    auto worst = LogTail::whole;
    std::error_code error;
    for (auto const& file : files::directory_iterator(database_directory, error))
        if (number_of_log(file.path()) > 0) worst = std::max(worst, tail_of_file(file.path()));
    return worst;
}

std::uint64_t newest_log(std::string const& database_directory) {
    std::uint64_t newest = 0;
    std::error_code error;
    for (auto const& file : files::directory_iterator(database_directory, error))
        newest = std::max(newest, number_of_log(file.path()));
    return newest;
}

} // namespace banjie::storage
