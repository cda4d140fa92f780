#include "bench/fleet.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "bench/websocket_client.h"

namespace pastille::bench {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in address(std::uint32_t host, std::uint16_t port) {
  sockaddr_in made{};
  made.sin_family = AF_INET;
  made.sin_port = htons(port);
  made.sin_addr.s_addr = htonl(host);
  return made;
}

// 127.0.1.1 to 127.0.20.250.
std::uint32_t source_of(std::size_t index) {
  const auto each = static_cast<std::uint32_t>(index % 5'000);
  return 0x7F000000U | ((each / 250 + 1) << 8) | (each % 250 + 1);
}

}  // namespace

std::uint64_t number_in(std::string_view json, std::string_view name) {
  const std::string key = '"' + std::string(name) + "\":";
  const auto at = json.find(key);
  std::uint64_t number = 0;
  if (at != std::string_view::npos) {
    std::from_chars(json.data() + at + key.size(), json.data() + json.size(), number);
  }
  return number;
}

std::string text_in(std::string_view json, std::string_view name) {
  const std::string key = '"' + std::string(name) + "\":\"";
  const auto at = json.find(key);
  if (at == std::string_view::npos) return {};
  const auto from = at + key.size();
  return std::string(json.substr(from, json.find('"', from) - from));
}

std::size_t raise_descriptor_limit() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) fail("getrlimit");
  const rlimit wanted{.rlim_cur = 65'536, .rlim_max = std::max<rlim_t>(65'536, files.rlim_max)};
  if (::setrlimit(RLIMIT_NOFILE, &wanted) == 0) return wanted.rlim_cur;
  files.rlim_cur = files.rlim_max;  // more takes a privilege
  ::setrlimit(RLIMIT_NOFILE, &files);
  return files.rlim_cur;
}

Fleet::Fleet(std::uint16_t port, const std::vector<SignedIn>& people, bool tls)
    : port_(port),
      people_(people),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      tls_(tls ? tls_context() : nullptr),
      room_(256 * 1024) {
  if (epoll_ < 0) fail("epoll_create1");
}

Fleet::~Fleet() {
  for (Link& each : links_) {
    if (each.descriptor >= 0) ::close(each.descriptor);
  }
  ::close(epoll_);
}

std::size_t Fleet::dial(std::uint32_t person, std::string open, std::uint16_t port) {
  links_.push_back({.port = port, .person = person, .open = std::move(open)});
  waiting_.push_back(links_.size() - 1);
  return links_.size() - 1;
}

void Fleet::redial(std::size_t link, std::string open, std::uint16_t port) {
  hang_up(link);
  links_[link] = Link{.port = port, .person = links_[link].person, .open = std::move(open)};
  waiting_.push_back(link);
}

void Fleet::hang_up(std::size_t link) {
  Link& gone = links_[link];
  if (gone.descriptor < 0) return;
  close(link);
  --closed_;  // that counts those that others closed
}

void Fleet::close(std::size_t index) {
  Link& link = links_[index];
  if (link.phase == Link::Phase::kOpen) --open_;
  if (link.phase != Link::Phase::kOpen && link.phase != Link::Phase::kClosed) --dialling_;
  link.tls.reset();
  ::close(link.descriptor);
  link.descriptor = -1;
  link.phase = Link::Phase::kClosed;
  ++closed_;
}

void Fleet::watch(std::size_t index, std::uint32_t events, int how) {
  epoll_event event{.events = events, .data = {.u64 = index}};
  if (::epoll_ctl(epoll_, how, links_[index].descriptor, &event) != 0) fail("epoll_ctl");
}

