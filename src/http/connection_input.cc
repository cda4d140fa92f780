// How a connection reads: a head, which is all that is needed to know who asks for what, and a body
// when it is asked for.
#include <boost/asio/write.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include "core/limits.h"
#include "core/outside_text.h"
#include "http/ascii.h"
#include "http/connection.h"
#include "http/forwarded.h"
#include "http/problem.h"
#include "http/request_id.h"
#include "http/strict_head.h"

namespace pastille::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using Steady = std::chrono::steady_clock;

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
  // Of this request, as long as nothing more is known of it: what it turns out to be is no request.
  method_.clear();
  path_.clear();
  remote_ = peer_;
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

  dispatch();
}

void Connection::dispatch() {
  stream_.expires_never();
  Request request = take_request();
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
    return router_.handle(std::move(request), Responder(answer_line()));
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

Request Connection::take_request() {
  auto& message = parser_->get();
  Request request;
  request.target = message.target();
  request.path = request.target.substr(0, request.target.find('?'));
  request.method = parse_method(message.method_string());
  request.fields = std::move(fields_);
  request.has_body = !parser_->is_done();
  if (const auto length = parser_->content_length()) request.body_length = *length;
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

void Connection::read_body(std::size_t most, TakeBody then) {
  take_body_ = std::move(then);
  parser_->eager(true);
  parser_->body_limit(most);
  const bool asks = !parser_->get()[bhttp::field::expect].empty() && buffer_.size() == 0;
  stream_.expires_after(patience().body);
  if (!asks) return receive_body();
  head_out_ = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(stream_, asio::buffer(head_out_),
                    [self = shared_from_this()](const Ended& failed, std::size_t) {
                      failed ? self->body_read(failed) : self->receive_body();
                    });
}

// What is here goes to the parser, and more is read until the body is whole.
void Connection::receive_body() {
  Ended error;
  if (buffer_.size() > 0) buffer_.consume(parser_->put(buffer_.data(), error));
  if (error == bhttp::error::need_more) error = {};
  const bool no_room = buffer_.max_size() - buffer_.size() < limits::kBodyReadAtOnce;
  if (!error && no_room) error = bhttp::error::buffer_overflow;
  if (error || parser_->is_done()) return body_read(error);
  stream_.async_read_some(buffer_.prepare(limits::kBodyReadAtOnce),
                          [self = shared_from_this()](const Ended& failed, std::size_t more) {
                            if (failed) return self->body_read(failed);
                            self->buffer_.commit(more);
                            self->receive_body();
                          });
}

void Connection::body_read(const Ended& error) {
  stream_.expires_never();
  TakeBody then = std::exchange(take_body_, nullptr);
  if (!error) return then(std::move(parser_->get().body()));
  keep_alive_ = false;
  if (error == bhttp::error::body_limit) {
    return then(refuse(Problem::kTooLarge, "The body is longer than this resource takes."));
  }
  if (error.category() == bhttp::make_error_code(bhttp::error::bad_field).category() &&
      error != bhttp::error::end_of_stream) {
    return then(
        refuse(Problem::kMalformed, "The body is framed wrongly: " + error.message() + "."));
  }
  end();
}

// A body that nobody asked for. A small one, which came along with its head, is passed over. False:
// it is still on its way, so that nothing that can be understood follows the answer.
bool Connection::pass_over_body() {
  if (!parser_ || !parser_->is_header_done()) return false;
  if (parser_->is_done()) return true;
  const auto left = parser_->content_length_remaining();
  if (!left || *left > buffer_.size()) return false;
  buffer_.consume(*left);
  return true;
}

}  // namespace pastille::http
