#include "engine/text/json_text.hpp"

#include "engine/invariant.hpp"
#include "engine/text/json_writer.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

namespace banjie::engine {

using nlohmann::json;
using workflows::Wake;

namespace {

/// Returns whether a field of that name is a time, by the rule in workflows/contract/value.hpp.
bool names_a_time(std::string_view name) {
    return name.ends_with("_at") || name.ends_with("until");
}

std::string_view stage_of(Workflow const& workflow, Instance const& instance) {
    auto const* const state = workflow.state(instance.state());
    return state == nullptr ? std::string_view() : state->stage;
}

// Writing for the store ---------------------------------------------------------------------------

void put_wake(JsonWriter& writer, std::optional<Wake> const& wake) {
    if (!wake) return;
    writer.name("wake").open('{');
    writer.name("at").time(wake->at).name("command").string(wake->command);
    writer.close('}');
}

// Reading from the store --------------------------------------------------------------------------

Time stored_time(json const& value) {
    auto const time = time_of(value.get_ref<std::string const&>());
    if (!time) broken("a stored time is unreadable: " + value.dump());
    return *time;
}

Value stored_value(std::string_view name, json const& value) {
    switch (value.type()) {
    case json::value_t::null:
        return std::monostate();
    case json::value_t::boolean:
        return value.get<bool>();
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
        return value.get<std::int64_t>();
    case json::value_t::string:
        if (names_a_time(name)) return stored_time(value);
        return value.get<std::string>();
    case json::value_t::array:
        return value.get<Texts>();
    default:
        broken("a stored value has no type of ours: " + value.dump());
    }
}

Fields stored_fields(json const& object) {
    Fields fields;
    for (auto const& [name, value] : object.items()) fields.set(name, stored_value(name, value));
    return fields;
}

std::optional<Wake> stored_wake(json const& object) {
    auto const found = object.find("wake");
    if (found == object.end()) return std::nullopt;
    return Wake{stored_time(found->at("at")), found->at("command").get<std::string>()};
}

/// Reads a stored text. It was written by this file and its checksum is valid, so an error ends the
/// process.
template <class Read>
auto read_stored(std::string_view text, Read const& read) {
    try {
        return read(json::parse(text));
    } catch (json::exception const& error) {
        broken("a stored record is unreadable: " + std::string(error.what()));
    }
}

json to_json(Wake const& wake) {
    return json::object({{"at", time_text(wake.at)}, {"command", wake.command}});
}

} // namespace

json to_json(Value const& value) {
    struct Convert {
        json operator()(std::monostate) const { return nullptr; }
        json operator()(Time held) const { return time_text(held); }
        json operator()(bool held) const { return held; }
        json operator()(std::int64_t held) const { return held; }
        json operator()(std::string const& held) const { return held; }
        json operator()(Texts const& held) const { return held; }
    };
    return std::visit(Convert(), value);
}

json to_json(Fields const& fields) {
    json object = json::object();
    for (auto const& [name, value] : fields) object.emplace(std::string_view(name), to_json(value));
    return object;
}

json to_json(Event const& event) {
    json object = json::object({{"type", event.type},
                                {"command", event.command},
                                {"states", event.states},
                                {"actor", event.actor},
                                {"actor_name", event.actor_name},
                                {"organisation", event.organisation},
                                {"at", time_text(event.at)}});
    object.emplace("fields", to_json(event.fields));
    object.emplace("changes", to_json(event.changes));
    if (event.wake) object.emplace("wake", to_json(*event.wake));
    if (!event.number.empty()) object.emplace("number", event.number);
    return object;
}

std::string fields_text(Fields const& fields) {
    return JsonWriter(256).open('{').members(fields).close('}').take();
}

std::string instance_text(Workflow const& workflow, Instance const& instance) {
    JsonWriter writer(1'536);
    writer.open('{');
    writer.name("id").string(instance.id);
    writer.name("workflow").string(instance.workflow);
    if (!instance.number.empty()) writer.name("number").string(instance.number);
    if (instance.key != 0) writer.name("key").integer(static_cast<std::int64_t>(instance.key));
    writer.name("version").integer(static_cast<std::int64_t>(instance.version));
    writer.name("state").string(instance.state());
    writer.name("states").texts(instance.states);
    writer.name("stage").string(stage_of(workflow, instance));
    writer.name("facts").open('{').members(instance.facts).close('}');
    put_wake(writer, instance.wake);
    writer.name("created_at").time(instance.created_at);
    writer.name("updated_at").time(instance.updated_at);
    writer.close('}');
    return writer.take();
}

Instance instance_of(std::string_view text) {
    return read_stored(text, [](json const& object) {
        Instance instance;
        object.at("id").get_to(instance.id);
        object.at("workflow").get_to(instance.workflow);
        object.at("version").get_to(instance.version);
        object.at("states").get_to(instance.states);
        instance.facts = stored_fields(object.at("facts"));
        instance.wake = stored_wake(object);
        instance.number = object.value("number", "");
        instance.key = object.value("key", std::uint64_t{0});
        instance.created_at = stored_time(object.at("created_at"));
        instance.updated_at = stored_time(object.at("updated_at"));
        return instance;
    });
}

std::string event_text(Instance const& after, Event const& event,
                       std::vector<std::string> const& seen_by) {
    JsonWriter writer(1'024);
    writer.open('{');
    writer.name("subject").string(after.id);
    writer.name("workflow").string(after.workflow);
    if (!event.number.empty()) writer.name("number").string(event.number);
    if (event.key) writer.name("key").integer(static_cast<std::int64_t>(*event.key));
    writer.name("version").integer(static_cast<std::int64_t>(after.version));
    writer.name("type").string(event.type);
    writer.name("command").string(event.command);
    writer.name("at").time(event.at);
    writer.name("actor").string(event.actor);
    writer.name("actor_name").string(event.actor_name);
    writer.name("organisation").string(event.organisation);
    writer.name("fields").open('{').members(event.fields).close('}');
    writer.name("changes").open('{').members(event.changes).close('}');
    writer.name("states").texts(event.states);
    put_wake(writer, event.wake);
    writer.name("seen_by").texts(seen_by);
    writer.close('}');
    return writer.take();
}

Recorded recorded_of(std::uint64_t seq, std::string_view text) {
    return read_stored(text, [seq](json const& object) {
        Recorded recorded;
        recorded.seq = seq;
        object.at("subject").get_to(recorded.subject);
        object.at("workflow").get_to(recorded.workflow);
        object.at("version").get_to(recorded.version);
        Event& event = recorded.event;
        object.at("type").get_to(event.type);
        object.at("command").get_to(event.command);
        event.fields = stored_fields(object.at("fields"));
        event.changes = stored_fields(object.at("changes"));
        object.at("states").get_to(event.states);
        event.wake = stored_wake(object);
        event.number = object.value("number", "");
        if (auto const key = object.find("key"); key != object.end())
            event.key = key->get<std::uint64_t>();
        object.at("actor").get_to(event.actor);
        object.at("actor_name").get_to(event.actor_name);
        object.at("organisation").get_to(event.organisation);
        event.at = stored_time(object.at("at"));
        return recorded;
    });
}

} // namespace banjie::engine
