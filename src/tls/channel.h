// The server's side of TLS on one non-blocking socket: OpenSSL reads and writes the descriptor
// itself, and keeps no buffers while nothing is under way (about 14 KB a connection; a stream with
// buffers of its own takes five times that). Does not own the descriptor: call nothing here after
// it was closed. One thread at a time.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace pastille::tls {

// What an attempt waits for: kGood: nothing, it is done.
enum class State : std::uint8_t { kGood, kWantRead, kWantWrite, kOver };  // kOver: ended or broken

struct Moved {
  std::size_t bytes = 0;
  State state = State::kGood;
};

class Channel {
 public:
  // `context` is shared, not owned. Throws std::bad_alloc.
  Channel(SSL_CTX* context, int descriptor);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Before anything else, until kGood or kOver.
  State shake_hands();
  // Whether the handshake failed because the client speaks HTTP without TLS.
  bool met_plain_http() const { return plain_http_; }

  // kGood with at least one byte. What is read may be waiting here although the socket has nothing
  // more: see pending().
  Moved read(std::span<char> room);
  bool pending() const;
  // Writes from the front; kGood: all of it went. After less, call again with what is left; it may
  // have become longer, and lie elsewhere, but must begin with the same bytes.
  Moved write(std::span<const iovec> parts);
  // Says that no more will be written (close_notify), if the socket takes it.
  void finish();

 private:
  struct Free {
    void operator()(SSL* ssl) const;
  };
  State state_of(int result);

  std::unique_ptr<SSL, Free> ssl_;
  bool plain_http_ = false;
  bool over_ = false;
};

}  // namespace pastille::tls
