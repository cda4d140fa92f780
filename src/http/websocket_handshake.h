// The opening handshake of a WebSocket (RFC 6455 4.2), for the subprotocol pastille.v1. Pure.
#pragma once

#include "core/refusal.h"
#include "http/request.h"
#include "http/response.h"

namespace pastille::http {

// The 101. Refuses kMalformed: no upgrade, another version than 13, a key that is none, or a client
// that does not offer the subprotocol.
Result<Response> accept_websocket(const Request& request);

}  // namespace pastille::http
