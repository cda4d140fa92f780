#include "server/port_owner.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pastille::server {
namespace {

// A socket that listens on a free port of the loopback interface.
class Listening {
 public:
  Listening() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    EXPECT_EQ(::bind(socket_, any, length), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    EXPECT_EQ(::getsockname(socket_, any, &length), 0);
    port_ = ntohs(address.sin_port);
  }
  ~Listening() { stop(); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

  void stop() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

TEST(PortOwner, IsTheProcessThatListensThere) {
  Listening socket;
  const auto owner = owner_of_port(socket.port());
  ASSERT_TRUE(owner);
  EXPECT_EQ(owner->process, getpid());
  EXPECT_EQ(owner->program, "pastille_server");  // 15 characters at most
}

TEST(PortOwner, IsNobodyOnceItIsClosed) {
  Listening socket;
  socket.stop();
  EXPECT_FALSE(owner_of_port(socket.port()));
}

}  // namespace
}  // namespace pastille::server
