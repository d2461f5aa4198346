#include "api/files/media_boxes.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace banjie::api {

namespace {

constexpr std::size_t most_boxes = 100'000; // of one file

struct Box {
    std::size_t kind_at = 0;        // of its four letters
    std::size_t begin = 0, end = 0; // of its content
};

/// A reader of big-endian numbers of up to eight bytes. After the first error it returns 0.
class Reader {
public:
    Reader(std::string const& bytes, std::size_t begin, std::size_t end)
        : bytes_(bytes), at_(begin), end_(end) {}

    std::uint64_t number(std::size_t count) {
        if (count > end_ - at_) sound_ = false;
        if (!sound_) return 0;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value = value << 8U | static_cast<unsigned char>(bytes_[at_++]);
        return value;
    }
    std::string_view letters() {
        auto const at = at_;
        number(4);
        return sound_ ? std::string_view(bytes_).substr(at, 4) : std::string_view();
    }
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] bool is_sound() const { return sound_; }

private:
    std::string const& bytes_;
    std::size_t at_, end_;
    bool sound_ = true;
};

/// An item of a photo, with the position of its bytes.
struct Item {
    std::uint64_t id = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> extents; // offset, length
};

class Boxes {
public:
    explicit Boxes(std::string& bytes) : bytes_(bytes) {}

    /// Returns the boxes that fill that range one after another, or nullopt if they do not fill it.
    std::optional<std::vector<Box>> in(std::size_t begin, std::size_t end) {
        std::vector<Box> boxes;
        for (auto at = begin; at < end;) {
            if (end - at < 8) return at == begin ? std::nullopt : std::optional(boxes); // padding
            Reader head(bytes_, at, end);
            auto size = head.number(4);
            Box box{.kind_at = at + 4};
            head.letters();
            if (size == 1) size = head.number(8);
            if (size == 0) size = end - at;
            box.begin = head.at();
            if (!head.is_sound() || size < box.begin - at || size > end - at) return std::nullopt;
            box.end = at + static_cast<std::size_t>(size);
            at = box.end;
            if (++count_ > most_boxes) return std::nullopt;
            boxes.push_back(box);
        }
        return boxes;
    }
    [[nodiscard]] std::string_view kind(Box const& box) const {
        return std::string_view(bytes_).substr(box.kind_at, 4);
    }
    void free(Box const& box) {
        bytes_.replace(box.kind_at, 4, "free");
        blank(box.begin, box.end);
    }
    void blank(std::size_t begin, std::size_t end) {
        std::fill(bytes_.begin() + static_cast<std::ptrdiff_t>(begin),
                  bytes_.begin() + static_cast<std::ptrdiff_t>(end), '\0');
    }
    [[nodiscard]] Reader reader(Box const& box) const { return {bytes_, box.begin, box.end}; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }

private:
    std::string& bytes_;
    std::size_t count_ = 0;
};

/// Returns the ids of the items that are metadata: Exif, and XMP as "mime".
std::vector<std::uint64_t> telling_items(Boxes& boxes, Box const& item_infos) {
    std::vector<std::uint64_t> ids;
    auto head = boxes.reader(item_infos);
    auto const version = head.number(4) >> 24U;
    head.number(version == 0 ? 2 : 4);
    auto const infos = boxes.in(head.at(), item_infos.end);
    for (auto const& info : infos.value_or(std::vector<Box>())) {
        auto reader = boxes.reader(info);
        auto const info_version = reader.number(4) >> 24U;
        auto const id = reader.number(info_version >= 3 ? 4 : 2);
        reader.number(2); // protection
        auto const kind = reader.letters();
        if (kind == "Exif" || kind == "mime") ids.push_back(id);
    }
    return ids;
}

/// Reads 'iloc', versions 0 to 2. Items in another box or file get no extents.
std::vector<Item> item_places(Boxes& boxes, Box const& item_locations) {
    auto reader = boxes.reader(item_locations);
    auto const version = reader.number(4) >> 24U;
    auto const sizes = reader.number(2);
    auto const offset_size = sizes >> 12U & 15U, length_size = sizes >> 8U & 15U;
    auto const base_size = sizes >> 4U & 15U, index_size = version == 0 ? 0 : sizes & 15U;
    auto const count = reader.number(version < 2 ? 2 : 4);
    std::vector<Item> items;
    for (std::uint64_t i = 0; i < count && reader.is_sound() && items.size() < most_boxes; ++i) {
        Item item{.id = reader.number(version < 2 ? 2 : 4), .extents = {}};
        auto const construction = version == 0 ? 0 : reader.number(2) & 15U;
        reader.number(2); // data reference
        auto const base = reader.number(base_size);
        auto const extents = reader.number(2);
        for (std::uint64_t j = 0; j < extents && reader.is_sound(); ++j) {
            reader.number(index_size);
            auto const offset = reader.number(offset_size), length = reader.number(length_size);
            if (construction == 0) item.extents.emplace_back(base + offset, length);
        }
        items.push_back(std::move(item));
    }
    return items;
}

/// Overwrites the metadata items of a photo, which are listed in 'meta'.
void silence_items(Boxes& boxes, Box const& meta) {
    constexpr std::size_t version_bytes = 4;
    std::vector<std::uint64_t> telling;
    std::vector<Item> items;
    auto const inner = boxes.in(std::min(meta.begin + version_bytes, meta.end), meta.end);
    for (auto const& box : inner.value_or(std::vector<Box>())) {
        if (boxes.kind(box) == "iinf") telling = telling_items(boxes, box);
        if (boxes.kind(box) == "iloc") items = item_places(boxes, box);
        if (boxes.kind(box) == "idat") continue;
    }
    for (auto const& item : items) {
        if (std::find(telling.begin(), telling.end(), item.id) == telling.end()) continue;
        for (auto const& [offset, length] : item.extents)
            if (offset <= boxes.size() && length <= boxes.size() - offset)
                boxes.blank(offset, offset + length);
    }
}

/// Frees the boxes in which programs and devices store metadata of a film, at any depth.
void silence_film(Boxes& boxes, Box const& outer, int depth) {
    constexpr int deepest = 8;
    auto const inner = boxes.in(outer.begin, outer.end);
    if (!inner || depth == deepest) return;
    for (auto const& box : *inner) {
        auto const kind = boxes.kind(box);
        if (kind == "udta" || kind == "meta" || kind == "uuid")
            boxes.free(box);
        else if (kind == "trak" || kind == "mdia")
            silence_film(boxes, box, depth + 1);
    }
}

} // namespace

bool silence_media(std::string& bytes) {
    Boxes boxes(bytes);
    auto const outer = boxes.in(0, bytes.size());
    if (!outer) return false;
    for (auto const& box : *outer) {
        auto const kind = boxes.kind(box);
        if (kind == "meta") silence_items(boxes, box);
        if (kind == "moov") silence_film(boxes, box, 0);
        if (kind == "uuid" || kind == "udta") boxes.free(box);
    }
    return true;
}

} // namespace banjie::api
