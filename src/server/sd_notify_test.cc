#include "server/sd_notify.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cstdlib>

#include <array>
#include <cstddef>
#include <cstring>
#include <string>

#include "sqlite/temporary_directory.h"

namespace pastille::server {
namespace {

// A service manager that waits for datagrams at a path, or at an abstract name ("@...").
class Supervisor {
 public:
  explicit Supervisor(const std::string& name) : socket_(socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name.front() == '@') address.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    bound_ = bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) == 0;
    setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  ~Supervisor() {
    unsetenv("NOTIFY_SOCKET");
    close(socket_);
  }
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  bool bound() const { return bound_; }
  std::string heard() const {
    std::array<char, 256> text{};
    const ssize_t size = recv(socket_, text.data(), text.size(), MSG_DONTWAIT);
    return size < 0 ? "" : std::string(text.data(), static_cast<std::size_t>(size));
  }

 private:
  int socket_;
  bool bound_;
};

TEST(SdNotify, SendsADatagramToAPath) {
  const TemporaryDirectory folder;
  const Supervisor supervisor(folder.path() / "notify");
  ASSERT_TRUE(supervisor.bound());
  sd_notify("READY=1\nSTATUS=on");
  EXPECT_EQ(supervisor.heard(), "READY=1\nSTATUS=on");
}

TEST(SdNotify, SendsItToAnAbstractNameToo) {
  const Supervisor supervisor("@pastille-test-" + std::to_string(getpid()));
  ASSERT_TRUE(supervisor.bound());
  sd_notify("STOPPING=1");
  EXPECT_EQ(supervisor.heard(), "STOPPING=1");
}

TEST(SdNotify, DoesNothingWhereNobodyListens) {
  unsetenv("NOTIFY_SOCKET");
  sd_notify("READY=1");
  for (const std::string& name : {std::string(), std::string("relative"),
                                  std::string("/nowhere/at/all"), "/" + std::string(200, 'x')}) {
    setenv("NOTIFY_SOCKET", name.c_str(), 1);
    sd_notify("READY=1");
  }
  unsetenv("NOTIFY_SOCKET");
}

}  // namespace
}  // namespace pastille::server
