#pragma once
// Store and office for the commands that work without a server.

#include "api/command_line/arguments.hpp"
#include "api/syslog/syslog.hpp"
#include "engine/audit/signed_heads.hpp"
#include "engine/office.hpp"
#include "storage/rocksdb_store.hpp"

#include <memory>

namespace banjie::api::command_line {

/// Returns "<data>/store", where `data` comes from --data, BANJIE_DATA or ./var.
[[nodiscard]] std::string store_directory(Arguments const& arguments);
/// Returns "<data>/attachments".
[[nodiscard]] std::string attachments_directory(Arguments const& arguments);
/// Adds --data.
void add_data_option(options::options_description& known);

/// Returns why no store may be created in that folder: it has no store, but holds parts of an
/// earlier one. Returns an empty text if there is a store, or if one may be created.
[[nodiscard]] std::string trouble_beginning_in(std::string const& data);

/// Opens the file of signed heads, and the key that signs them.
[[nodiscard]] storage::Result<engine::HeadFile> open_heads(std::string const& file,
                                                           std::string const& key);
/// Opens the syslog server at that URL. Counts what is sent and what is dropped.
[[nodiscard]] storage::Result<std::unique_ptr<Syslog>>
open_syslog(std::string const& url, std::atomic<std::uint64_t>& sent,
            std::atomic<std::uint64_t>& lost);

/// Returns the message for an operator about a failure of the store.
[[nodiscard]] std::string message_of(storage::Failure const& failure);
/// Returns the message of a refusal, with its field errors.
[[nodiscard]] std::string message_of(engine::Refusal const& refusal);

/// An office over a store on disk, fully loaded.
class OfflineOffice {
public:
    /// Opens the store. Refuses writes if less free disk than the reserve is left. The clock must
    /// outlive the office.
    explicit OfflineOffice(std::string const& directory,
                           engine::Clock& clock = engine::system_clock(),
                           std::uint64_t reserve_bytes = storage::RocksdbOptions().reserve_bytes);
    ~OfflineOffice();
    /// Returns why the office could not be opened; empty if it is open.
    [[nodiscard]] std::string const& trouble() const { return trouble_; }
    [[nodiscard]] engine::Office& office() { return *office_; }

private:
    std::string trouble_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<engine::Office> office_;
};

} // namespace banjie::api::command_line