void Fleet::connect(std::size_t index) {
  Link& link = links_[index];
  link.descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (link.descriptor < 0) fail("socket");
  const int on = 1;
  ::setsockopt(link.descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(link.descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  if (receive_buffer_ > 0) {
    ::setsockopt(link.descriptor, SOL_SOCKET, SO_RCVBUF, &receive_buffer_, sizeof receive_buffer_);
    // As on a line outside: the segments of loopback make room for a megabyte in the other's
    // buffer.
    const int segment = 1'448;
    ::setsockopt(link.descriptor, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
  }
  const sockaddr_in from = address(source_of(index), 0);
  const sockaddr_in to = address(INADDR_LOOPBACK, link.port);
  if (::bind(link.descriptor, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0) {
    fail("bind");
  }
  if (::connect(link.descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 &&
      errno != EINPROGRESS) {
    fail("connect");
  }
  link.phase = Link::Phase::kConnecting;
  ++dialling_;
  watch(index, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

void Fleet::shake(std::size_t index) {
  Link& link = links_[index];
  if (link.tls == nullptr) link.tls = tls_over(tls_.get(), link.descriptor);
  link.phase = Link::Phase::kShaking;
  switch (shake_hands(*link.tls)) {
    case Shaken::kWantRead:
      return watch(index, EPOLLIN, EPOLL_CTL_MOD);
    case Shaken::kWantWrite:
      return watch(index, EPOLLOUT, EPOLL_CTL_MOD);
    case Shaken::kDone:
      link.phase = Link::Phase::kUpgrading;
      watch(index, EPOLLIN, EPOLL_CTL_MOD);
      send(index, upgrade_request(people_[link.person].cookie, true));
  }
}

void Fleet::ready_to_write(std::size_t index) {
  Link& link = links_[index];
  if (link.phase == Link::Phase::kConnecting) {
    if (tls_ != nullptr) return shake(index);
    link.phase = Link::Phase::kUpgrading;
    link.out = upgrade_request(people_[link.person].cookie, false);
  }
  const std::string rest = std::exchange(link.out, {});
  send(index, rest);
  if (link.descriptor >= 0 && link.out.empty()) watch(index, EPOLLIN, EPOLL_CTL_MOD);
}

void Fleet::send(std::size_t index, std::string_view bytes) {
  Link& link = links_[index];
  if (!link.out.empty()) {
    link.out += bytes;
    return;
  }
  const auto sent = link.tls != nullptr
                        ? send_over(*link.tls, bytes)
                        : ::send(link.descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) return close(index);
  const auto taken = sent < 0 ? 0 : static_cast<std::size_t>(sent);
  if (taken == bytes.size()) return;
  link.out.assign(bytes.substr(taken));
  watch(index, link.deaf ? EPOLLOUT : EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
}

void Fleet::say(std::size_t link, std::string_view json) {
  if (links_[link].descriptor < 0) throw std::runtime_error("that connection is closed");
  send(link, masked_frame(FrameKind::kText, json));
}

void Fleet::deafen(std::size_t link, bool deaf) {
  links_[link].deaf = deaf;
  watch(link, deaf ? 0U : static_cast<std::uint32_t>(EPOLLIN), EPOLL_CTL_MOD);
}

void Fleet::read(std::size_t index, SteadyTime now) {
  Link& link = links_[index];
  const auto got = link.tls != nullptr ? receive_over(*link.tls, room_)
                                       : ::recv(link.descriptor, room_.data(), room_.size(), 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) return close(index);
  const std::string_view bytes(room_.data(), static_cast<std::size_t>(got));
  link.bytes += bytes.size();
  if (link.in.empty()) return take(index, bytes, now);
  link.in += bytes;
  const std::string all = std::exchange(link.in, {});
  take(index, all, now);
}

void Fleet::take(std::size_t index, std::string_view bytes, SteadyTime now) {
  Link& link = links_[index];
  if (link.phase == Link::Phase::kUpgrading) {
    const std::size_t head = upgraded(bytes);
    bytes.remove_prefix(head);
    if (head > 0) {
      link.phase = Link::Phase::kOpening;
      send(index, masked_frame(FrameKind::kText, link.open));
    }
  }
  while (link.descriptor >= 0 && link.phase >= Link::Phase::kOpening) {
    const auto frame = front_frame(bytes);
    if (!frame) break;
    bytes.remove_prefix(frame->size);
    if (frame->kind == FrameKind::kText) {
      if (frame->deflated) {
        hear(link, inflated(frame->payload), now);
      } else {
        hear(link, frame->payload, now);
      }
    } else if (frame->kind == FrameKind::kPing) {
      send(index, masked_frame(FrameKind::kPong, frame->payload));
    } else if (frame->kind == FrameKind::kClose) {
      return close(index);
    }
  }
  if (!bytes.empty()) link.in.assign(bytes);
}

void Fleet::hear(Link& link, std::string_view json, SteadyTime now) {
  ++link.frames;
  if (json.starts_with("{\"is\":\"changes\"")) ++link.changes;
  if (const auto seq = number_in(json.substr(0, 80), "seq")) link.seq = seq;
  if (json.starts_with("{\"is\":\"ready\"")) {
    link.phase = Link::Phase::kOpen;
    --dialling_;
    ++open_;
    epoch_ = text_in(json, "epoch");
    link.seq = number_in(json, "seq");
  } else if (json.starts_with("{\"is\":\"board\"") &&
             json.substr(0, 200).find("\"more\":false") != std::string_view::npos) {
    link.board = true;
  }
  if (on_frame_) on_frame_(link, json, now);
}

void Fleet::turn(SteadyTime until) {
  while (dialling_ < kDialling && !waiting_.empty()) {
    connect(waiting_.front());
    waiting_.pop_front();
  }
  std::array<epoll_event, 512> events;
  const auto left = std::max(Nanos(0), Nanos(until - std::chrono::steady_clock::now()));
  const timespec wait{.tv_sec = left.count() / 1'000'000'000,
                      .tv_nsec = left.count() % 1'000'000'000};
  const int count =
      ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &wait, nullptr);
  if (count < 0 && errno != EINTR) fail("epoll_pwait2");
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    const auto index = static_cast<std::size_t>(event.data.u64);
    Link& link = links_[index];
    if (link.descriptor < 0) continue;
    if (link.phase == Link::Phase::kShaking) {
      shake(index);
      continue;
    }
    if ((event.events & EPOLLOUT) != 0) ready_to_write(index);
    if (link.descriptor < 0 || (event.events & ~std::uint32_t{EPOLLOUT}) == 0) continue;
    do {  // what is decrypted already makes no event
      read(index, std::chrono::steady_clock::now());
    } while (link.tls != nullptr && ::SSL_pending(link.tls.get()) > 0);
  }
}

bool Fleet::turn_until(const std::function<bool()>& done, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!done()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    turn(deadline);
  }
  return true;
}

}  // namespace pastille::bench
