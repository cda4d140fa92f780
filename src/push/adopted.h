// What a hub is given: the parts that it stands on, and connections.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "app/actor.h"
#include "app/live_opening.h"
#include "app/live_reader.h"
#include "app/person_shares.h"
#include "app/ports/clock.h"
#include "app/workspace.h"
#include "push/fanout.h"
#include "push/observer.h"
#include "tls/channel.h"

namespace pastille::push {

// All of it must outlive the hub.
struct HubParts {
  boost::asio::io_context& io;
  Workspace& workspace;
  Fanout& fanout;
  const Clock& clock;
  Observer& observer;
  PersonShares& shares;
};

// A connection that http has authenticated and handed over.
struct Adopted {
  int socket = -1;                        // non-blocking; the hub closes it
  std::unique_ptr<tls::Channel> channel;  // of the socket; null without TLS
  bool websocket = false;
  bool deflate = false;  // agreed on in the handshake
  LiveReader reader;     // who asks; what it is told follows from this
  Actor actor;
  UserId user;
  LiveOpening opening;   // of an SSE stream; a WebSocket sends its own
  std::string leftover;  // bytes that came after the request
  std::string remote;
  std::shared_ptr<const void> place;  // among all and among the person's; held until it has ended
  std::string shared_with;            // SSE: the origin whose page may read it (CORS), "" for none
};

}  // namespace pastille::push
