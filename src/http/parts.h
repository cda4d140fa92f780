// What the HTTP side stands on. The wiring builds and owns all of it; everything here must outlive
// the Router, its Servers and their io_contexts, and is thread-safe.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/person_shares.h"
#include "app/ports/archive.h"
#include "app/ports/clock.h"
#include "app/ports/external_sign_in.h"
#include "app/ports/identity.h"
#include "app/ports/throttle.h"
#include "app/workspace.h"
#include "core/calendar.h"
#include "core/limits.h"
#include "core/unicode.h"
#include "http/admission.h"
#include "http/live_door.h"

namespace pastille::http {

// How long a connection waits for its client.
struct Patience {
  std::chrono::milliseconds header = limits::kHeaderWithin;
  std::chrono::milliseconds body = limits::kBodyWithin;
  std::chrono::milliseconds answer = limits::kAnswerTakenWithin;
  std::chrono::milliseconds idle = limits::kIdleConnection;
};

struct Settings {
  // "https://status.example.org": scheme, host and port, no path. Empty: Origin must equal Host.
  std::vector<std::string> public_urls;
  std::vector<std::string> frame_origins;    // pages that may show the Banner in a frame
  std::vector<std::string> element_origins;  // pages that may show <pastille-dot>
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For is believed
  std::filesystem::path pages;               // the built pages; empty: none
  Patience patience = {};
  bool secure = false;  // served over TLS: cookies are Secure, __Host-
  Admission::Most connections{limits::kConnections, limits::kConnectionsPerAddress};
};

// One request after its answer was written.
struct Answered {
  std::string_view request_id;
  std::string_view method;
  std::string_view route;  // the pattern ("/api/v1/statuses/{id}"), "" when there is none
  std::string_view path;   // without the query, which may hold what people searched for
  std::string_view remote;
  UserId user;  // {}: not signed in
  int status = 0;
  std::optional<Problem> problem;
  std::size_t bytes = 0;  // of the answer's body
  std::chrono::microseconds took{0};
};

// For the access log and the figures. Thread-safe; must not block.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void answered(const Answered& record) = 0;
  virtual void connections_changed(int by) = 0;  // HTTP connections, +1 or -1
  // A connection was refused as a whole, or has to wait (no `remote`); for the operator.
  virtual void turned_away(std::string_view remote, std::string_view why) = 0;
  // Something broke that should not; what happened, for the operator.
  virtual void failed(std::string_view request_id, std::string_view what) = 0;
};

// This process, as people are told of it.
struct ThisNode {
  std::string name = {};
  std::string version = {};
  Time started_at = {};
};

struct Parts {
  Workspace& workspace;
  Archive& archive;
  Passwords& passwords;
  Secrets& secrets;
  Throttle& throttle;
  PersonShares& shares;
  const Unicode& unicode;
  const Calendar& calendar;
  const Clock& clock;
  LiveDoor& live;
  Observer& observer;
  Settings settings;
  ExternalSignIn* external = nullptr;  // nullptr: passwords only
  ThisNode node = {};
};

}  // namespace pastille::http
