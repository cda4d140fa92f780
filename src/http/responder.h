// The right to answer one request. Move-only, usable from any thread; answering twice is a
// programmer error, and one that is dropped without an answer answers 503, so no client waits for
// ever.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.h"
#include "app/live_opening.h"
#include "app/live_reader.h"
#include "app/person_shares.h"
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

// The body of a request, or why it cannot be had: too large, or framed wrongly.
using TakeBody = std::move_only_function<void(Result<std::string>)>;

// The connection's end of it, for one answer. Any thread, unless it says otherwise.
class AnswerLine {
 public:
  virtual ~AnswerLine() = default;
  virtual void answer(Response response) = 0;
  // `response`: the 101 of a WebSocket, nullopt for SSE.
  virtual void hand_over(LivePass pass, std::optional<Response> response,
                         std::string_view route) = 0;
  // Runs `then` on the connection's thread.
  virtual void hop(std::move_only_function<void()> then) = 0;
  // Reads the request's body, of `most` bytes at most, and gives it to `then` on the connection's
  // thread. When it does not come, `then` is dropped. On that thread; once.
  virtual void read_body(std::size_t most, TakeBody then) = 0;
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
  // What was taken of a quota, for the fields RateLimit and RateLimit-Policy.
  void limit(const Quota& quota, const PersonShares::Taken& taken);
  // An answer that would be one of success is 422 with these instead: what the query has wrong, of
  // a request that changes nothing.
  void fault(std::vector<FieldError> faults) { faults_ = std::move(faults); }
  void answer(Response response);
  void hand_over(LivePass pass, std::optional<Response> response);
  // Runs `then` on the connection's thread; for replies that come on other threads.
  void hop(std::move_only_function<void()> then) { line_->hop(std::move(then)); }
  void read_body(std::size_t most, TakeBody then) { line_->read_body(most, std::move(then)); }

 private:
  std::unique_ptr<AnswerLine> line_;  // null once answered
  std::string_view route_;
  UserId user_;
  bool depends_on_origin_ = false;
  std::string shared_with_;
  std::string limits_, policies_;  // as in the fields
  std::vector<FieldError> faults_;
};

}  // namespace pastille::http
