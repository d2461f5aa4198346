#pragma once
// What is in a ZIP file, within bounds.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::api {

struct ZipPart {
    std::string name;        // as it is written there: UTF-8, or an older encoding
    std::uint64_t bytes = 0; // unpacked, as the directory says
    bool is_encrypted = false;
};

/// Reads the directory of a ZIP that is in memory, and its parts one by one.
class ZipParts {
public:
    /// `bytes` must outlive this.
    explicit ZipParts(std::string_view bytes);
    ~ZipParts();
    ZipParts(ZipParts const&) = delete;
    ZipParts& operator=(ZipParts const&) = delete;

    /// False: the bytes are no whole ZIP, or it has more than limits::zip_parts parts.
    [[nodiscard]] bool is_readable() const { return readable_; }
    /// Folders are left out.
    [[nodiscard]] std::vector<ZipPart> const& parts() const { return parts_; }
    /// Returns the content; nullopt if it is damaged, encrypted or longer than `most`.
    [[nodiscard]] std::optional<std::string> read(std::string const& name,
                                                  std::uint64_t most) const;

private:
    struct Archive;
    Archive* archive_ = nullptr;
    bool readable_ = false;
    std::vector<ZipPart> parts_;
};

} // namespace banjie::api
