#include "tls/channel.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

namespace pastille::tls {
namespace {

constexpr std::size_t kRecord = SSL3_RT_MAX_PLAIN_LENGTH;  // RFC 8446, section 5.1: 2^14 bytes

// The next record, from what is left of the parts: always as much as there is, up to a whole one,
// so that a record that was begun and could not be sent begins the same when it is tried again.
class Records {
 public:
  explicit Records(std::span<const iovec> parts) : parts_(parts) { skip_empty(); }

  bool empty() const { return parts_.empty(); }

  // Points into the only part it comes from, or into `room`.
  std::span<const char> next(std::array<char, kRecord>& room) const {
    const std::span<const char> first = bytes_of(parts_.front()).subspan(taken_);
    if (first.size() >= kRecord) return first.first(kRecord);
    if (parts_.size() == 1) return first;
    std::size_t size = 0;
    std::size_t skip = taken_;
    for (const iovec& part : parts_) {
      const std::span<const char> bytes = bytes_of(part).subspan(skip);
      skip = 0;
      const std::size_t fits = std::min(bytes.size(), kRecord - size);
      if (fits > 0) std::memcpy(room.data() + size, bytes.data(), fits);
      size += fits;
      if (size == kRecord) break;
    }
    return std::span(room).first(size);
  }

  void take(std::size_t bytes) {
    while (bytes > 0) {
      const std::size_t here = std::min(bytes, parts_.front().iov_len - taken_);
      taken_ += here;
      bytes -= here;
      skip_empty();
    }
  }

 private:
  static std::span<const char> bytes_of(const iovec& part) {
    return {static_cast<const char*>(part.iov_base), part.iov_len};
  }
  void skip_empty() {
    while (!parts_.empty() && taken_ == parts_.front().iov_len) {
      parts_ = parts_.subspan(1);
      taken_ = 0;
    }
  }

  std::span<const iovec> parts_;
  std::size_t taken_ = 0;  // of the first part
};

}  // namespace

void Channel::Free::operator()(SSL* ssl) const { SSL_free(ssl); }

Channel::Channel(SSL_CTX* context, int descriptor) : ssl_(SSL_new(context)) {
  if (ssl_ == nullptr || SSL_set_fd(ssl_.get(), descriptor) != 1) throw std::bad_alloc();
  SSL_set_accept_state(ssl_.get());
}

Channel::~Channel() = default;

State Channel::state_of(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE:
      return State::kGood;
    case SSL_ERROR_WANT_READ:
      return State::kWantRead;
    case SSL_ERROR_WANT_WRITE:
      return State::kWantWrite;
    default:
      over_ = true;
      return State::kOver;
  }
}

State Channel::shake_hands() {
  if (over_) return State::kOver;
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1) return State::kGood;
  plain_http_ = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
  return state_of(result);
}

Moved Channel::read(std::span<char> room) {
  if (over_) return {0, State::kOver};
  ERR_clear_error();
  std::size_t bytes = 0;
  const int result = SSL_read_ex(ssl_.get(), room.data(), room.size(), &bytes);
  return {bytes, result == 1 ? State::kGood : state_of(result)};
}

bool Channel::pending() const { return !over_ && SSL_pending(ssl_.get()) > 0; }

Moved Channel::write(std::span<const iovec> parts) {
  if (over_) return {0, State::kOver};
  std::array<char, kRecord> room;
  Moved moved;
  for (Records left(parts); !left.empty();) {
    const std::span<const char> record = left.next(room);
    ERR_clear_error();
    std::size_t bytes = 0;
    const int result = SSL_write_ex(ssl_.get(), record.data(), record.size(), &bytes);
    if (result != 1) {
      moved.state = state_of(result);
      return moved;
    }
    moved.bytes += bytes;
    left.take(bytes);
  }
  return moved;
}

void Channel::finish() {
  if (over_ || SSL_in_init(ssl_.get()) == 1) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
}

}  // namespace pastille::tls
