#include "engine/json_text.hpp"

#include "engine/engine.hpp"
#include "engine/invariant.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <iostream>

// Texts for the store are written straight into a string: every command writes two of them, and
// through nlohmann's tree that cost eight times as much. Everything else, and all reading, is
// nlohmann's. A test holds both ways of writing together.

namespace banjie::engine {

using nlohmann::json;
using workflows::Wake;

namespace {

/// By rule, see workflows/value.hpp.
bool names_a_time(std::string_view name) {
    return name.ends_with("_at") || name.ends_with("until");
}

std::string_view stage_of(Instance const& instance) {
    Workflow const* const workflow = workflows::find_workflow(instance.workflow);
    if (workflow == nullptr) return {};
    auto const* const state = workflow->state(instance.state());
    return state == nullptr ? std::string_view() : state->stage;
}

// Writing for the store ---------------------------------------------------------------------------

/// Commas between members are the writer's business; everything else is the caller's.
class Writer {
public:
    explicit Writer(std::size_t expected_size) { text_.reserve(expected_size); }

    void open(char bracket) {
        separate();
        text_.push_back(bracket);
        first_ = true;
    }
    void close(char bracket) {
        text_.push_back(bracket);
        first_ = false;
    }
    void name(std::string_view name) {
        string(name);
        text_.push_back(':');
        first_ = true;
    }
    void string(std::string_view value) {
        separate();
        bool const plain = std::none_of(value.begin(), value.end(), [](char character) {
            return static_cast<unsigned char>(character) < 0x20 || character == '"' ||
                   character == '\\';
        });
        if (!plain) {
            text_.append(json(value).dump());
            return;
        }
        text_.push_back('"');
        text_.append(value);
        text_.push_back('"');
    }
    void integer(std::int64_t value) {
        separate();
        std::array<char, 20> digits{};
        auto const end = std::to_chars(digits.begin(), digits.end(), value).ptr;
        text_.append(digits.begin(), end);
    }
    void word(std::string_view value) {
        separate();
        text_.append(value);
    }
    void time(Time value) {
        separate();
        text_.push_back('"');
        text_.append(time_text(value));
        text_.push_back('"');
    }
    void texts(std::vector<std::string> const& values) {
        open('[');
        for (std::string const& value : values) string(value);
        close(']');
    }
    void value(Value const& value) {
        std::visit([this](auto const& held) { put(held); }, value);
    }
    void fields(Fields const& fields) {
        open('{');
        for (auto const& [name_of_field, held] : fields) {
            name(name_of_field);
            value(held);
        }
        close('}');
    }
    void wake(std::optional<Wake> const& wake) {
        if (!wake) return;
        name("wake");
        open('{');
        name("at");
        time(wake->at);
        name("command");
        string(wake->command);
        close('}');
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    void separate() {
        if (!first_) text_.push_back(',');
        first_ = false;
    }
    void put(std::monostate) { word("null"); }
    void put(bool held) { word(held ? "true" : "false"); }
    void put(std::int64_t held) { integer(held); }
    void put(Time held) { time(held); }
    void put(std::string const& held) { string(held); }
    void put(Texts const& held) { texts(held); }

    std::string text_;
    bool first_ = true;
};

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

/// What the store gives was written by this file, and its checksums hold.
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
    for (auto const& [name, value] : fields) object.emplace(name, to_json(value));
    return object;
}

json to_json(Instance const& instance) {
    json object = json::object({{"id", instance.id},
                                {"workflow", instance.workflow},
                                {"version", instance.version},
                                {"state", instance.state()},
                                {"states", instance.states},
                                {"stage", stage_of(instance)},
                                {"created_at", time_text(instance.created_at)},
                                {"updated_at", time_text(instance.updated_at)}});
    object.emplace("facts", to_json(instance.facts));
    if (instance.wake) object.emplace("wake", to_json(*instance.wake));
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
    return object;
}

std::string instance_text(Instance const& instance) {
    Writer writer(1'536);
    writer.open('{');
    writer.name("id"), writer.string(instance.id);
    writer.name("workflow"), writer.string(instance.workflow);
    writer.name("version"), writer.integer(static_cast<std::int64_t>(instance.version));
    writer.name("state"), writer.string(instance.state());
    writer.name("states"), writer.texts(instance.states);
    writer.name("stage"), writer.string(stage_of(instance));
    writer.name("facts"), writer.fields(instance.facts);
    writer.wake(instance.wake);
    writer.name("created_at"), writer.time(instance.created_at);
    writer.name("updated_at"), writer.time(instance.updated_at);
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
        instance.created_at = stored_time(object.at("created_at"));
        instance.updated_at = stored_time(object.at("updated_at"));
        return instance;
    });
}

std::string event_text(Instance const& after, Event const& event,
                       std::vector<std::string> const& seen_by) {
    Writer writer(1'024);
    writer.open('{');
    writer.name("subject"), writer.string(after.id);
    writer.name("workflow"), writer.string(after.workflow);
    writer.name("version"), writer.integer(static_cast<std::int64_t>(after.version));
    writer.name("type"), writer.string(event.type);
    writer.name("command"), writer.string(event.command);
    writer.name("at"), writer.time(event.at);
    writer.name("actor"), writer.string(event.actor);
    writer.name("actor_name"), writer.string(event.actor_name);
    writer.name("organisation"), writer.string(event.organisation);
    writer.name("fields"), writer.fields(event.fields);
    writer.name("changes"), writer.fields(event.changes);
    writer.name("states"), writer.texts(event.states);
    writer.wake(event.wake);
    writer.name("seen_by"), writer.texts(seen_by);
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
        object.at("actor").get_to(event.actor);
        object.at("actor_name").get_to(event.actor_name);
        object.at("organisation").get_to(event.organisation);
        event.at = stored_time(object.at("at"));
        return recorded;
    });
}

} // namespace banjie::engine
