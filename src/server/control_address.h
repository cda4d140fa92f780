// The address of DIR/control.sock. Such addresses hold 107 bytes; a longer path is reached through
// the directory, which stays open as long as this lives.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <string>

namespace pastille::server {

inline std::filesystem::path control_path(const std::filesystem::path& directory) {
  return directory / "control.sock";
}

class ControlAddress {
 public:
  explicit ControlAddress(const std::filesystem::path& directory)
      : directory_(open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    address_.sun_family = AF_UNIX;
    std::string path = control_path(directory).string();
    if (path.size() >= sizeof address_.sun_path) {
      path = "/proc/self/fd/" + std::to_string(directory_) + "/control.sock";
    }
    std::memcpy(address_.sun_path, path.c_str(), path.size() + 1);
  }
  ~ControlAddress() {
    if (directory_ >= 0) close(directory_);
  }
  ControlAddress(const ControlAddress&) = delete;
  ControlAddress& operator=(const ControlAddress&) = delete;

  bool good() const { return directory_ >= 0; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }
  static socklen_t size() { return sizeof(sockaddr_un); }

 private:
  int directory_;
  sockaddr_un address_{};
};

}  // namespace pastille::server
