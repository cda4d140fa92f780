#include "server/sd_notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace pastille::server {

void sd_notify(std::string_view state) {
  const char* given = std::getenv("NOTIFY_SOCKET");
  const std::string_view path = given == nullptr ? "" : given;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const bool known = path.starts_with('/') || path.starts_with('@');
  if (!known || path.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, path.data(), path.size());
  if (path.front() == '@') address.sun_path[0] = '\0';  // of the abstract name space
  const int sender = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (sender < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  (void)sendto(sender, state.data(), state.size(), MSG_NOSIGNAL,
               reinterpret_cast<const sockaddr*>(&address), size);
  close(sender);
}

}  // namespace pastille::server
