// Who may read roles and permissions: whoever manages roles, or gives them to people.
#pragma once

#include "http/call.h"

namespace pastille::http {

Result<void> may_read_roles(const Call& call);

}  // namespace pastille::http
