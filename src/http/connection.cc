#include "http/connection.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/http/read.hpp>
#include <tuple>

#include "core/limits.h"
#include "core/outside_text.h"
#include "http/ascii.h"
#include "http/connections.h"
#include "http/forwarded.h"
#include "http/head.h"
#include "http/problem.h"
#include "http/request_id.h"
#include "http/strict_head.h"

namespace pastille::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
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
  if (idle_) stream_.cancel();
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

void Connection::wait_for_request() {
  if (closing_) return end();
  idle_ = true;
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(limits::kHeaderBytes + limits::kTargetBytes));
  // Its length is checked when the header is there, so that a refusal comes in its order.
  parser_->body_limit(boost::none);
  if (buffer_.size() > 0) return read_header();
  stream_.expires_after(patience().idle);
  stream_.async_read_some(buffer_.prepare(4096),
                          [self = shared_from_this()](const Ended& error, std::size_t bytes) {
                            if (error) return self->end();
                            self->buffer_.commit(bytes);
                            self->read_header();
                          });
}

void Connection::read_header() {
  idle_ = false;
  began_ = Steady::now();
  request_id_ = make_request_id();
  head_only_ = false;
  under_tls_ = stream_.channel() != nullptr;
  keep_alive_ = true;
  stream_.expires_after(patience().header);
  take_header(0);
}

// Reads on until the whole head is here, or more than any head may have. `searched` is how much of
// the buffer is known not to begin the empty line.
void Connection::take_header(std::size_t searched) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  const auto bytes = buffer_.data();
  const std::string_view seen(static_cast<const char*>(bytes.data()), bytes.size());
  const std::size_t end = seen.find(kEnd, searched);
  const bool whole = end != std::string_view::npos;
  if (!whole && seen.size() <= limits::kHeaderBytes + limits::kTargetBytes) {
    const std::size_t known = seen.size() < kEnd.size() ? 0 : seen.size() - kEnd.size() + 1;
    stream_.async_read_some(buffer_.prepare(4096), [self = shared_from_this(), known](
                                                       const Ended& error, std::size_t more) {
      if (error) return self->end();
      self->buffer_.commit(more);
      self->take_header(known);
    });
    return;
  }
  const std::string_view head = seen.substr(0, whole ? end + kEnd.size() : seen.size());
  if (whole) {
    if (const auto fault = fault_of_head(head)) return answer_malformed(*fault);
  }
  Ended error;
  buffer_.consume(parser_->put(asio::buffer(head), error));
  header_read(error);
}

void Connection::header_read(const Ended& error) {
  if (error == bhttp::error::header_limit) {
    // Without a target even the first line was too long.
    const bool target = parser_->get().target().empty();
    return target ? answer_bare(414) : answer_bare(431);
  }
  if (error) return answer_malformed("This is no HTTP/1.1 request: " + error.message() + ".");

  const auto& message = parser_->get();
  if (message.target().size() > limits::kTargetBytes) return answer_bare(414);
  if (const auto fault = fault_of_target(message.target())) return answer_malformed(*fault);
  // Kept from here: what Beast finds after the chunks of a body it puts among them.
  fields_.clear();
  std::size_t bytes = 0;
  for (const auto& field : message) {
    bytes += field.name_string().size() + field.value().size() + 4;
    // RFC 9110 7.8: not heard from HTTP/1.0, which knows no upgrade.
    if (message.version() < 11 && field.name() == bhttp::field::upgrade) continue;
    // Whatever keeps or shows one of them later has text.
    fields_.emplace_back(lower_ascii(field.name_string()), printable(field.value()));
  }
  if (bytes > limits::kHeaderBytes) return answer_bare(431);
  keep_alive_ = message.keep_alive();
  if (const auto fault = fault_of_fields(fields_, message.version() < 11)) {
    return answer_malformed(*fault);
  }
  const auto expect = message[bhttp::field::expect];
  if (!expect.empty() && !beast::iequals(expect, "100-continue")) return answer_bare(417);

  const std::size_t most = body_most();
  if (parser_->content_length().value_or(0) > most) return dispatch(true);
  parser_->body_limit(most);
  if (parser_->is_done()) return dispatch(false);
  if (expect.empty() || buffer_.size() > 0) return read_body();
  head_out_ = "HTTP/1.1 100 Continue\r\n\r\n";
  stream_.expires_after(patience().answer);
  asio::async_write(stream_, asio::buffer(head_out_),
                    [self = shared_from_this()](const Ended& failed, std::size_t) {
                      failed ? self->end() : self->read_body();
                    });
}

