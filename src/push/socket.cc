#include "push/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

namespace pastille::push {

Socket::Socket(boost::asio::io_context& io, int descriptor, std::unique_ptr<tls::Channel> channel,
               std::chrono::milliseconds unacknowledged)
    : descriptor_(io, descriptor), channel_(std::move(channel)) {
  boost::system::error_code ignored;
  descriptor_.native_non_blocking(true, ignored);
  // Frames are whole when they are sent: waiting to fill a segment only costs time. A local socket
  // has no such options.
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // A heartbeat that nobody answers is in the send buffer and looks as if it had arrived; without
  // this the system goes on trying for a quarter of an hour.
  const auto most = static_cast<unsigned>(unacknowledged.count());
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &most, sizeof most);
}

Socket::Moved Socket::moved(const tls::Moved& moved, Descriptor::wait_type& waits_for) {
  switch (moved.state) {
    case tls::State::kGood:
      return {moved.bytes, State::kGood};
    case tls::State::kWantRead:
      waits_for = Descriptor::wait_read;
      return {moved.bytes, State::kWait};
    case tls::State::kWantWrite:
      waits_for = Descriptor::wait_write;
      return {moved.bytes, State::kWait};
    case tls::State::kOver:
      break;
  }
  return {moved.bytes, State::kOver};
}

Socket::Moved Socket::send(std::span<const iovec> parts) {
  if (channel_ != nullptr) return moved(channel_->write(parts), write_waits_for_);
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(parts.data());  // sendmsg only reads it
  message.msg_iovlen = parts.size();
  std::size_t wanted = 0;
  for (const iovec& part : parts) wanted += part.iov_len;
  while (true) {
    // A shared frame is one part, and send() has less to look at.
    const ssize_t sent =
        parts.size() == 1
            ? ::send(descriptor_.native_handle(), parts[0].iov_base, wanted, MSG_NOSIGNAL)
            : ::sendmsg(descriptor_.native_handle(), &message, MSG_NOSIGNAL);
    if (sent >= 0) {
      const auto bytes = static_cast<std::size_t>(sent);
      return {bytes, bytes == wanted ? State::kGood : State::kWait};
    }
    if (errno == EINTR) continue;
    return {0, errno == EAGAIN || errno == ENOBUFS ? State::kWait : State::kOver};
  }
}

Socket::Moved Socket::receive(std::span<char> room) {
  if (channel_ != nullptr) return moved(channel_->read(room), read_waits_for_);
  while (true) {
    const ssize_t got = ::recv(descriptor_.native_handle(), room.data(), room.size(), 0);
    if (got > 0) return {static_cast<std::size_t>(got), State::kGood};
    if (got == 0) return {0, State::kOver};
    if (errno == EINTR) continue;
    return {0, errno == EAGAIN ? State::kWait : State::kOver};
  }
}

void Socket::finish() {
  if (channel_ != nullptr) channel_->finish();
  ::shutdown(descriptor_.native_handle(), SHUT_WR);
}

void Socket::close() {
  boost::system::error_code ignored;
  channel_ = nullptr;  // its descriptor may be another's from here on
  descriptor_.close(ignored);
}

}  // namespace pastille::push
