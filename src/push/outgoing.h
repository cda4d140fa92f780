// The sending side of one connection. Holds at most the unsent rest of one frame, which is shared
// when the frame is, and an outbox for what is the connection's own. What did not start to be sent
// is not held: whoever asks for it later gets the newest.
//
// Frames go out as WebSocket frames or as events, whichever the connection speaks. A frame of a
// kind that its reader may not get is dropped here, whoever gave it: this is the one way out. One
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/live_reader.h"
#include "push/figures.h"
#include "push/frame.h"
#include "push/socket.h"

namespace pastille::push {

// A frame put together from pieces that others share.
struct Gathered {
  FrameKind kind;
  std::string_view head;                     // JSON up to the first entry
  std::span<const std::string_view> pieces;  // each with a comma in front
  std::string_view piece_end;                // JSON that ends each of them
  std::string_view tail;                     // JSON after the last entry
  std::optional<std::uint64_t> seq;          // the position it gives
};

class Outgoing {
 public:
  Outgoing(Socket& socket, Figures& figures, bool websocket, LiveReader reader)
      : socket_(socket), figures_(figures), reader_(reader), websocket_(websocket) {}

  bool websocket() const { return websocket_; }
  // Whether a frame of this kind goes out at all.
  bool takes(FrameKind kind) const { return may_get(reader_, kind); }
  // The socket took everything: a frame may be begun.
  bool idle() const { return rest_ == nullptr && outbox_.empty(); }
  bool over() const { return over_; }
  std::size_t outbox_size() const { return outbox_.size() - outbox_sent_; }

  // Only when idle. `epoch`: of the position that an event gives as its id; "": it gives none.
  void send(const SharedFrame& frame, std::string_view epoch);
  void send(const Gathered& frame, std::string_view epoch);
  // One message in compressed pieces (deflate.h), of a WebSocket on which that was agreed.
  void send_deflated(FrameKind kind, std::string_view head, std::string_view rest);
  // At any time; goes to the outbox when the socket takes no more.
  void say(FrameKind kind, const std::string& json, std::optional<std::uint64_t> seq,
           std::string_view epoch);
  // What is no frame of ours: control frames, heads, comments.
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
  const LiveReader reader_;
  const bool websocket_;
  bool over_ = false;
};

}  // namespace pastille::push
