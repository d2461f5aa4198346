#include "api/shown/instance_json.hpp"
#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/policy_file.hpp"
#include "tests/workflows/sample.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie;
using namespace banjie::api;
namespace testing = workflows::testing;

TEST_CASE("an instance of any workflow is shown with labels, whatever it holds") {
    for (auto const* workflow : testing::tested_workflows()) {
        auto const policy = testing::policy_file(workflow->name());
        for (auto const& state : workflow->states()) {
            auto instance = testing::sample_instance(*workflow, state);
            instance.facts = testing::sample_of_every_fact(*workflow);
            for (char const* language : {"", "zh", "en"}) {
                INFO(workflow->name(), " ", state.name, " ", language);
                engine::JsonWriter writer(1'024);
                writer.open('{');
                put_instance(writer, instance, *workflow, Labels(&policy, language));
                writer.close('}');
                auto const shown = nlohmann::json::parse(writer.take());
                CHECK(shown["state"] == instance.state());
                CHECK(shown.contains("labels") == (*language != '\0'));
            }
        }
    }
}
