// Listens and speaks HTTP/1.1: connections, keep-alive, timeouts, limits. Beast is in server.cc and
// connection.cc and nowhere else. One Server belongs to one io_context that one thread runs;
// several may listen on the same endpoint (SO_REUSEPORT) and share one Router.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "http/router.h"
#include "tls/certificate.h"

namespace boost::asio {
class io_context;
}

namespace pastille::http {

struct ListenAt {
  std::string address;     // "127.0.0.1", "::"
  std::uint16_t port = 0;  // 0: any free one
  // Another of this process listens there, and they share it. The first one refuses an address that
  // any other process has, also another Pastille.
  bool beside_another = false;
};

class Server {
 public:
  // Binds and listens; throws boost::system::system_error when the address cannot be had.
  // With a certificate, which must outlive it: over TLS only.
  Server(boost::asio::io_context& io, const ListenAt& where, Router& router,
         const tls::Certificate* certificate = nullptr);
  // The io_context must not be running any more.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  // These three may be called from any thread.
  void start();
  void stop_accepting();
  // Requests in hand are answered, with `Connection: close`; idle connections end at once.
  void close_all();

 private:
  class Listener;
  std::shared_ptr<Listener> listener_;
};

}  // namespace pastille::http
