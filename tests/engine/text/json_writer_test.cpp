#include "engine/text/json_text.hpp"
#include "engine/text/json_writer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie::engine;
using nlohmann::json;

TEST_CASE("what is written without a tree is what a tree writes") {
    Fields fields;
    for (auto const* text : {"", "plain", "引号 \" 与 \\ 与 😀", "line\nbreak\ttab\x01\x7f/"})
        fields.set("text_" + std::to_string(fields.size()), std::string(text));
    fields.set("texts", Texts{"a", "", "\"b\""});
    fields.set("no_texts", Texts{});
    fields.set("flag", true);
    fields.set("other_flag", false);
    fields.set("least", INT64_MIN);
    fields.set("most", INT64_MAX);
    fields.set("held_at", Time(std::chrono::milliseconds(1'795'482'000'005)));
    fields.set("nothing", std::monostate());
    auto const written = JsonWriter(16).open('{').members(fields).close('}').take();
    CHECK(written == to_json(fields).dump());
}

TEST_CASE("what needs escaping is escaped, wherever it stands") {
    std::vector<std::string> wrong;
    for (std::size_t size = 1; size <= 24; ++size)
        for (std::size_t place = 0; place < size; ++place)
            for (char const character : std::string("\x01\t\n\x1f \"\\[]!#~\x7f")) {
                std::string text(size, 'x');
                text[place] = character;
                auto const written = JsonWriter(1).string(text).take();
                if (written != json(text).dump()) wrong.push_back(written);
            }
    CHECK(wrong == std::vector<std::string>());
}

TEST_CASE("a name that is data is escaped") {
    auto const written =
        JsonWriter(1).open('{').key("a \"b\"").integer(1).key("c").string("d").close('}').take();
    CHECK(written == R"({"a \"b\"":1,"c":"d"})");
}

TEST_CASE("commas stand between members and elements, however they nest") {
    auto const written = JsonWriter(16)
                             .open('{')
                             .name("a")
                             .open('[')
                             .integer(1)
                             .open('{')
                             .close('}')
                             .raw("null")
                             .close(']')
                             .name("b")
                             .string("c")
                             .close('}')
                             .take();
    CHECK(written == R"({"a":[1,{},null],"b":"c"})");
}
