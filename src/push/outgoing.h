// The sending side of one connection. Holds at most the unsent rest of one frame, which is shared
// when the frame is, and an outbox for what is the connection's own. What did not start to be sent
// is not held: whoever asks for it later gets the newest.
//
// Frames go out as WebSocket frames or as events, whichever the connection speaks. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "push/figures.h"
#include "push/frame.h"
#include "push/socket.h"

namespace pastille::push {

// A frame put together from pieces that others share.
struct Gathered {
  std::string_view is;
  std::string_view head;                     // JSON up to the first entry
  std::span<const std::string_view> pieces;  // each with a comma in front
  std::string_view tail;                     // JSON after the last entry
  std::optional<std::uint64_t> seq;          // the position it gives
};

class Outgoing {
 public:
  Outgoing(Socket& socket, Figures& figures, bool websocket)
      : socket_(socket), figures_(figures), websocket_(websocket) {}

  bool websocket() const { return websocket_; }
  // The socket took everything: a frame may be begun.
  bool idle() const { return rest_ == nullptr && outbox_.empty(); }
  bool over() const { return over_; }
  std::size_t outbox_size() const { return outbox_.size() - outbox_sent_; }

  // Only when idle. `epoch`: of the positions in events.
  void send(const SharedFrame& frame, std::string_view epoch);
  void send(const Gathered& frame, std::string_view epoch);
  // One message in compressed pieces (deflate.h), of a WebSocket on which that was agreed.
  void send_deflated(std::string_view head, std::string_view rest);
  // At any time; goes to the outbox when the socket takes no more.
  void say(std::string_view is, const std::string& json, std::optional<std::uint64_t> seq,
           std::string_view epoch);
  void say_bytes(std::string_view bytes);

  // The socket takes data again. True: something went.
  bool flush();

 private:
  // Sends the parts; what is left is kept: of `owner`, whose bytes are the only part, or as a copy.
  void write(std::span<const iovec> parts, const SharedFrame* owner);
  std::size_t try_send(std::span<const iovec> parts);

  Socket& socket_;
  Figures& figures_;
  std::shared_ptr<const std::string> rest_;
  std::size_t rest_sent_ = 0;
  std::string outbox_;
  std::size_t outbox_sent_ = 0;
  bool websocket_;
  bool over_ = false;
};

}  // namespace pastille::push
