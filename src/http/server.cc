#include "http/server.h"

#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <system_error>
#include <vector>

#include "http/connection.h"
#include "http/connections.h"
#include "http/forwarded.h"
#include "http/turned_away.h"

namespace pastille::http {

namespace asio = boost::asio;
using asio::ip::tcp;

class Server::Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(asio::io_context& io, const ListenAt& where, Router& router,
           const tls::Certificate* certificate)
      : router_(router),
        certificate_(certificate),
        connections_(std::make_shared<Connections>(router.parts().observer)),
        acceptor_(io),
        pause_(io) {
    const tcp::endpoint endpoint(asio::ip::make_address(where.address), where.port);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    if (endpoint.protocol() == tcp::v6()) acceptor_.set_option(asio::ip::v6_only(false));
    if (where.beside_another) share();
    acceptor_.bind(endpoint);
    acceptor_.listen(asio::socket_base::max_listen_connections);
    // Nobody else had it, or listen() would have failed. From now on those beside it may come.
    if (!where.beside_another) share();
    port_ = acceptor_.local_endpoint().port();
  }

  std::uint16_t port() const { return port_; }

  template <class Act>
  void post(Act act) {
    asio::post(acceptor_.get_executor(), [self = shared_from_this(), act]() { act(*self); });
  }

  void accept() {
    acceptor_.async_accept(
        [self = shared_from_this()](const boost::system::error_code& error, tcp::socket socket) {
          self->accepted(error, std::move(socket));
        });
  }

  void stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
  }

  void forget_bodies() {
    const std::vector<Connection*> all(connections_->all().begin(), connections_->all().end());
    for (Connection* each : all) each->forget_body();
  }

  void close_all() {
    const std::vector<Connection*> all(connections_->all().begin(), connections_->all().end());
    for (Connection* each : all) each->close_soon();
  }

 private:
  void share() {
    const int on = 1;
    if (::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
      throw std::system_error(errno, std::generic_category(), "SO_REUSEPORT");
    }
  }

  void accepted(const boost::system::error_code& error, tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (error) return try_again_later(error);
    boost::system::error_code gone;
    const auto peer = socket.remote_endpoint(gone);
    if (!gone) admit(std::move(socket), address_text(peer.address()));
    accept();
  }

  void admit(tcp::socket socket, std::string peer) {
    auto place = router_.admission().enter(peer);
    if (!place) return turn_away(std::move(socket), peer, place.error());
    std::make_shared<Connection>(secured(std::move(socket)), std::move(peer), std::move(*place),
                                 router_, connections_)
        ->start();
  }

  Stream secured(tcp::socket socket) const {
    auto channel = certificate_ == nullptr ? nullptr : certificate_->open(socket.native_handle());
    return {std::move(socket), std::move(channel)};
  }

  // Out of file descriptors, mostly: the backlog holds what comes meanwhile.
  void try_again_later(const boost::system::error_code& why) {
    router_.parts().observer.turned_away("", "they wait: " + why.message());
    pause_.expires_after(std::chrono::milliseconds(100));
    pause_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error && self->acceptor_.is_open()) self->accept();
    });
  }

  // Over TLS nothing can be said before the handshake, which is what floods are made of.
  void turn_away(tcp::socket socket, std::string_view peer, Admission::Full why) {
    const bool address = why == Admission::Full::kAddress;
    router_.parts().observer.turned_away(
        peer, address ? "as many connections as one address may have" : "as many as there may be");
    if (certificate_ != nullptr) return;
    auto place = router_.admission().tell_why();
    if (place == nullptr) return;
    std::make_shared<TurnedAway>(std::move(socket), std::move(place))
        ->tell(why, router_.admission().most(), router_.parts().clock.now().wall);
  }

  Router& router_;
  const tls::Certificate* certificate_;
  std::shared_ptr<Connections> connections_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::uint16_t port_ = 0;
};

Server::Server(asio::io_context& io, const ListenAt& where, Router& router,
               const tls::Certificate* certificate)
    : listener_(std::make_shared<Listener>(io, where, router, certificate)) {}

Server::~Server() { listener_->forget_bodies(); }

std::uint16_t Server::port() const { return listener_->port(); }

void Server::start() {
  listener_->post([](Listener& listener) { listener.accept(); });
}

void Server::stop_accepting() {
  listener_->post([](Listener& listener) { listener.stop(); });
}

void Server::close_all() {
  listener_->post([](Listener& listener) { listener.close_all(); });
}

}  // namespace pastille::http
