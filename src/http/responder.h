// The right to answer one request. Move-only, usable from any thread; answering twice is a
// programmer error, and one that is dropped without an answer answers 503, so no client waits for
// ever.
#pragma once

#include <functional>
#include <memory>

#include "app/actor.h"
#include "app/live_opening.h"
#include "http/response.h"

namespace pastille::http {

// A live connection that may pass; the server adds the socket.
struct LivePass {
  bool websocket = false;
  Actor actor;
  UserId user;
  LiveOpening opening;
};

// The connection's end of it. Thread-safe.
class AnswerLine {
 public:
  virtual ~AnswerLine() = default;
  virtual void answer(Response response) = 0;
  // `response`: the 101 of a WebSocket, nullopt for SSE.
  virtual void hand_over(LivePass pass, std::optional<Response> response) = 0;
  // Runs `then` on the connection's thread.
  virtual void hop(std::move_only_function<void()> then) = 0;
};

class Responder {
 public:
  explicit Responder(std::shared_ptr<AnswerLine> line) : line_(std::move(line)) {}
  Responder(Responder&&) = default;
  Responder& operator=(Responder&&) = delete;
  ~Responder();

  void answer(Response response);
  void hand_over(LivePass pass, std::optional<Response> response);
  // Runs `then` on the connection's thread; for replies that come on other threads.
  void hop(std::move_only_function<void()> then) const { line_->hop(std::move(then)); }

 private:
  std::shared_ptr<AnswerLine> line_;  // null once answered
};

}  // namespace pastille::http
