// The API of one organisation: the table of routes, and what comes before every resource, in the
// contract's order: 405, 401, foreign-origin, scope-missing, 413, 415, 400. All but the last are
// known from the head, so a body is read once nothing else is to be said. Thread-safe: one Router
// serves all Servers. handle() never blocks: histories are read on its reader threads, commands go
// to the workspace, passwords to theirs.
#pragma once

#include <memory>

#include "http/parts.h"
#include "http/request.h"
#include "http/responder.h"

namespace pastille::http {

struct Call;
class HeldBytes;
struct Route;
class Site;

class Router {
 public:
  explicit Router(Parts parts);
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // False: it names a position (Pastille-Position) that this node has not applied yet.
  bool has_reached_position(const Request& request) const;
  // A change that came on a connection which was accepted before this node was taken for dead.
  bool came_too_late(NodeId accepted_as, const Request& request) const;
  // Has this node look at what others committed, when there are any.
  void look();
  // On the connection's thread, with the head of a request; its body is asked for by the responder.
  void handle(Request request, Responder responder);
  const Parts& parts() const;
  Admission& admission();
  HeldBytes& held();
  // /readyz says 503 from now on.
  void begin_shutdown();
  // Drops what waits to be read, which is answered with 503, and waits for what is being read. From
  // then on no reader answers any more, so that what they answer on may go. Any thread.
  void end_reading();

 private:
  void look_first(std::shared_ptr<Call> call, const Route& route);
  void proceed(Call call, const Route& route);
  void take_body(const std::shared_ptr<Call>& call, const Route& route);
  void carry_on(Call call, const Route& route);

  std::unique_ptr<Site> site_;
};

}  // namespace pastille::http
