#include "engine/documents/attachment_files.hpp"

#include "engine/text/digest.hpp"

#include <unordered_set>

namespace banjie::engine {

std::string trouble_with(AttachmentFile const& file, storage::Result<std::string> const& bytes) {
    if (!bytes) return "is absent or unreadable (" + bytes.error().detail + ")";
    if (bytes->size() != file.size_bytes || sha256_text(*bytes) != file.sha256)
        return "is not what was uploaded";
    return {};
}

storage::Result<CopiedFiles> copy_files(std::span<AttachmentFile const> files, storage::Blobs& from,
                                        storage::Blobs& to, storage::Progress const& progress) {
    CopiedFiles copied;
    std::uint64_t done = 0;
    for (auto const& file : files) {
        auto const bytes = from.read(file.blob);
        auto const trouble = trouble_with(file, bytes);
        auto const there = to.read(file.blob);
        bool const is_there = trouble_with(file, there).empty();
        if (!trouble.empty()) {
            auto& told = is_there ? copied.damaged : copied.missing;
            told.push_back("attachment '" + file.blob + "' " + trouble);
        } else if (!is_there) {
            if (auto written = to.put(file.blob, *bytes); !written) return written.error();
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
        auto const trouble = trouble_with(file, blobs.read(file.blob));
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
