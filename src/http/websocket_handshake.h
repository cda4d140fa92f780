// The opening handshake of a WebSocket (RFC 6455 4.2), for the subprotocol pastille.v1. Pure.
#pragma once

#include "core/refusal.h"
#include "http/request.h"
#include "http/response.h"

namespace pastille::http {

// Whether the client offers messages compressed with permessage-deflate (RFC 7692) on terms that
// are taken: nothing is kept from one message to the next, and our window is the usual 32 KB.
bool offers_deflate(const Request& request);

// The 101; it agrees to permessage-deflate when that is offered so. Refuses kMalformed: no upgrade,
// another version than 13, a key that is none, or a client that does not offer the subprotocol.
Result<Response> accept_websocket(const Request& request);

}  // namespace pastille::http
