// The address that a person opens with a one-time invitation.
#pragma once

#include <string>
#include <string_view>

#include "http/call.h"

namespace pastille::http {

std::string invitation_link(const Call& call, std::string_view secret);

}  // namespace pastille::http
