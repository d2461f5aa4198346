#include "engine/rules/workflow_list.hpp"

namespace banjie::engine {

namespace {

// Increase it when a workflow derives other values from the same instance than before: whose turn
// it is, who sees it, which marks it has.
constexpr unsigned char entry_rules = 1;

/// A FNV-1a hash of 32 bits.
class Fingerprint {
public:
    void add(std::string_view text) {
        for (char const one : text) add_byte(static_cast<unsigned char>(one));
        add_byte(0);
    }
    void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 16'777'619U; }
    [[nodiscard]] std::uint32_t value() const { return hash_; }

private:
    std::uint32_t hash_ = 2'166'136'261U;
};

std::uint32_t declaration_of(Workflow const& workflow) {
    auto const facets = workflow.facets();
    Fingerprint print;
    print.add_byte(entry_rules);
    for (auto const& tag : facets.tags) {
        print.add(tag.name);
        print.add_byte(static_cast<unsigned char>(tag.kind));
    }
    print.add("marks");
    for (auto const& mark : facets.marks) print.add(mark.name);
    print.add("moments");
    for (auto const& moment : facets.moments) {
        print.add(moment.name);
        print.add(moment.fact);
    }
    print.add("numbers");
    for (auto const& number : facets.numbers) print.add(number.name);
    return print.value();
}

} // namespace

IndexedWorkflow::IndexedWorkflow(Workflow const& the_workflow)
    : workflow(&the_workflow), declaration(declaration_of(the_workflow)) {}

} // namespace banjie::engine
