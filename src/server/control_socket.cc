#include "server/control_socket.h"

#include <sys/eventfd.h>
#include <sys/poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "server/control_address.h"

namespace pastille::server {
namespace {

// A command line that has connected sends its command at once.
constexpr std::chrono::seconds kPatience{2};
constexpr int kBacklog = 16;

int listen_at(const std::filesystem::path& directory) {
  const std::filesystem::path path = control_path(directory);
  const auto fail = [&] {
    throw std::system_error(errno, std::generic_category(), "cannot listen on " + path.string());
  };
  std::filesystem::remove(path);  // of a server that was killed: we hold the directory
  const ControlAddress address(directory);
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (!address.good() || listener < 0) fail();
  if (bind(listener, address.get(), ControlAddress::size()) != 0) fail();
  // Nobody can connect before listen().
  if (chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || listen(listener, kBacklog) != 0) fail();
  return listener;
}

}  // namespace

ControlSocket::ControlSocket(const std::filesystem::path& directory, ControlHandler handler)
    : path_(control_path(directory)),
      handler_(std::move(handler)),
      listener_(listen_at(directory)),
      stop_(eventfd(0, EFD_CLOEXEC)),
      thread_([this] { run(); }) {}

ControlSocket::~ControlSocket() {
  eventfd_write(stop_, 1);
  thread_.join();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  ::close(listener_);
  ::close(stop_);
}

void ControlSocket::run() {
  while (true) {
    std::array<pollfd, 2> waits{{{.fd = stop_, .events = POLLIN, .revents = 0},
                                 {.fd = listener_, .events = POLLIN, .revents = 0}}};
    if (poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) return;
    if (waits[0].revents != 0) return;
    if (waits[1].revents == 0) continue;
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) serve(ControlConnection(socket));
  }
}

void ControlSocket::serve(ControlConnection connection) {
  if (!connection.peer_is_trusted()) return;
  connection.wait_at_most(kPatience);
  const auto request = connection.receive();
  if (request) connection.send(handler_(*request));
}

}  // namespace pastille::server
