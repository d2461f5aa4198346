#pragma once
// Files whose bytes and names are on the disk when a call returns.

#include "storage/store.hpp"

#include <string>
#include <string_view>

namespace banjie::storage {

/// Returns "could not <what> '<path>': …" with the system's last error.
[[nodiscard]] Failure file_failure(std::string const& what, std::string const& path);

/// A file descriptor that closes itself. Opening may have failed.
class Descriptor {
public:
    Descriptor(std::string const& path, int flags);
    ~Descriptor();
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// Syncs the bytes of a file, or the names in a folder.
[[nodiscard]] Result<void> sync_path(std::string const& path);
/// Writes all of it where the file is at. `path` is for the failure.
[[nodiscard]] Result<void> write_all(Descriptor const& file, std::string const& path,
                                     std::string_view bytes);
[[nodiscard]] Result<void> write_synced(std::string const& path, std::string_view bytes);
/// Writes `bytes` to `path`.new and renames that to `path`, replacing an existing file.
[[nodiscard]] Result<void> replace_file(std::string const& path, std::string_view bytes);
/// Adds `bytes` to the end of the file, which is made where it is absent. Bytes of an append that a
/// crash cut off may be there: whoever reads the file passes over them.
[[nodiscard]] Result<void> append_synced(std::string const& path, std::string_view bytes);
[[nodiscard]] Result<std::string> read_whole(std::string const& path);

} // namespace banjie::storage
