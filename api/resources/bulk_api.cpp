#include "api/resources/bulk_api.hpp"

#include "api/limits.hpp"
#include "api/request/key_scope.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "api/shown/instance_resource.hpp"
#include "engine/text/digest.hpp"
#include "engine/text/read_fields.hpp"

#include <atomic>
#include <set>

namespace banjie::api::instances {

using engine::Outcome;
using nlohmann::json;

namespace {

Outcome<engine::Texts> read_ids(json const& body) {
    auto const found = body.find("ids");
    bool const list = found != body.end() && found->is_array() && !found->empty() &&
                      found->size() <= limits::bulk_ids;
    engine::Texts ids;
    std::set<std::string> seen;
    for (auto const& id : list ? *found : json::array()) {
        if (!id.is_string() || !seen.insert(id.get<std::string>()).second) break;
        ids.push_back(id.get<std::string>());
    }
    if (list && ids.size() == found->size()) return ids;
    return invalid_field("ids", "wrong_type"_code,
                         "The value is not a list of 1 to " + std::to_string(limits::bulk_ids) +
                             " different ids.");
}

// Derived, so that a repeated bulk request finds the key of each item again.
std::string key_of_item(std::string const& key, std::string const& id) {
    if (key.empty()) return {};
    return engine::sha256_text(key + '\n' + id);
}

// Collects the replies, which arrive on any thread. The last reply sends the response.
class Gathering {
public:
    Gathering(std::shared_ptr<Exchange> exchange, engine::Texts ids)
        : exchange_(std::move(exchange)), ids_(std::move(ids)), items_(ids_.size()),
          open_(ids_.size()) {}

    void take(std::size_t number, Outcome<engine::Reply> const& reply) {
        json item = {{"id", ids_[number]}};
        item["status"] = reply ? 200 : status_of(reply.error().kind);
        if (reply) item["version"] = reply->instance->version;
        if (reply) item["state"] = reply->instance->state();
        if (!reply) item["refusal"] = refusal_json(reply.error());
        items_[number] = std::move(item);
        if (reply) ++done_;
        if (open_.fetch_sub(1) == 1) send();
    }
    [[nodiscard]] engine::Texts const& ids() const { return ids_; }

private:
    void send() {
        json body = {{"items", std::move(items_)},
                     {"done", done_.load()},
                     {"refused", ids_.size() - done_.load()}};
        exchange_->respond(json_response(body));
    }

    std::shared_ptr<Exchange> exchange_;
    engine::Texts ids_;
    std::vector<json> items_;
    std::atomic<std::size_t> done_ = 0;
    std::atomic<std::size_t> open_;
};

} // namespace

void bulk_command(std::shared_ptr<Exchange> exchange) {
    auto const refuse = [&](engine::Refusal const& refusal) {
        exchange->respond(refusal_response(refusal));
    };
    InstanceResource const resource(*exchange->workflow);
    auto const* info = resource.command(exchange->parameter("command"));
    if (info == nullptr) {
        return refuse({.code = "unknown_command"_code,
                       .detail = "The workflow has no command of that name."});
    }
    if (auto checked = check_scope(*exchange, info->name); !checked) return refuse(checked.error());
    auto ids = read_ids(exchange->body);
    if (!ids) return refuse(ids.error());
    exchange->body.erase("ids");
    auto const fields = engine::read_fields(exchange->body, info->form);
    if (!fields) return refuse(fields.error());
    auto const gathering = std::make_shared<Gathering>(exchange, std::move(*ids));
    for (std::size_t number = 0; number < gathering->ids().size(); ++number) {
        auto const& id = gathering->ids()[number];
        engine::Command command;
        command.actor = exchange->actor;
        command.workflow = exchange->workflow->name();
        command.instance = exchange->office().index.id_named(exchange->actor, resource.id_of(id));
        command.verb = info->name;
        command.fields = *fields;
        command.idempotency_key = key_of_item(exchange->request.idempotency_key, id);
        exchange->office().engine.execute(std::move(command),
                                          [gathering, number](Outcome<engine::Reply> const& reply) {
                                              gathering->take(number, reply);
                                          });
    }
}

} // namespace banjie::api::instances
