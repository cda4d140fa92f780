// The right to answer one request. Move-only, usable from any thread; answering twice is a
// programmer error, and one that is dropped without an answer answers 503, so no client waits for
// ever.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/actor.h"
#include "app/live_opening.h"
#include "app/live_reader.h"
#include "http/response.h"

namespace pastille::http {

// A live connection that may pass; the server adds the socket.
struct LivePass {
  bool websocket = false;
  bool deflate = false;  // agreed on in the handshake
  LiveReader reader;     // who asks; what it is told follows from this
  Actor actor;
  UserId user;
  LiveOpening opening = {};
  std::string shared_with = {};            // SSE: the origin whose page may read it, too
  std::shared_ptr<const void> place = {};  // among the live connections of the person
};

// The connection's end of it, for one answer. Any thread.
class AnswerLine {
 public:
  virtual ~AnswerLine() = default;
  virtual void answer(Response response) = 0;
  // `response`: the 101 of a WebSocket, nullopt for SSE.
  virtual void hand_over(LivePass pass, std::optional<Response> response,
                         std::string_view route) = 0;
  // Runs `then` on the connection's thread.
  virtual void hop(std::move_only_function<void()> then) = 0;
};

class Responder {
 public:
  explicit Responder(std::unique_ptr<AnswerLine> line) : line_(std::move(line)) {}
  Responder(Responder&&) = default;
  Responder& operator=(Responder&&) = delete;
  ~Responder();

  // For the access log. `route` is a literal of the table.
  void describe(std::string_view route, UserId user);
  // The answer depends on the Origin; a page of this one ("": none) may read it (Fetch, CORS).
  void share_with(std::string origin);
  const std::string& shared_with() const { return shared_with_; }
  void answer(Response response);
  void hand_over(LivePass pass, std::optional<Response> response);
  // Runs `then` on the connection's thread; for replies that come on other threads.
  void hop(std::move_only_function<void()> then) { line_->hop(std::move(then)); }

 private:
  std::unique_ptr<AnswerLine> line_;  // null once answered
  std::string_view route_;
  UserId user_;
  bool depends_on_origin_ = false;
  std::string shared_with_;
};

}  // namespace pastille::http
