#pragma once
// The contents of a ZIP file, within bounds.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::api {

struct ZipPart {
    std::string name;        // as in the directory: UTF-8, or an older encoding
    std::uint64_t bytes = 0; // uncompressed, as in the directory
    bool is_encrypted = false;
};

/// Reader of a ZIP in memory: of its directory, and of its parts one by one.
class ZipParts {
public:
    /// Keeps a view of `bytes`, which must outlive it.
    explicit ZipParts(std::string_view bytes);
    ~ZipParts();
    ZipParts(ZipParts const&) = delete;
    ZipParts& operator=(ZipParts const&) = delete;

    /// Returns false if the bytes are not a complete ZIP, or if it has more than limits::zip_parts
    /// parts.
    [[nodiscard]] bool is_readable() const { return readable_; }
    /// Returns the parts without folders.
    [[nodiscard]] std::vector<ZipPart> const& parts() const { return parts_; }
    /// Returns the content, or nullopt if it is damaged, encrypted or longer than `most`.
    [[nodiscard]] std::optional<std::string> read(std::string const& name,
                                                  std::uint64_t most) const;

private:
    struct Archive;
    Archive* archive_ = nullptr;
    bool readable_ = false;
    std::vector<ZipPart> parts_;
};

} // namespace banjie::api
