#include "http/connection.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <tuple>

#include "core/limits.h"
#include "http/connections.h"
#include "http/head.h"
#include "http/problem.h"

namespace pastille::http {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

namespace {

using Place = std::shared_ptr<const void>;

Place both(Place one, Place other) {
  return std::make_shared<const std::pair<Place, Place>>(std::move(one), std::move(other));
}

}  // namespace

// Holds the connection until the answer, and lets go of it on its own thread only.
class Connection::Line final : public AnswerLine {
 public:
  explicit Line(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  void answer(Response response) override {
    const auto executor = connection_->stream_.get_executor();
    asio::post(executor,
               [connection = std::move(connection_), response = std::move(response)]() mutable {
                 connection->write(std::move(response));
               });
  }

  void hand_over(LivePass pass, std::optional<Response> response, std::string_view route) override {
    const auto executor = connection_->stream_.get_executor();
    asio::post(executor, [connection = std::move(connection_), pass = std::move(pass),
                          response = std::move(response), route]() mutable {
      connection->hand_over(std::move(pass), std::move(response), route);
    });
  }

  void read_body(std::size_t most, TakeBody then) override {
    connection_->read_body(most, std::move(then));
  }

  void hop(std::move_only_function<void()> then) override {
    asio::post(connection_->stream_.get_executor(),
               [connection = connection_.get(), then = std::move(then)]() mutable {
                 connection->run(then);
               });
  }

 private:
  std::shared_ptr<Connection> connection_;
};

Connection::Connection(Stream stream, std::string peer, Admission::Place place, Router& router,
                       std::shared_ptr<Connections> all)
    : stream_(std::move(stream)),
      timer_(stream_.get_executor()),
      // A request's header and a whole pipelined body fit; more is not read ahead.
      buffer_(limits::kHeaderBytes + limits::kTargetBytes + limits::kBodyBytes),
      router_(router),
      node_(router.parts().workspace.node()),
      all_(std::move(all)),
      peer_(std::move(peer)),
      place_(std::move(place)) {
  boost::system::error_code error;
  stream_.socket().set_option(asio::ip::tcp::no_delay(true), error);
  all_->add(this);
}

// What breaks here is the environment; the responder answers 503 when `then` goes.
void Connection::run(std::move_only_function<void()>& then) {
  const std::string id = request_id_;
  Observer& observer = router_.parts().observer;
  try {
    then();
  } catch (const std::exception& broken) {
    observer.failed(id, broken.what());
  }
}

Connection::~Connection() { all_->remove(this); }

const Patience& Connection::patience() const { return router_.parts().settings.patience; }

void Connection::close_soon() {
  closing_ = true;
  if (idle_ || take_body_) stream_.cancel();
}

// Beyond the end of the io_context it would hold this connection for ever.
void Connection::forget_body() { take_body_ = nullptr; }

std::unique_ptr<AnswerLine> Connection::answer_line() {
  return std::make_unique<Line>(shared_from_this());
}

void Connection::shake_hands() {
  stream_.expires_after(limits::kHandshakeWithin);
  stream_.async_shake_hands([self = shared_from_this()](const Ended& error) {
    if (!error) return self->wait_for_request();
    if (!self->stream_.channel()->met_plain_http()) return self->end();
    self->stream_.go_on_without_tls();
    asio::async_write(self->stream_, asio::buffer(kSpeakTls),
                      [self](const Ended& failed, std::size_t) { self->written(failed, true); });
  });
}

// Of large bodies only so many wait for the clients of one person.
Response Connection::within_share(Response response) {
  const std::size_t bytes = response.body == nullptr ? 0 : response.body->size();
  if (!response.user || bytes <= limits::kHeldCounted) return response;
  held_ = router_.held().hold(response.user, bytes);
  if (held_ != nullptr) return response;
  Response refused = problem_response(too_much_held());
  refused.route = response.route;
  refused.user = response.user;
  return refused;
}

void Connection::write(Response response) {
  if (ended_) return;
  response = within_share(std::move(response));
  const bool close = !pass_over_body() || response.close || !keep_alive_ || closing_;
  body_out_ = std::move(response.body);
  response.body = body_out_;
  head_out_ = response_head(response, {.request_id = request_id_,
                                       .now = router_.parts().clock.now().wall,
                                       .under_tls = under_tls_,
                                       .keep_alive = !close});
  const bool without_body = head_only_ || body_out_ == nullptr;
  const Answered record{
      .request_id = request_id_,
      .method = method_,
      .route = response.route,
      .path = path_,
      .remote = remote_,
      .user = response.user,
      .status = response.status,
      .problem = response.problem,
      .bytes = without_body ? 0 : body_out_->size(),
      .took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - began_)};
  router_.parts().observer.answered(record);
  const std::array<asio::const_buffer, 2> out = {
      asio::buffer(head_out_), without_body ? asio::const_buffer() : asio::buffer(*body_out_)};
  stream_.expires_after(patience().answer);
  asio::async_write(stream_, out,
                    [self = shared_from_this(), close](const Ended& error, std::size_t) {
                      self->written(error, close);
                    });
}

void Connection::written(const Ended& error, bool close) {
  body_out_.reset();
  held_.reset();
  if (error) return end();
  if (!close) return wait_for_request();
  stream_.finish();
  stream_.expires_after(limits::kLingerWithin);
  linger(0);
}

// What a client still sends is read and dropped for a moment: closing on unread bytes would reset
// the connection, and the answer would be lost with it.
void Connection::linger(std::size_t taken) {
  if (taken > limits::kLingerBytes) return end();
  buffer_.consume(buffer_.size());
  stream_.async_read_some(buffer_.prepare(16 * 1024), [self = shared_from_this(), taken](
                                                          const Ended& error, std::size_t bytes) {
    error ? self->end() : self->linger(taken + bytes);
  });
}

void Connection::end() {
  ended_ = true;
  stream_.close();
}

void Connection::answer_bare(int status) {
  keep_alive_ = false;
  write(Response{.status = status});
}

void Connection::answer_malformed(std::string_view detail) {
  keep_alive_ = false;
  write(problem_response(Refusal{.problem = Problem::kMalformed, .detail = std::string(detail)}));
}

void Connection::hand_over(LivePass pass, std::optional<Response> response,
                           std::string_view route) {
  const Answered record{
      .request_id = request_id_,
      .method = method_,
      .route = route,
      .path = path_,
      .remote = remote_,
      .user = pass.user,
      .status = response ? response->status : 200,
      .took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - began_)};
  router_.parts().observer.answered(record);
  if (!response) return release(std::move(pass));
  head_out_ = response_head(*response,
                            {.request_id = request_id_, .now = router_.parts().clock.now().wall});
  stream_.expires_after(patience().answer);
  asio::async_write(
      stream_, asio::buffer(head_out_),
      [self = shared_from_this(), pass = std::move(pass)](const Ended& error, std::size_t) mutable {
        error ? self->end() : self->release(std::move(pass));
      });
}

void Connection::release(LivePass pass) {
  const auto rest = buffer_.data();
  HandedOver over{.websocket = pass.websocket,
                  .deflate = pass.deflate,
                  .reader = pass.reader,
                  .actor = pass.actor,
                  .user = pass.user,
                  .opening = std::move(pass.opening),
                  .leftover = std::string(static_cast<const char*>(rest.data()), rest.size()),
                  .remote = remote_,
                  .place = both(std::move(place_), std::move(pass.place)),
                  .shared_with = std::move(pass.shared_with)};
  std::tie(over.socket, over.channel) = stream_.release();
  if (over.socket >= 0) router_.parts().live.receive(std::move(over));
}

}  // namespace pastille::http
