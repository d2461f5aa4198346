#include "workflows/contract/instance.hpp"
#include "workflows/contract/value.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace banjie::workflows;
using namespace std::chrono_literals;

TEST_CASE("fields are kept sorted by name, each once") {
    Fields fields;
    fields.set("b", std::string("two"));
    fields.set("a", true);
    fields.set("b", std::string("three"));
    CHECK(fields.size() == 2);
    CHECK(fields.begin()->first == "a");
    CHECK(fields.text("b") == "three");
    fields.clear("a");
    fields.clear("not there");
    CHECK_FALSE(fields.has("a"));
    CHECK(fields.size() == 1);
}

TEST_CASE("names are ordered as texts are, however long they are alike") {
    std::vector<std::string> const sorted = {"a",
                                             "a_name",
                                             "a_name_of",
                                             "a_name_of_16_byt",
                                             "a_name_of_16_byte",
                                             "a_name_of_16_bytf",
                                             "a_name_of_24_bytes_______",
                                             "a_name_of_31_bytes_____________",
                                             "a_name_of_31_bytes____________a",
                                             "b"};
    Fields fields;
    for (auto name = sorted.rbegin(); name != sorted.rend(); ++name) fields.set(*name, true);
    std::vector<std::string> names;
    for (auto const& [name, value] : fields) names.emplace_back(std::string_view(name));
    CHECK(names == sorted);
    CHECK(fields.has("a_name_of_16_byte"));
    CHECK_FALSE(fields.has("a_name_of_16"));
}

TEST_CASE("what is not there reads as empty") {
    Fields const fields;
    CHECK(fields.text("x").empty());
    CHECK(fields.number("x") == 0);
    CHECK_FALSE(fields.flag("x"));
    CHECK_FALSE(fields.time("x_at"));
    CHECK(fields.texts("x").empty());
    CHECK(fields.find("x") == nullptr);
}

TEST_CASE("values come back as they were set") {
    Fields fields;
    fields.set("flag", true);
    fields.set("number", std::numeric_limits<std::int64_t>::min());
    fields.set("due_at", Time{1ms});
    fields.set("texts", Texts{"a", "b"});
    CHECK(fields.flag("flag"));
    CHECK(fields.number("number") == std::numeric_limits<std::int64_t>::min());
    CHECK(fields.time("due_at") == Time{1ms});
    CHECK(fields.texts("texts") == Texts{"a", "b"});
}

TEST_CASE("merging sets what is new and clears what is said to be gone") {
    Fields fields;
    fields.set("kept", std::string("k"));
    fields.set("changed", std::string("old"));
    fields.set("gone", std::string("g"));
    Fields changes;
    changes.set("changed", std::string("new"));
    changes.set("gone", std::monostate{});
    changes.set("never_there", std::monostate{});
    fields.merge(changes);
    CHECK(fields.size() == 2);
    CHECK(fields.text("kept") == "k");
    CHECK(fields.text("changed") == "new");
    fields.merge(fields);
    CHECK(fields.size() == 2);
}

TEST_CASE("an event alone carries the instance one version on") {
    Instance instance;
    instance.states = {"screening"};
    instance.facts.set("missing", Texts{"x"});
    Event event;
    event.states = {"handling"};
    event.changes.set("missing", std::monostate{});
    event.wake = Wake{Time{5ms}, "tick"};
    event.at = Time{3ms};
    apply(instance, event);
    CHECK(instance.version == 1);
    CHECK(instance.state() == "handling");
    CHECK(instance.facts.empty());
    CHECK(instance.wake == event.wake);
    CHECK(instance.updated_at == Time{3ms});
    event.wake.reset();
    apply(instance, event);
    CHECK(instance.version == 2);
    CHECK_FALSE(instance.wake);
}
