#include "server/io_thread.h"

#include <unistd.h>

#include <boost/asio/post.hpp>

#include "server/last_words.h"

namespace pastille::server {

IoThread::IoThread(const Parts& parts, const http::ListenAt& where)
    : work_(io_.get_executor()),
      server_(io_, where, parts.router, parts.certificate),
      hub_(std::make_unique<push::Hub>(push::HubParts{.io = io_,
                                                      .workspace = parts.workspace,
                                                      .fanout = parts.fanout,
                                                      .clock = parts.clock,
                                                      .observer = parts.observer,
                                                      .shares = parts.shares},
                                       parts.live)),
      figures_(hub_->figures()) {}

IoThread::~IoThread() = default;

void IoThread::start() {
  const ThreadName name("io");
  thread_ = std::thread([this] { io_.run(); });
  server_.start();
}

void IoThread::adopt(push::Adopted connection) {
  boost::asio::post(io_, [this, connection = std::move(connection)]() mutable {
    if (hub_ != nullptr) {
      hub_->adopt(std::move(connection));
    } else {
      ::close(connection.socket);
    }
  });
}

void IoThread::close_live(std::uint16_t code, std::function<void()> done) {
  boost::asio::post(io_, [this, code, done = std::move(done)] { hub_->close_all(code, done); });
}

void IoThread::end() {
  if (!thread_.joinable()) return;
  boost::asio::post(io_, [this] {
    hub_.reset();
    io_.stop();
  });
  thread_.join();
}

}  // namespace pastille::server
