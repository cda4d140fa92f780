// The address that a person opens with a one-time invitation.
#pragma once

#include <string>
#include <string_view>

#include "http/call.h"

namespace pastille::http {

// Where browsers reach us: the first public_url, else what was asked for. Without a '/' at its end.
std::string own_address(const Call& call);

std::string invitation_link(const Call& call, std::string_view secret);

}  // namespace pastille::http
