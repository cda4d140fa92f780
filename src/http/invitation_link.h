// The address that a person opens with a one-time invitation.
#pragma once

#include <string>
#include <string_view>

#include "core/clear_secret.h"
#include "http/call.h"

namespace pastille::http {

// Where browsers reach us: the first public_url, else what was asked for. Without a '/' at its end.
std::string own_address(const Call& call);

// The secret stands in the fragment, which browsers send to nobody: no log on the way has it.
ClearSecret invitation_link(const Call& call, const ClearSecret& secret);

// The secret that a call about a link comes with: in its own header field, or in the path, as
// clients of 1.0 send it.
std::string_view given_invitation(const Call& call);

}  // namespace pastille::http
