// One non-blocking stream socket, with TLS or without: sends and receives at once what it can, and
// asks for readiness only when it cannot. Owns the descriptor. Works for TCP and for local sockets.
// One thread.
#pragma once

#include <sys/uio.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "tls/channel.h"

namespace pastille::push {

class Socket {
 public:
  // Without a channel: no TLS. `unacknowledged`: over after so long in which the other side has not
  // even confirmed what it was sent.
  Socket(boost::asio::io_context& io, int descriptor, std::unique_ptr<tls::Channel> channel,
         std::chrono::milliseconds unacknowledged);

  enum class State { kGood, kWait, kOver };  // kWait: until it is ready; kOver: closed or broken
  struct Moved {
    std::size_t bytes = 0;
    State state = State::kGood;
  };
  // Sends from the front; kGood: all of it went.
  Moved send(std::span<const iovec> parts);
  // kGood with at least one byte.
  Moved receive(std::span<char> room);
  // No more will be sent; the other side reads the end.
  void finish();
  // Closes at once; what waits is called off.
  void close();

  // then(): once, when there is something to read (or the end), or room to write. It may find that
  // there is nothing yet. Not called after close() or destruction, but for one case: of a channel
  // that holds bytes already it is posted, and may come after.
  template <class Then>
  void when_readable(Then then) {
    if (channel_ != nullptr && channel_->pending()) {
      boost::asio::post(descriptor_.get_executor(), std::move(then));
      return;
    }
    wait(read_waits_for_, std::move(then));
  }
  template <class Then>
  void when_writable(Then then) {
    wait(write_waits_for_, std::move(then));
  }

 private:
  using Descriptor = boost::asio::posix::stream_descriptor;

  Moved moved(const tls::Moved& moved, Descriptor::wait_type& waits_for);

  template <class Then>
  void wait(Descriptor::wait_type type, Then then) {
    descriptor_.async_wait(type, [then = std::move(then)](boost::system::error_code error) mutable {
      if (error != boost::asio::error::operation_aborted) then();
    });
  }

  Descriptor descriptor_;
  std::unique_ptr<tls::Channel> channel_;
  // TLS may have to write before it can read, and the other way round.
  Descriptor::wait_type read_waits_for_ = Descriptor::wait_read;
  Descriptor::wait_type write_waits_for_ = Descriptor::wait_write;
};

}  // namespace pastille::push
