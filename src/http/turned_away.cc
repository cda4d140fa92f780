#include "http/turned_away.h"

#include <boost/asio/write.hpp>

#include "core/limits.h"
#include "http/head.h"
#include "http/problem.h"

namespace pastille::http {

namespace asio = boost::asio;
using Ended = boost::system::error_code;

namespace {

Refusal reason(Admission::Full why, const Admission::Most& most) {
  if (why == Admission::Full::kAddress) {
    return {.problem = Problem::kTooMany,
            .detail = "Your address has " + std::to_string(most.per_address) +
                      " connections open here, as many as one may have. Close some.",
            .retry_after = std::chrono::seconds(30)};
  }
  return {.problem = Problem::kUnavailable,
          .detail = "The server has as many connections open as it takes. Try again soon.",
          .retry_after = std::chrono::seconds(5)};
}

}  // namespace

TurnedAway::TurnedAway(asio::ip::tcp::socket socket, Admission::Place place)
    : socket_(std::move(socket)), deadline_(socket_.get_executor()), place_(std::move(place)) {}

void TurnedAway::tell(Admission::Full why, const Admission::Most& most, Time now) {
  const Response response = problem_response(reason(why, most));
  out_ = response_head(response, {.now = now, .keep_alive = false}) + *response.body;
  deadline_.expires_after(limits::kTurnedAwayWithin);
  deadline_.async_wait([self = shared_from_this()](const Ended&) {
    Ended ignored;
    self->socket_.close(ignored);
  });
  asio::async_write(socket_, asio::buffer(out_),
                    [self = shared_from_this()](const Ended& error, std::size_t) {
                      Ended ignored;
                      self->socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
                      if (error) return;
                      self->drop_what_comes(0);
                    });
}

void TurnedAway::drop_what_comes(std::size_t taken) {
  socket_.async_read_some(asio::buffer(in_),
                          [self = shared_from_this(), taken](const Ended& error, std::size_t more) {
                            if (error || taken + more > limits::kLingerBytes) {
                              self->deadline_.cancel();
                              return;
                            }
                            self->drop_what_comes(taken + more);
                          });
}

}  // namespace pastille::http
