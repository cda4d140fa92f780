// Who sends a request: by token or by cookie, looked up in a published snapshot. A filter only: the
// rule of every command checks again, on the state it decides on.
#pragma once

#include "app/actor.h"
#include "app/context.h"
#include "http/parts.h"
#include "http/request.h"

namespace pastille::http {

struct Identified {
  Actor actor;
  Acting who;
};

// Refuses kNotSignedIn. With an Authorization field the cookie is ignored.
Result<Identified> authenticate(const Request& request, const Organisation& organisation,
                                const Context& context, const Secrets& secrets,
                                const Settings& settings);

// Whether it comes with a session or a token that this state does not know: another node may have
// made it a moment ago.
bool names_unknown_access(const Request& request, const Organisation& organisation,
                          const Secrets& secrets, const Settings& settings);

}  // namespace pastille::http
