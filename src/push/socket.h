// One non-blocking stream socket: sends and receives at once what it can, and asks for readiness
// only when it cannot. Owns the descriptor. Works for TCP and for local sockets. One thread.
#pragma once

#include <sys/uio.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstddef>
#include <span>
#include <utility>

namespace pastille::push {

class Socket {
 public:
  Socket(boost::asio::io_context& io, int descriptor);

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

  // then(): once, when there is something to read (or the end), or room to write. Not called after
  // close() or destruction.
  template <class Then>
  void when_readable(Then then) {
    wait(boost::asio::posix::stream_descriptor::wait_read, std::move(then));
  }
  template <class Then>
  void when_writable(Then then) {
    wait(boost::asio::posix::stream_descriptor::wait_write, std::move(then));
  }

 private:
  template <class Then>
  void wait(boost::asio::posix::stream_descriptor::wait_type type, Then then) {
    descriptor_.async_wait(type, [then = std::move(then)](boost::system::error_code error) mutable {
      if (error != boost::asio::error::operation_aborted) then();
    });
  }

  boost::asio::posix::stream_descriptor descriptor_;
};

}  // namespace pastille::push
