#include "tests/engine/desk.hpp"
#include "workflows/kit/machine_workflow.hpp"

#include <doctest/doctest.h>

namespace banjie::workflows::chains {

using namespace kit;

struct Title : Fact<"title", Kind::text> {};
struct Next : Fact<"next", Kind::instance> {};
struct Anybody : Party<"anybody", "任何人", "anybody", Role::coordinator> {};
struct Begun : State<"begun", "begin"> {};

/// What others read of the command; it hides that the command has a consequence too.
struct BeginAsDeclared : Command<"begin", "begun", Form<Title>, Of<"chain">> {};
struct Begin : Command<"begin", "begun", Form<Title>, Demands<BeginAsDeclared>> {};

struct BeginAnother : Named<"begin_another"> {
    void operator()(Given<Title> given, Creates<BeginAsDeclared, Next> create) const {
        auto form = create.form();
        form.set<Title>(given.get<Title>());
        create(std::move(form));
    }
};

struct Definition {
    static constexpr std::string_view name = "chain";
    using table =
        Table<In<New, On<Begin, Begun, By<Anybody, System>, Do<Keep<Title>, BeginAnother>>>>;
    using seen_by = SeenBy<Everybody>;
};

} // namespace banjie::workflows::chains

using namespace banjie::engine;

TEST_CASE("a consequence that has consequences is refused, and nothing changes") {
    auto rules = std::make_shared<Rules>(*built_in_rules());
    rules->workflows.add(
        banjie::workflows::kit::workflow_of<banjie::workflows::chains::Definition>());
    rules->policies.emplace("chain", Policy{.workflow = "chain"});
    Desk desk(rules);
    auto const before = desk.office.stream.last_seq();
    auto const reply =
        desk.office.engine.execute({.actor = desk.county,
                                    .workflow = "chain",
                                    .instance = "",
                                    .verb = "begin",
                                    .fields = fields_of({{"title", std::string("One")}})});
    REQUIRE_FALSE(reply.has_value());
    CHECK(reply.error().code == "chain_too_long");
    CHECK(reply.error().kind == RefusalKind::not_permitted);
    CHECK(desk.office.stream.last_seq() == before);
}
