#pragma once
// The tree of organisations: regions by GB/T 2260 code with their governments, and departments.
// Kept in memory; changes go through `Documents`.

#include "engine/command.hpp"
#include "workflows/contract/world.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

class Documents;

/// Returns the code of the region that an organisation belongs to.
[[nodiscard]] std::string region_of(std::string_view organisation);

/// A government or department. A region's government has the region's code ("360731"); a department
/// has "<region>-<slug>" ("36-development-and-reform").
struct Organisation {
    std::string code;
    std::string name;   // 于都县
    std::string parent; // code; empty for the root
    bool department = false;
    bool active = true;
    std::uint64_t version = 0;

    [[nodiscard]] std::string region() const { return region_of(code); }
    [[nodiscard]] Level level() const;
};

/// The tree of all organisations. Thread-safe.
class Organisations {
public:
    Organisations();
    ~Organisations();

    /// Reads all organisations from the store.
    [[nodiscard]] Outcome<void> load(Documents& documents);

    [[nodiscard]] std::optional<Organisation> find(std::string_view code) const;
    /// Returns whether the organisation exists, and neither it nor a region above it is closed.
    [[nodiscard]] bool is_open(std::string_view code) const;
    /// Returns the children of a code in order of code (`children`), or the organisations whose
    /// name contains `text` (`search`); at most `limit`.
    [[nodiscard]] std::vector<Organisation> children(std::string_view code,
                                                     std::size_t limit) const;
    [[nodiscard]] std::vector<Organisation> search(std::string_view text, std::string_view below,
                                                   std::size_t limit) const;
    [[nodiscard]] std::size_t size() const;

    /// Creates or changes an organisation. Refuses with `invalid` (code, name, or a parent that
    /// does not exist or does not match the code) and with `version_mismatch`.
    [[nodiscard]] Outcome<Organisation> save(Documents& documents, Caller const& actor,
                                             Organisation organisation,
                                             std::optional<std::uint64_t> expected_version);
    /// Imports organisations from JSON text [{"code","name","parent"?,"department"?}…]. Returns how
    /// many were new or changed. Calls `progress` with the number done and the total. Checks
    /// everything before the first write.
    [[nodiscard]] Outcome<std::size_t>
    import(Documents& documents, Caller const& actor, std::string_view json_text,
           std::function<void(std::size_t, std::size_t)> const& progress);

private:
    struct Tree;
    std::unique_ptr<Tree> tree_;
};

} // namespace banjie::engine
