// One I/O thread: its io_context, an HTTP server that shares the port with the other threads, and a
// hub of live connections. What one request throws is answered with 5xx; what is thrown elsewhere
// on the thread ends the process (server/last_words.h).
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <thread>

#include "http/server.h"
#include "push/hub.h"

namespace pastille::server {

class IoThread {
 public:
  struct Parts {
    http::Router& router;
    Workspace& workspace;
    push::Fanout& fanout;
    const Clock& clock;
    push::Observer& observer;
    PersonShares& shares;
    push::Settings live;
    const tls::Certificate* certificate = nullptr;  // null: no TLS
  };
  // Binds; throws boost::system::system_error when the address cannot be had.
  IoThread(const Parts& parts, const http::ListenAt& where);
  ~IoThread();  // end() was called, or start() never was
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  std::uint16_t port() const { return server_.port(); }
  const push::Figures& live_figures() const { return figures_; }
  void start();

  // Any thread.
  void adopt(push::Adopted connection);
  void stop_accepting() { server_.stop_accepting(); }
  void close_live(std::uint16_t code, std::function<void()> done);
  void close_http() { server_.close_all(); }
  // Ends the hub on its thread, then the thread. Waits for it. Nothing when it never began or has
  // ended.
  void end();

 private:
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  http::Server server_;
  std::unique_ptr<push::Hub> hub_;  // of this thread once it runs
  const push::Figures& figures_;    // of the hub
  std::thread thread_;
};

}  // namespace pastille::server
