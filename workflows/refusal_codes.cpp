#include "workflows/refusal_codes.hpp"

#include "workflows/contract/refusal_codes.hpp"
#include "workflows/contract/workflow.hpp"

namespace banjie::workflows {

std::vector<CodeTable> code_tables() {
    std::vector<CodeTable> tables{{"", shared_codes}};
    for (auto const* workflow : all_workflows())
        if (!workflow->codes().empty()) tables.push_back({workflow->name(), workflow->codes()});
    return tables;
}

} // namespace banjie::workflows
