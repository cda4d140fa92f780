// One HTTP/1.1 connection: reads a request's head, has it answered, writes the answer, and again. A
// body is read when whoever answers asks for it, so that nobody's is read who may not send one
// (connection_input.cc reads, connection.cc answers). Lives on one I/O thread, where all its
// members are touched; what other threads do reaches it by posting. Owned by the operation that is
// pending on it. Beast parses, and writes nothing.
//
// Time: each wait for the client has its own limit (Patience); while a request is being answered no
// time runs.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/held_bytes.h"
#include "http/router.h"
#include "http/stream.h"

namespace pastille::http {

class Connections;

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Stream stream, std::string peer, Admission::Place place, Router& router,
             std::shared_ptr<Connections> all);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start() { stream_.channel() == nullptr ? wait_for_request() : shake_hands(); }
  // Ends at once when idle or while a body is on its way, else after the answer.
  void close_soon();
  // Nothing is read any more: the io_context has stopped.
  void forget_body();

 private:
  class Line;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using Ended = boost::system::error_code;

  const Patience& patience() const;
  void run(std::move_only_function<void()>& then);
  void shake_hands();
  void wait_for_request();
  void read_header();
  void take_header(std::size_t searched);
  void header_read(const Ended& error);
  void dispatch();
  void reach_position(Request request, std::chrono::steady_clock::time_point give_up);
  Request take_request();
  void read_body(std::size_t most, TakeBody then);
  void receive_body();
  void body_read(const Ended& error);
  bool pass_over_body();
  std::unique_ptr<AnswerLine> answer_line();
  Response within_share(Response response);
  void write(Response response);
  void written(const Ended& error, bool close);
  void answer_bare(int status);
  void answer_malformed(std::string_view detail);
  void hand_over(LivePass pass, std::optional<Response> response, std::string_view route);
  void release(LivePass pass);
  void linger(std::size_t taken);
  void end();

  Stream stream_;
  boost::asio::steady_timer timer_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  Router& router_;
  const NodeId node_;  // as which this process accepted it
  std::shared_ptr<Connections> all_;
  std::string peer_;
  Admission::Place place_;

  // Of the request in hand.
  std::string request_id_, method_, path_, remote_;
  std::vector<std::pair<std::string, std::string>> fields_;  // without trailers
  TakeBody take_body_;  // set while the body is being read; holds this connection
  bool head_only_ = false;
  bool under_tls_ = false;
  bool keep_alive_ = true;
  std::chrono::steady_clock::time_point began_;

  std::string head_out_;
  std::shared_ptr<const std::string> body_out_;
  HeldBytes::Place held_;
  bool idle_ = true;      // nothing of a request was read yet
  bool closing_ = false;  // no further request
  bool ended_ = false;    // closed: what is answered now reaches nobody
};

}  // namespace pastille::http
