#include "bench/floor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "bench/server_process.h"

namespace pastille::bench {
namespace {

// In a child there is nobody to throw to.
void must(bool good) {
  if (!good) ::_exit(1);
}

sockaddr_in loopback(std::uint32_t host, std::uint16_t port) {
  sockaddr_in made{};
  made.sin_family = AF_INET;
  made.sin_port = htons(port);
  made.sin_addr.s_addr = htonl(host);
  return made;
}

void watch(int epoll, int descriptor, std::uint32_t events) {
  epoll_event event{.events = events, .data = {.fd = descriptor}};
  must(::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0);
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) continue;
    must(sent > 0);
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::vector<int> accept_all(int listener, std::size_t connections) {
  std::vector<int> sockets;
  while (sockets.size() < connections) {
    const int one = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
    must(one >= 0);
    const int on = 1;
    ::setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockets.push_back(one);
  }
  return sockets;
}

// A byte on `told`: broadcast. Its end: go.
[[noreturn]] void write_for_ever(int listener, int told, std::string_view frame,
                                 std::size_t connections) {
  const std::vector<int> sockets = accept_all(listener, connections);
  const int epoll = ::epoll_create1(0);
  watch(epoll, told, EPOLLIN);
  for (const int each : sockets) watch(epoll, each, EPOLLIN | EPOLLET);
  while (true) {
    epoll_event event{};
    if (::epoll_wait(epoll, &event, 1, -1) < 0) continue;
    if (event.data.fd != told) continue;
    char byte = 0;
    if (::read(told, &byte, 1) <= 0) ::_exit(0);
    for (const int each : sockets) write_all(each, frame);
  }
}

// A byte to `tell` once all are connected, and whenever all have had one more frame.
[[noreturn]] void read_for_ever(std::uint16_t port, int tell, std::size_t frame,
                                std::size_t connections) {
  const int epoll = ::epoll_create1(0);
  for (std::size_t i = 0; i < connections; ++i) {
    const int one = ::socket(AF_INET, SOCK_STREAM, 0);
    const auto host = static_cast<std::uint32_t>(0x7F006401U + i % 250 + (i / 250 % 20) * 256);
    const sockaddr_in from = loopback(host, 0);
    const sockaddr_in to = loopback(INADDR_LOOPBACK, port);
    must(::bind(one, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0);
    must(::connect(one, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
    watch(epoll, one, EPOLLIN);
  }
  std::uint64_t missing = 0;
  std::vector<char> room(64 * 1024);
  std::array<epoll_event, 512> events{};
  while (true) {
    if (missing == 0) {
      must(::write(tell, "r", 1) == 1);
      missing = frame * connections;
    }
    const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      const int from = events[static_cast<std::size_t>(i)].data.fd;
      const auto got = ::recv(from, room.data(), room.size(), MSG_DONTWAIT);
      if (got == 0) ::_exit(0);
      if (got > 0) missing -= static_cast<std::uint64_t>(got);
    }
  }
}

// In the child, with only these two files open besides the standard ones.
void enter_child(int core, int& first, int& second) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  pin_to(core);
  const int kept_first = ::fcntl(first, F_DUPFD, 3);
  const int kept_second = second < 0 ? -1 : ::fcntl(second, F_DUPFD, 3);
  first = ::dup2(kept_first, 60);
  second = kept_second < 0 ? -1 : ::dup2(kept_second, 61);
  ::close_range(3, 59, 0);
  ::close_range(62, ~0U, 0);
}

}  // namespace

Floor::Floor(const std::string& frame, std::size_t connections) {
  int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where = loopback(INADDR_LOOPBACK, 0);
  socklen_t size = sizeof where;
  int to_writer[2];
  int from_reader[2];
  if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&where), size) != 0 ||
      ::listen(listener, 4'096) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&where), &size) != 0 ||
      ::pipe(to_writer) != 0 || ::pipe(from_reader) != 0) {
    throw std::runtime_error("the floor cannot be set up");
  }
  writer_ = ::fork();
  if (writer_ == 0) {
    enter_child(kServerCore, listener, to_writer[0]);
    write_for_ever(listener, to_writer[0], frame, connections);
  }
  reader_ = ::fork();
  if (reader_ == 0) {
    int nothing = -1;
    enter_child(kLoadCore, from_reader[1], nothing);
    read_for_ever(ntohs(where.sin_port), from_reader[1], frame.size(), connections);
  }
  ::close(listener);
  ::close(to_writer[0]);
  ::close(from_reader[1]);
  tell_writer_ = to_writer[1];
  hear_reader_ = from_reader[0];
  char byte = 0;
  if (::read(hear_reader_, &byte, 1) != 1) throw std::runtime_error("the floor did not connect");
}

Floor::~Floor() {
  ::close(tell_writer_);
  ::close(hear_reader_);
  for (const pid_t each : {writer_, reader_}) {
    ::kill(each, SIGKILL);
    ::waitpid(each, nullptr, 0);
  }
}

void Floor::broadcast() {
  char byte = 'b';
  if (::write(tell_writer_, &byte, 1) != 1 || ::read(hear_reader_, &byte, 1) != 1) {
    throw std::runtime_error("the floor ended");
  }
}

Nanos Floor::cpu() const { return cpu_of(writer_); }

}  // namespace pastille::bench
