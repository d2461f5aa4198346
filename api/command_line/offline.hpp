#pragma once
// The store and the office behind the commands that work without a server.

#include "api/command_line/arguments.hpp"
#include "engine/office.hpp"
#include "storage/rocksdb_store.hpp"

#include <memory>

namespace banjie::api::command_line {

/// "<data>/store", where `data` comes from --data, BANJIE_DATA or ./var.
[[nodiscard]] std::string store_directory(Arguments const& arguments);
/// "<data>/attachments"
[[nodiscard]] std::string attachments_directory(Arguments const& arguments);
/// Adds --data.
void add_data_option(options::options_description& known);

/// Why no store may be begun in that folder: it is none, but one was there. Empty where there is a
/// store, or a new one may be begun.
[[nodiscard]] std::string trouble_beginning_in(std::string const& data);

/// What a failure of the store says to an operator.
[[nodiscard]] std::string message_of(storage::Failure const& failure);
/// A refusal with its field errors.
[[nodiscard]] std::string message_of(engine::Refusal const& refusal);

/// An office over a store on disk; everything is loaded.
class OfflineOffice {
public:
    /// Refuses writes when less free disk than the reserve is left. The clock outlives it.
    explicit OfflineOffice(std::string const& directory,
                           engine::Clock& clock = engine::system_clock(),
                           std::uint64_t reserve_bytes = storage::RocksdbOptions().reserve_bytes);
    ~OfflineOffice();
    /// Empty when all is well.
    [[nodiscard]] std::string const& trouble() const { return trouble_; }
    [[nodiscard]] engine::Office& office() { return *office_; }

private:
    std::string trouble_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<engine::Office> office_;
};

} // namespace banjie::api::command_line
