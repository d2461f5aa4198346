#pragma once
// Instances, commands and history in the form of the API: flat, with labels if a language is
// requested.

#include "engine/command.hpp"
#include "engine/commands/engine.hpp"
#include "engine/people/organisations.hpp"
#include "engine/rules/rulebook.hpp"
#include "engine/text/json_writer.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace banjie::api {

/// The labels of one workflow in one language ("zh", "en"); none for an empty language.
class Labels {
public:
    /// Creates the labels. With `organisations`, they include the names of regions and units.
    Labels(engine::Policy const* policy, std::string_view language,
           engine::Organisations const* organisations = nullptr);
    [[nodiscard]] bool wanted() const { return policy_ != nullptr; }
    /// Returns the label of "state.handling" …; empty if there is none.
    [[nodiscard]] std::string_view of(std::string_view kind, std::string_view name) const;
    /// Adds {"label": …} to an object that describes `name`.
    void put(nlohmann::json& object, std::string_view kind, std::string_view name) const;
    void put(engine::JsonWriter& writer, std::string_view kind, std::string_view name) const;
    /// Returns the name of an organisation; empty if there is none with that code.
    [[nodiscard]] std::string name_of(std::string_view code) const;
    /// Returns the name of a region after those above it, below the province: 赣州市于都县贡江镇.
    [[nodiscard]] std::string place_of(std::string_view code) const;

private:
    engine::Policy const* policy_;
    engine::Organisations const* organisations_;
    bool chinese_;
};

/// Extent of an instance: a list leaves out its first long text.
enum class Extent { whole, row };
[[nodiscard]] std::string_view left_out_of_rows(engine::Workflow const& workflow);

/// Writes "id","workflow","number"?,"version","state","stage", the states of the machine's other
/// regions by their names, …facts…,"created_at","updated_at","labels"?. The caller writes the
/// braces.
void put_instance(engine::JsonWriter& writer, engine::Instance const& instance,
                  engine::Workflow const& workflow, Labels const& labels,
                  Extent extent = Extent::whole);

/// Writes {"permitted":[{"command","label"?,"form":[…]}],
///         "refused":[{"command","label"?,"code","detail","help"?}]}
void put_commands(engine::JsonWriter& writer, std::vector<engine::Permission> const& permissions,
                  engine::Workflow const& workflow, engine::Policy const* policy,
                  Labels const& labels);

/// Writes
/// [{"name","kind","required","choices"?,"choice_labels"?,"maximum"?,"workflow"?,"label"?}…].
/// `policy` defines the vocabularies.
void put_form(engine::JsonWriter& writer, std::span<engine::FieldSpec const> form,
              engine::Policy const* policy, Labels const& labels);

[[nodiscard]] nlohmann::json recorded_json(engine::Recorded const& recorded);

} // namespace banjie::api
