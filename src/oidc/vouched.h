// What a provider says of somebody, out of the claims of its ID token and of its userinfo. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "app/sign_in_externally.h"

namespace pastille::oidc {

// The ID token's word before that of userinfo (which may be empty). sub and iss were checked.
Vouched read_vouched(const boost::json::object& claims, const boost::json::object& userinfo,
                     std::string_view groups_claim);

}  // namespace pastille::oidc
