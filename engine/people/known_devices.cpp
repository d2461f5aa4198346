#include "engine/people/known_devices.hpp"

#include "engine/limits.hpp"
#include "engine/text/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace banjie::engine {

using nlohmann::json;

// The document's grammar: only ever added to.
KnownDevices::KnownDevices(std::string_view body) {
    auto const stored = json::parse(body);
    for (auto const& device : stored.at("devices"))
        devices_.push_back({device.at("id").get<std::string>(),
                            time_of(device.at("used_at").get<std::string>()).value_or(Time{})});
}

bool KnownDevices::know(std::string_view id, Time now) const {
    auto const found = std::ranges::find(devices_, id, &KnownDevice::id);
    return found != devices_.end() &&
           found->used_at + std::chrono::hours(24 * limits::device_days) > now;
}

void KnownDevices::use(std::string id, Time now) {
    std::erase_if(devices_, [&](KnownDevice const& device) { return device.id == id; });
    devices_.insert(devices_.begin(), {std::move(id), now});
    if (devices_.size() > limits::known_devices) devices_.pop_back();
}

DocumentChange KnownDevices::change_for(std::string const& account) const {
    auto devices = json::array();
    for (auto const& [id, used_at] : devices_)
        devices.push_back({{"id", id}, {"used_at", time_text(used_at)}});
    return {.kind = "known_devices",
            .id = account,
            .expected_version = std::nullopt,
            .body = json{{"devices", std::move(devices)}}.dump(),
            .event = {},
            .said = {}};
}

bool may_be_device_token(std::string_view text) {
    return text.size() == 43 && std::ranges::all_of(text, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
           });
}

} // namespace banjie::engine
