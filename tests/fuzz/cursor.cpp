// Any text as a cursor of a list, a history or a stream, and as the words that a list is searched
// by.

#include "api/request/cursor.hpp"

#include "engine/index/instance_index.hpp"
#include "engine/rules/rulebook.hpp"
#include "tests/fuzz/expect.hpp"
#include "workflows/problem.hpp"

using namespace banjie;
using fuzz::expect;

namespace {

struct Index {
    Index() {
        for (int i = 0; i < 20; ++i) {
            auto instance = workflows::problem().fresh("01KJR641JG1CDA" + std::to_string(10 + i),
                                                       engine::Time());
            instance.facts.set("title", std::string("道路 road ") + std::to_string(i));
            index.put(nullptr, instance.id, engine::index_entry_of(workflows::problem(), instance));
        }
    }
    engine::InstanceIndex index{engine::Rulebook().rules()->workflows};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Index const known;
    std::string const text(reinterpret_cast<char const*>(data), size);
    for (char const kind : {'h', 'e'})
        if (auto const number = api::number_of_cursor(kind, text); number && !text.empty())
            expect(api::number_of_cursor(kind, api::cursor_of(kind, *number)).value() == *number,
                   "a cursor reads back as it was written");
    auto const system = engine::system_caller();
    for (auto const sort : {engine::Sort::created, engine::Sort::updated, engine::Sort::due}) {
        auto const page = known.index.list(
            system, {.workflow = "problem", .sort = sort, .limit = 7, .cursor = text});
        expect(!page || page->ids.size() <= 7, "a page is no longer than was asked");
        static_cast<void>(
            known.index.list(system, {.workflow = "problem", .q = text, .sort = sort}));
    }
    return 0;
}
