#include "push/connection.h"

#include <algorithm>
#include <utility>

#include "app/sign_in.h"
#include "push/hub_state.h"
#include "push/sse.h"
#include "wire/live_frames.h"

namespace pastille::push {

Connection::Connection(HubState& hub, Slot slot, ConnectionId id, Adopted& adopted)
    : hub_(hub),
      id_(id),
      reader_(adopted.reader),
      user_(adopted.user),
      actor_(adopted.actor),
      slot_(slot),
      node_(hub.parts.workspace.node()),
      deflate_(adopted.deflate),
      socket_(hub.parts.io, adopted.socket, std::move(adopted.channel), hub.settings.silence()),
      out_(socket_, hub.figures, adopted.websocket, adopted.reader),
      parser_(limits::kFrameBytes, adopted.deflate) {
  ++hub_.figures.connections;
}

Connection::~Connection() {
  if (waits_to_write_) --hub_.figures.slow;
  --hub_.figures.connections;
}

SessionId Connection::session() const {
  const auto* session = std::get_if<SessionId>(&actor_);
  return session != nullptr ? *session : SessionId{};
}

TokenId Connection::token() const {
  const auto* token = std::get_if<TokenId>(&actor_);
  return token != nullptr ? *token : TokenId{};
}

void Connection::begin(Adopted adopted) {
  place_ = std::move(adopted.place);
  const Now now = hub_.time();
  heard_ = now.steady;
  hub_.wheel.set(*this, now.steady + limits::kOpenWithin);
  if (!out_.websocket()) {
    out_.say_bytes(sse_head(adopted.shared_with));
    hear_open(OpenFrame{std::move(adopted.opening), {}});
  } else if (reader_.kind() == LiveReader::Kind::kNobody) {
    say_goodbye(close_code::kSessionEnded, "session ended");
  }
  drive(adopted.leftover);
}

void Connection::readable() {
  waits_to_read_ = false;
  // What was read before is heard first: the rest waits in the socket.
  if (paused() && phase_ < Phase::kClosing) return drive();
  const Socket::Moved moved = socket_.receive(hub_.scratch);
  if (moved.state == Socket::State::kOver) {
    if (phase_ == Phase::kClosing) {
      over();
    } else {
      lost();
    }
    return;
  }
  // This process was stopped or cut off, and taken for dead: what was sent meanwhile is stale.
  if (hub_.parts.workspace.node() != node_) say_goodbye(close_code::kRestarting, "restarting");
  drive(std::span(hub_.scratch).first(moved.bytes));
}

void Connection::writable() {
  waits_to_write_ = false;
  --hub_.figures.slow;
  if (out_.flush() && !out_.websocket()) heard_ = hub_.time().steady;
  drive();
}

// Sends what is owed as far as the socket takes it, hears one frame after the other of what was
// read, now or before, and says what to wait for.
void Connection::drive(std::span<char> read) {
  if (!out_.websocket()) read = {};  // nothing is said on an event stream
  std::string kept = std::exchange(input_, {});
  if (!kept.empty()) {
    kept.append(read.data(), read.size());
    read = kept;
  }
  while (phase_ < Phase::kClosing) {
    while (phase_ == Phase::kOpen && out_.idle() && pay_one()) {
    }
    if (read.empty() || paused()) break;
    hear(parser_.next(read));
  }
  if (phase_ < Phase::kClosing && !read.empty()) input_.assign(read.data(), read.size());
  wait_for_socket();
}

void Connection::hear(const Incoming& incoming) {
  if (std::holds_alternative<NeedMore>(incoming)) return;
  ++hub_.figures.frames_received;
  heard_ = hub_.time().steady;
  if (const auto* broken = std::get_if<Broken>(&incoming)) {
    return say_goodbye(broken->code, broken->why);
  }
  if (const auto* asked = std::get_if<CloseAsked>(&incoming)) return say_goodbye(asked->code, "");
  if (!allowance_.take(heard_)) {
    return say_goodbye(close_code::kTooFast, "20 frames a second, 60 at once");
  }
  if (const auto* ping = std::get_if<Ping>(&incoming)) {
    out_.say_bytes(control_frame(Opcode::kPong, ping->payload));
  } else if (const auto* text = std::get_if<TextMessage>(&incoming)) {
    hear_frame(text->text);
  }
}

// Nothing more is read while an answer is under way that the next frame might depend on, or while
// the client does not take what it asked for.
bool Connection::paused() const {
  return phase_ == Phase::kArriving || job_ != nullptr || in_flight_ >= limits::kCommandsInFlight ||
         out_.outbox_size() > limits::kOutboxPauseBytes;
}

// Calls `what` when the socket is ready, unless the connection has gone by then.
auto Connection::later(void (Connection::*what)()) {
  return [weak = hub_.weak_from_this(), slot = slot_, id = id_, what] {
    const auto hub = weak.lock();
    if (hub == nullptr) return;
    if (Connection* self = hub->find(slot, id)) (self->*what)();
    hub->reap();
  };
}

void Connection::wait_for_socket() {
  if (phase_ == Phase::kOver) return;
  if (out_.over()) return lost();
  if (!out_.idle() && !waits_to_write_) {
    waits_to_write_ = true;
    ++hub_.figures.slow;
    socket_.when_writable(later(&Connection::writable));
  }
  if (phase_ == Phase::kClosing && out_.idle() && !finished_) {
    finished_ = true;
    socket_.finish();
  }
  if (!waits_to_read_ && (phase_ == Phase::kClosing || !paused())) {
    waits_to_read_ = true;
    socket_.when_readable(later(&Connection::readable));
  }
}

void Connection::close(std::uint16_t code, std::string_view why) {
  say_goodbye(code, why);
  drive();
}

void Connection::say_goodbye(std::uint16_t code, std::string_view why) {
  if (phase_ >= Phase::kClosing) return;
  part();
  phase_ = Phase::kClosing;
  hub_.parts.observer.ended({.connection = id_, .user = user_, .code = code, .why = why});
  out_.say_bytes(out_.websocket() ? close_frame(code, why) : sse_closed(code));
  hub_.wheel.set(*this, hub_.time().steady + limits::kCloseWithin);
}

void Connection::lost() {
  if (phase_ < Phase::kClosing) {
    part();
    hub_.parts.observer.ended(
        {.connection = id_, .user = user_, .code = close_code::kLost, .why = "lost"});
  }
  over();
}

void Connection::over() {
  if (phase_ == Phase::kOver) return;
  phase_ = Phase::kOver;
  drop();
  socket_.close();
  hub_.doom(slot_);
}

// Leaves every list, and the board when it was there.
void Connection::part() {
  if (present_) {
    present_ = false;
    --hub_.figures.present;
    hub_.depart(user_, id_);
  }
  hub_.leave_person(user_, slot_);
  hub_.followers.drop_all(set_, [this](Slot slot) -> FollowSet& { return hub_.set_of(slot); });
  if (all_) std::erase(hub_.everyone, slot_);
  if (counts_) std::erase(hub_.counting, slot_);
  std::erase(hub_.waiting, slot_);
  all_ = counts_ = false;
  owed_ = 0;
  job_ = nullptr;
  opening_ = nullptr;
  input_ = std::string();
}

void Connection::fire(Now now) {
  switch (phase_) {
    case Phase::kOpening:
      return close(close_code::kSilent, "no open within 10 s");
    case Phase::kClosing:
    case Phase::kOver:
      return over();
    case Phase::kArriving:
    case Phase::kOpen:
      break;
  }
  if (!out_.websocket() && out_.idle()) heard_ = now.steady;
  if (now.steady - heard_ >= hub_.settings.silence()) {
    if (!out_.websocket()) return lost();
    return close(close_code::kSilent, "silent");
  }
  if (phase_ == Phase::kOpen && now.steady >= ping_due_) beat(now);
  arm(now);
  drive();
}

void Connection::beat(Now now) {
  ping_due_ = now.steady + hub_.heartbeat_with_jitter();
  out_.say_bytes(out_.websocket() ? control_frame(Opcode::kPing, "") : std::string(kSseHeartbeat));
  if (out_.idle()) say(FrameKind::kAt, at_frame(position(), now.wall), position());
  note_in_use(now);
}

// Who has the Banner open all day does not sign in again at noon.
void Connection::note_in_use(Now now) {
  Workspace& workspace = hub_.parts.workspace;
  const auto snapshot = workspace.snapshot();
  const Session* session = snapshot->session(this->session());
  if (session == nullptr ||
      !TouchSession::due_while_live(*session, workspace.settings(), now.wall)) {
    return;
  }
  workspace.submit(actor_, TouchSession{}, [](const Result<bool>&) {});
}

void Connection::arm(Now now) {
  if (ping_due_ <= now.steady) ping_due_ = now.steady + hub_.heartbeat_with_jitter();
  hub_.wheel.set(*this, std::min<Instant>(ping_due_, heard_ + hub_.settings.silence()));
}

}  // namespace pastille::push
