// Where http hands a live connection over. http has authenticated it, checked its Origin and, for a
// WebSocket, written the 101; from then on the socket belongs to the receiver, which also writes
// the head of an SSE answer. The wiring makes one that leads to the push hub.
#pragma once

#include <memory>
#include <string>

#include "app/actor.h"
#include "app/live_opening.h"
#include "app/live_reader.h"
#include "http/admission.h"
#include "tls/channel.h"

namespace pastille::http {

struct HandedOver {
  int socket = -1;                        // native, non-blocking; the receiver closes it
  std::unique_ptr<tls::Channel> channel;  // of the socket; null without TLS
  bool websocket = false;
  bool deflate = false;  // agreed on in the handshake
  LiveReader reader;     // who asks; what it is told follows from this
  Actor actor;
  UserId user;
  LiveOpening opening;   // SSE only: from the query, or from Last-Event-ID
  std::string leftover;  // bytes that came after the request
  std::string remote;
  Admission::Place place;   // among all and among the person's; held until it has ended
  std::string shared_with;  // SSE: the origin whose page may read it (CORS), "" for none
};

class LiveDoor {
 public:
  virtual ~LiveDoor() = default;
  // Called on the I/O thread of the connection; must not block and must not throw.
  virtual void receive(HandedOver connection) = 0;
};

}  // namespace pastille::http
