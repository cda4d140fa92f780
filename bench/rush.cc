#include "bench/rush.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

namespace pastille::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kComesBackAfter{1};
constexpr int kLookAtLeastEvery = 10;  // ms

std::string request_of(std::uint16_t port, const std::string& login, const std::string& password) {
  const std::string body = fmt::format(R"({{"login":"{}","password":"{}"}})", login, password);
  return fmt::format(
      "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n"
      "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
      port, body.size(), body);
}

// The length of the first whole answer in there; 0: more must come.
std::size_t whole_answer(std::string_view in) {
  constexpr std::string_view kField = "content-length: ";
  const std::size_t head = in.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  std::string fields(in.substr(0, head));
  for (char& each : fields) each = each >= 'A' && each <= 'Z' ? static_cast<char>(each + 32) : each;
  const std::size_t at = fields.find(kField);
  std::size_t length = 0;
  if (at != std::string::npos) {
    std::from_chars(fields.data() + at + kField.size(), fields.data() + fields.size(), length);
  }
  return in.size() >= head + 4 + length ? head + 4 + length : 0;
}

}  // namespace

Rush::Rush(std::uint16_t port, bool tls, const std::vector<std::string>& logins,
           const std::string& password)
    : context_(tls ? tls_context() : nullptr), visitors_(logins.size()) {
  for (std::size_t i = 0; i < logins.size(); ++i) {
    visitors_[i].request = request_of(port, logins[i], password);
    connect(visitors_[i], port);
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Rush::~Rush() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  for (Visitor& each : visitors_) {
    each.tls.reset();
    ::close(each.descriptor);
  }
}

// Blocks until it is there, the handshake included.
void Rush::connect(Visitor& visitor, std::uint16_t port) {
  visitor.descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(visitor.descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(visitor.descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    throw std::system_error(errno, std::generic_category(), "connect");
  }
  if (context_ != nullptr) {
    visitor.tls = tls_over(context_.get(), visitor.descriptor);
    while (shake_hands(*visitor.tls) != Shaken::kDone) {
    }
  }
  ::fcntl(visitor.descriptor, F_SETFL, O_NONBLOCK);
}

void Rush::run(const std::stop_token& stop) {
  std::vector<pollfd> polled(visitors_.size());
  while (!stop.stop_requested() && !broken_) {
    const auto now = Clock::now();
    for (std::size_t i = 0; i < visitors_.size(); ++i) {
      Visitor& each = visitors_[i];
      if (!each.waits && each.next <= now) ask(each);
      polled[i] = {.fd = each.descriptor, .events = POLLIN, .revents = 0};
    }
    if (::poll(polled.data(), polled.size(), kLookAtLeastEvery) <= 0) continue;
    for (std::size_t i = 0; i < visitors_.size(); ++i) {
      if (polled[i].revents != 0) read(visitors_[i]);
    }
  }
}

// A request is far shorter than any socket's buffer, and the answer before it has come.
void Rush::ask(Visitor& visitor) {
  const ssize_t sent = visitor.tls != nullptr ? send_over(*visitor.tls, visitor.request)
                                              : ::send(visitor.descriptor, visitor.request.data(),
                                                       visitor.request.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(visitor.request.size())) broken_ = true;
  visitor.waits = true;
}

void Rush::read(Visitor& visitor) {
  std::array<char, 4096> room{};
  while (true) {
    const ssize_t got = visitor.tls != nullptr
                            ? receive_over(*visitor.tls, room)
                            : ::recv(visitor.descriptor, room.data(), room.size(), 0);
    if (got < 0 && errno == EAGAIN) break;
    if (got <= 0) {
      broken_ = true;
      return;
    }
    visitor.in.append(room.data(), static_cast<std::size_t>(got));
  }
  const std::size_t size = whole_answer(visitor.in);
  if (size == 0) return;
  answered(visitor);
  visitor.in.erase(0, size);
}

void Rush::answered(Visitor& visitor) {
  const std::string_view answer = visitor.in;
  visitor.waits = false;
  visitor.next = Clock::now();
  if (answer.starts_with("HTTP/1.1 200")) {
    ++signed_in_;
  } else if (answer.starts_with("HTTP/1.1 503") || answer.starts_with("HTTP/1.1 429")) {
    ++turned_away_;
    visitor.next += kComesBackAfter;
  } else {
    ++otherwise_;
    visitor.next += kComesBackAfter;
  }
}

}  // namespace pastille::bench
