// The socket of an HTTP connection, with TLS or without, and a deadline: reads and writes as Asio
// and Beast ask for it (AsyncReadStream, AsyncWriteStream; handlers only, no other tokens). When
// the deadline passes the socket is closed, and what was pending ends with an error. One thread;
// lives until what is pending on it has ended.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "tls/channel.h"

namespace pastille::http {

class Stream {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using executor_type = Socket::executor_type;
  using Error = boost::system::error_code;

  // Without a channel: no TLS.
  Stream(Socket socket, std::unique_ptr<tls::Channel> channel)
      : lower_(std::make_shared<Lower>(std::move(socket))), channel_(std::move(channel)) {
    Error ignored;
    lower_->socket.non_blocking(true, ignored);
  }

  executor_type get_executor() { return lower_->socket.get_executor(); }
  Socket& socket() { return lower_->socket; }
  tls::Channel* channel() { return channel_.get(); }

  // After a handshake that met a client without.
  void go_on_without_tls() { channel_.reset(); }

  void expires_after(std::chrono::steady_clock::duration span) {
    lower_->deadline.expires_after(span);
    // A wait that had ended before it was called off finds a later deadline, or nothing.
    lower_->deadline.async_wait([weak = std::weak_ptr(lower_)](const Error& error) {
      const auto lower = weak.lock();
      if (error || lower == nullptr) return;
      if (lower->deadline.expiry() <= std::chrono::steady_clock::now()) lower->close();
    });
  }
  void expires_never() {
    lower_->deadline.expires_at(std::chrono::steady_clock::time_point::max());
  }
  void cancel() {
    Error ignored;
    lower_->socket.cancel(ignored);
  }
  // No more will be written; what still comes can be read.
  void finish() {
    Error ignored;
    if (channel_ != nullptr && lower_->socket.is_open()) channel_->finish();
    lower_->socket.shutdown(Socket::shutdown_send, ignored);
  }
  void close() { lower_->close(); }

  // Gives the socket and its channel away; -1 when it is closed.
  std::pair<int, std::unique_ptr<tls::Channel>> release() {
    expires_never();
    Error error;
    const int descriptor = lower_->socket.release(error);
    return {error ? -1 : descriptor, std::move(channel_)};
  }

  // handler(Error)
  template <class Handler>
  void async_shake_hands(Handler handler) {
    attempt([this] { return tls::Moved{0, channel_->shake_hands()}; },
            [handler = std::move(handler)](const Error& error, std::size_t) mutable {
              handler(error);
            });
  }

  // handler(Error, std::size_t bytes)
  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (channel_ == nullptr) {
      lower_->socket.async_read_some(buffers, std::forward<Handler>(handler));
      return;
    }
    boost::asio::mutable_buffer room;
    for (auto each = boost::asio::buffer_sequence_begin(buffers);
         each != boost::asio::buffer_sequence_end(buffers) && room.size() == 0; ++each) {
      room = *each;
    }
    attempt([this, room] { return channel_->read({static_cast<char*>(room.data()), room.size()}); },
            std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (channel_ == nullptr) {
      lower_->socket.async_write_some(buffers, std::forward<Handler>(handler));
      return;
    }
    std::array<iovec, 8> parts{};
    std::size_t count = 0;
    for (auto each = boost::asio::buffer_sequence_begin(buffers);
         each != boost::asio::buffer_sequence_end(buffers) && count < parts.size(); ++each) {
      const boost::asio::const_buffer part = *each;
      parts[count++] = {const_cast<void*>(part.data()), part.size()};  // writing only reads it
    }
    attempt([this, parts, count] { return channel_->write(std::span(parts).first(count)); },
            std::forward<Handler>(handler));
  }

 private:
  struct Lower {
    explicit Lower(Socket given) : socket(std::move(given)), deadline(socket.get_executor()) {}
    void close() {
      Error ignored;
      socket.close(ignored);
    }
    Socket socket;
    boost::asio::steady_timer deadline;
  };

  // Tries, waits for what the attempt waits for, and tries again; ends with the first that moved
  // something.
  template <class Attempt>
  struct Trial {
    Stream& stream;
    Attempt tried;
    tls::Moved moved{};
    bool first = true;
    bool done = false;

    template <class Self>
    void operator()(Self& self, Error error = {}) {
      Stream& on = stream;
      if (!done) {
        // A closed socket's number may be somebody else's by now.
        if (!error && !on.socket().is_open()) error = boost::asio::error::operation_aborted;
        if (error) {
          moved = {0, tls::State::kOver};
        } else {
          moved = tried();
        }
        if (moved.bytes == 0 && moved.state == tls::State::kWantRead) {
          first = false;
          return on.socket().async_wait(Socket::wait_read, std::move(self));
        }
        if (moved.bytes == 0 && moved.state == tls::State::kWantWrite) {
          first = false;
          return on.socket().async_wait(Socket::wait_write, std::move(self));
        }
        if (std::exchange(first, false)) {  // never from within the function that began it
          done = true;
          return boost::asio::post(on.get_executor(), std::move(self));
        }
      }
      const bool over = moved.bytes == 0 && moved.state == tls::State::kOver;
      self.complete(over ? Error(boost::asio::error::eof) : Error(), moved.bytes);
    }
  };

  template <class Attempt, class Handler>
  void attempt(Attempt tried, Handler&& handler) {
    boost::asio::async_compose<std::decay_t<Handler>, void(Error, std::size_t)>(
        Trial<Attempt>{*this, std::move(tried)}, handler, lower_->socket);
  }

  std::shared_ptr<Lower> lower_;
  std::unique_ptr<tls::Channel> channel_;
};

}  // namespace pastille::http
