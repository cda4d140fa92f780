#include "server/port_owner.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace pastille::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kListening = "0A";  // TCP_LISTEN, as /proc/net/tcp writes it

// The inodes of the sockets that listen on `port`. A line of proc(5), net/tcp:
//   sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode ...
void listening_sockets(const char* table, std::uint16_t port, std::set<std::string>& inodes) {
  std::ifstream lines(table);
  std::string line;
  std::getline(lines, line);  // the names of the columns
  while (std::getline(lines, line)) {
    std::istringstream columns(line);
    std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    columns >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >>
        timeout >> inode;
    const std::size_t colon = local.rfind(':');
    if (colon == std::string::npos || state != kListening) continue;
    unsigned value = 0;
    std::from_chars(local.data() + colon + 1, local.data() + local.size(), value, 16);
    if (value == port) inodes.insert("socket:[" + inode + "]");
  }
}

bool holds_one_of(const fs::path& process, const std::set<std::string>& inodes) {
  std::error_code error;
  for (fs::directory_iterator each(process / "fd", error), end; !error && each != end;
       each.increment(error)) {
    std::error_code gone;
    if (inodes.contains(fs::read_symlink(each->path(), gone).string())) return true;
  }
  return false;
}

}  // namespace

std::optional<PortOwner> owner_of_port(std::uint16_t port) {
  std::set<std::string> inodes;
  listening_sockets("/proc/net/tcp", port, inodes);
  listening_sockets("/proc/net/tcp6", port, inodes);
  if (inodes.empty()) return {};
  std::error_code error;
  for (fs::directory_iterator each("/proc", error), end; !error && each != end;
       each.increment(error)) {
    const std::string name = each->path().filename();
    PortOwner owner;
    const auto [rest, wrong] =
        std::from_chars(name.data(), name.data() + name.size(), owner.process);
    if (wrong != std::errc() || *rest != '\0' || !holds_one_of(each->path(), inodes)) continue;
    std::getline(std::ifstream(each->path() / "comm"), owner.program);
    std::erase_if(owner.program,
                  [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
    return owner;
  }
  return {};
}

}  // namespace pastille::server
