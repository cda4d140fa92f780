// DIR/control.sock of a running server: takes commands of the command line from the same user or
// root, one after the other, on a thread of its own. The directory must be held.
#pragma once

#include <filesystem>
#include <functional>
#include <thread>

#include "server/control_frames.h"

namespace pastille::server {

// Answers one command. May block and may throw; called on the control thread.
using ControlHandler = std::function<Texts(const Texts& request)>;

class ControlSocket {
 public:
  // Throws std::system_error when the socket cannot be made.
  ControlSocket(const std::filesystem::path& directory, ControlHandler handler);
  // Finishes the command in hand, and removes the socket.
  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

 private:
  void run();
  void serve(ControlConnection connection);

  std::filesystem::path path_;
  ControlHandler handler_;
  int listener_;
  int stop_;  // an eventfd
  std::thread thread_;
};

}  // namespace pastille::server