std::size_t Connection::body_most() const {
  const auto& message = parser_->get();
  const std::string_view target = message.target();
  return router_.body_most(parse_method(message.method_string()),
                           target.substr(0, target.find('?')));
}

void Connection::read_body() {
  stream_.expires_after(patience().body);
  bhttp::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](const Ended& error, std::size_t) { self->body_read(error); });
}

void Connection::body_read(const Ended& error) {
  if (!error) return dispatch(false);
  if (error == bhttp::error::body_limit) return dispatch(true);
  if (error.category() == bhttp::make_error_code(bhttp::error::bad_field).category() &&
      error != bhttp::error::partial_message && error != bhttp::error::end_of_stream) {
    return answer_malformed("The body is framed wrongly: " + error.message() + ".");
  }
  end();
}

void Connection::dispatch(bool too_large) {
  keep_alive_ = keep_alive_ && !too_large;
  Request request = take_request(too_large);
  if (router_.came_too_late(node_, request)) {
    // Sent, perhaps, while this process was stopped, and taken for dead.
    Response late = problem_response(
        Refusal{.problem = Problem::kUnavailable,
                .detail = "This server was cut off for a while, and nothing was changed. Look how "
                          "things are now, and try again.",
                .retry_after = std::chrono::seconds(1)});
    late.close = true;
    return write(std::move(late));
  }
  if (!router_.has_reached_position(request)) router_.look();
  reach_position(std::move(request), Steady::now() + limits::kPositionWait);
}

// Waits until this node has applied the position that the request names.
void Connection::reach_position(Request request, Steady::time_point give_up) {
  if (router_.has_reached_position(request)) {
    return router_.handle(std::move(request),
                          Responder(std::make_unique<Line>(shared_from_this())));
  }
  if (Steady::now() >= give_up) {
    return write(problem_response(
        Refusal{.problem = Problem::kUnavailable,
                .detail = "This node has not reached the position asked for; try again.",
                .retry_after = std::chrono::seconds(1)}));
  }
  timer_.expires_after(std::chrono::milliseconds(10));
  timer_.async_wait([self = shared_from_this(), request = std::move(request),
                     give_up](const Ended& error) mutable {
    if (!error) self->reach_position(std::move(request), give_up);
  });
}

Request Connection::take_request(bool too_large) {
  auto& message = parser_->get();
  Request request;
  request.target = message.target();
  request.path = request.target.substr(0, request.target.find('?'));
  request.method = parse_method(message.method_string());
  request.fields = std::move(fields_);
  request.too_large = too_large;
  if (!too_large) request.body = std::move(message.body());
  const auto& proxies = router_.parts().settings.trusted_proxies;
  remote_ = client_address(request, peer_, proxies);
  request.remote = remote_;
  under_tls_ = stream_.channel() != nullptr || came_under_tls(request, peer_, proxies);
  request.under_tls = under_tls_;
  if (const auto given = request.field("x-request-id"); given && is_sound_request_id(*given)) {
    request_id_ = *given;
  }
  request.id = request_id_;
  head_only_ = request.method == Method::kHead;
  method_ = message.method_string();
  path_ = request.path;
  return request;
}

void Connection::write(Response response) {
  const bool close = response.close || !keep_alive_ || closing_;
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
  if (error) return end();
  if (!close) return wait_for_request();
  stream_.finish();
  linger(0);
}

// What a client still sends is read and dropped for a moment: closing on unread bytes would reset
// the connection, and the answer would be lost with it.
void Connection::linger(std::size_t taken) {
  if (taken > limits::kLingerBytes) return end();
  buffer_.consume(buffer_.size());
  stream_.expires_after(std::chrono::seconds(2));
  stream_.async_read_some(buffer_.prepare(16 * 1024), [self = shared_from_this(), taken](
                                                          const Ended& error, std::size_t bytes) {
    error ? self->end() : self->linger(taken + bytes);
  });
}

void Connection::end() { stream_.close(); }

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
