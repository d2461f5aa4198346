#pragma once
// Devices from which somebody has signed in to an account before. A device proves itself by a
// random token that it keeps for a year; the store has its hash. It proves nothing else: who knows
// the token passes the bounds on guessing that are for strangers, and still needs the password.

#include "engine/documents/documents.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct KnownDevice {
    std::string id; // hash of its token
    Time used_at{};
};

/// Devices of one account, the last used first; at most limits::known_devices.
class KnownDevices {
public:
    KnownDevices() = default;
    /// Reads the body of their document.
    explicit KnownDevices(std::string_view body);

    /// Returns whether the device was used within the last limits::device_days.
    [[nodiscard]] bool know(std::string_view id, Time now) const;
    /// Adds the device, or marks it as used. Where there are too many, the one goes that was not
    /// used for the longest time.
    void use(std::string id, Time now);
    /// Returns the change that writes them as the account's document. It is no event.
    [[nodiscard]] DocumentChange change_for(std::string const& account) const;

private:
    std::vector<KnownDevice> devices_;
};

/// Returns whether a text may be a device's token: one has 43 characters of base64url.
[[nodiscard]] bool may_be_device_token(std::string_view text);

} // namespace banjie::engine
