#include "engine/backups/drills.hpp"

#include "engine/backups/backups.hpp"
#include "engine/documents/attachment_files.hpp"
#include "storage/durable_files.hpp"
#include "storage/rocksdb_store.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace banjie::engine {

using nlohmann::json;

namespace {

constexpr std::size_t told_findings = 100;

std::string outcome_in(std::string const& folder) {
    return folder + "/last_drill";
}

/// Returns all findings about the restored copy.
storage::Result<std::vector<std::string>> findings_of(Restoring const& place,
                                                      storage::Progress const& progress) {
    auto verified = storage::verify_store(place.store, progress);
    if (!verified) return verified.error();
    storage::RocksdbOptions opening;
    opening.directory = place.store;
    opening.create_if_missing = false;
    opening.read_only = true;
    auto const store = storage::open_rocksdb_store(std::move(opening));
    if (!store) return store.error();
    auto const blobs = storage::open_blob_files(place.attachments);
    if (!blobs) return blobs.error();
    auto const files = verify_attachments(**store, **blobs);
    if (!files) return files.error();
    auto findings = std::move(verified->findings);
    findings.insert(findings.end(), files->findings.begin(), files->findings.end());
    return findings;
}

/// Restores the copy and reads it. A failure becomes a finding.
void carry_out(Restoring const& place, storage::Progress const& progress, Drill& drill) {
    auto const restored = restore(place, progress);
    if (!restored) {
        drill.findings = {restored.error().detail};
        return;
    }
    drill.number = restored->number;
    auto findings = findings_of(place, progress);
    drill.findings = findings ? std::move(*findings) : std::vector{findings.error().detail};
    if (drill.findings.size() > told_findings) drill.findings.resize(told_findings);
}

} // namespace

storage::Result<Drill> drill(std::string const& folder, std::string const& scratch, Time now,
                             storage::Progress const& progress) {
    Drill drill{.at = now};
    std::error_code error;
    bool const is_free =
        !std::filesystem::exists(scratch, error) || std::filesystem::is_empty(scratch, error);
    if (!is_free)
        return storage::Failure{storage::Fault::unreadable,
                                scratch + " is neither absent nor empty"};
    carry_out({.folder = folder,
               .store = scratch + "/store",
               .attachments = scratch + "/attachments",
               .is_drill = true,
               .now = now},
              progress, drill);
    std::filesystem::remove_all(scratch, error);
    json const outcome = {{"at", drill.at.time_since_epoch().count()},
                          {"number", drill.number},
                          {"findings", drill.findings}};
    auto const text = outcome.dump(-1, ' ', false, json::error_handler_t::replace);
    if (auto written = storage::replace_file(outcome_in(folder), text); !written)
        return written.error();
    return drill;
}

std::optional<Drill> last_drill(std::string const& folder) {
    auto const text = storage::read_whole(outcome_in(folder));
    if (!text) return std::nullopt;
    auto const outcome = json::parse(*text, nullptr, false);
    if (!outcome.is_object() || !outcome.contains("at") || !outcome["at"].is_number_integer() ||
        !outcome.contains("findings") || !outcome["findings"].is_array())
        return std::nullopt;
    Drill drill{.at = Time(Time::duration(outcome["at"].get<std::int64_t>()))};
    if (outcome.contains("number") && outcome["number"].is_number_unsigned())
        drill.number = outcome["number"].get<std::uint32_t>();
    for (auto const& finding : outcome["findings"])
        if (finding.is_string()) drill.findings.push_back(finding.get<std::string>());
    return drill;
}

} // namespace banjie::engine
