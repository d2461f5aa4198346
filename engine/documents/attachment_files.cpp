#include "engine/documents/attachment_files.hpp"

#include "engine/text/digest.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace banjie::engine {

namespace {

using storage::Result;

/// Calls take with one piece after the other. Stops when take fails.
Result<void> read_pieces(storage::Blob const& blob,
                         std::function<Result<void>(std::string_view piece)> const& take) {
    constexpr std::uint64_t piece_bytes = 262'144;
    std::string piece;
    for (std::uint64_t at = 0; at < blob.size(); at += piece.size()) {
        piece.resize(std::min(piece_bytes, blob.size() - at));
        if (auto read = blob.read(at, piece); !read) return read;
        if (auto taken = take(piece); !taken) return taken;
    }
    return {};
}

Result<void> copy_blob(storage::Blob const& blob, std::string const& id, storage::Blobs& to) {
    auto const copy = to.begin(id, blob.size());
    if (!copy) return copy.error();
    auto copied = read_pieces(blob, [&](std::string_view piece) { return (*copy)->append(piece); });
    return copied ? (*copy)->replace() : copied;
}

} // namespace

std::string trouble_with(AttachmentFile const& file, OpenedBlob const& blob) {
    auto const unreadable = [](storage::Failure const& failure) {
        return "is absent or unreadable (" + failure.detail + ")";
    };
    if (!blob) return unreadable(blob.error());
    if ((*blob)->size() != file.size_bytes) return std::string(altered_file);
    Sha256 hash;
    auto const read = read_pieces(**blob, [&hash](std::string_view piece) {
        hash.add(piece);
        return Result<void>();
    });
    if (!read) return unreadable(read.error());
    return std::string(hash.text() == file.sha256 ? "" : altered_file);
}

storage::Result<CopiedFiles> copy_files(std::span<AttachmentFile const> files, storage::Blobs& from,
                                        storage::Blobs& to, storage::Progress const& progress) {
    CopiedFiles copied;
    std::uint64_t done = 0;
    for (auto const& file : files) {
        auto const blob = from.open(file.blob);
        auto const trouble = trouble_with(file, blob);
        auto const there = to.open(file.blob);
        bool const is_there = trouble_with(file, there).empty();
        if (!trouble.empty()) {
            auto& told = is_there ? copied.damaged : copied.missing;
            told.push_back("attachment '" + file.blob + "' " + trouble);
        } else if (!is_there) {
            if (auto written = copy_blob(**blob, file.blob, to); !written) return written.error();
            ++copied.written;
            if (there) ++copied.mended;
        }
        progress(++done, files.size());
    }
    return copied;
}

storage::Result<AttachmentReport> verify_attachments(storage::Store& store, storage::Blobs& blobs) {
    AttachmentReport report;
    auto const find = [&report](std::string what) {
        constexpr std::size_t most = 100;
        if (report.findings.size() < most) report.findings.push_back(std::move(what));
    };
    auto const files = attachment_files(store);
    if (!files) return files.error();
    std::unordered_set<std::string> named;
    for (auto const& file : *files) {
        ++report.attachments;
        auto const trouble = trouble_with(file, blobs.open(file.blob));
        if (!trouble.empty()) find("attachment '" + file.blob + "' " + trouble);
        named.insert(file.blob);
    }
    auto const left = blobs.on_probation();
    if (!left) return left.error();
    named.insert(left->begin(), left->end());
    auto const scanned = blobs.scan([&](std::string const& blob) {
        if (!named.contains(blob)) find("the file '" + blob + "' belongs to no attachment");
        return true;
    });
    if (!scanned) return scanned.error();
    auto strays = blobs.strays();
    if (!strays) return strays.error();
    report.strays = std::move(*strays);
    return report;
}

} // namespace banjie::engine
