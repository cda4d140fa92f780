// Which process listens on a TCP port of this machine, for the sentence that refuses an address in
// use. Read from /proc, as ss does: other people's processes can be seen by root only.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace pastille::server {

struct PortOwner {
  pid_t process = 0;
  std::string program;  // its short name, as in /proc/PID/comm
};

// Nothing: nobody listens there, or it cannot be seen who. Looks at every process: not for a busy
// thread.
std::optional<PortOwner> owner_of_port(std::uint16_t port);

}  // namespace pastille::server
