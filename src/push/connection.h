// One live connection, from its first frame to its last: reads what the client says, and sees to it
// that the client has the newest of what it follows. There is no queue: when the socket takes
// nothing more, the connection only remembers what it owes (a cursor and a few marks), and pays
// with the newest state when the socket takes data again.
//
// What happens to it is noted by handlers, which return; then drive() goes on with everything: it
// is the last thing that each call from outside does, and nothing in it calls it again.
//
// Ownership: lies in a slot of its hub and is destroyed by it, never by itself: it asks for that
// with doom(). One thread. What it sends in which order is in api/asyncapi.yaml, what to whom in
// frame_kind.h.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/own_status.h"
#include "push/adopted.h"
#include "push/allowance.h"
#include "push/followers.h"
#include "push/frame.h"
#include "push/outgoing.h"
#include "push/snapshots.h"
#include "push/socket.h"
#include "push/timer_wheel.h"
#include "push/websocket_codec.h"
#include "wire/live_commands.h"

namespace pastille::push {

struct HubState;

// What a connection has not sent because its socket took nothing.
enum class Owed : std::uint16_t {
  kNothing = 0,
  kChanges = 1,  // since the cursor
  kCounts = 2,
  kCatalogue = 4,
  kPeople = 8,
  kSelf = 16,
  kConversations = 32,
  kStaleness = 64,  // stale or fresh, whichever it is now
  kRoles = 128,     // config
  kTeams = 256,
  kUsers = 512,
  kAudit = 1024,
};

class Connection : public WheelEntry {
 public:
  Connection(HubState& hub, Slot slot, ConnectionId id, Adopted& adopted);
  ~Connection();

  void begin(Adopted adopted);

  ConnectionId id() const { return id_; }
  UserId user() const { return user_; }
  Slot slot() const { return slot_; }
  bool follows_all() const { return all_; }
  // What it came with; {}: with the other of the two.
  SessionId session() const;
  TokenId token() const;
  bool open() const { return phase_ == Phase::kOpen; }
  bool arriving() const { return phase_ == Phase::kArriving; }
  FollowSet& follow_set() { return set_; }

  // The tick: `from` is the position before it. Of who follows all, `frame` says what changed
  // since; of others, `users` are those of their set (and themselves) who did.
  void tick(std::uint64_t from, const SharedFrame& frame);
  void tick(std::uint64_t from, std::span<const UserId> users);
  // Sends what is the same for many, or remembers to. The frame says the position of the hub's last
  // tick, or none.
  void tell(const SharedFrame& frame, Owed otherwise);
  // The catalogue or the directory has moved on from `version`.
  void tell_list(const SharedFrame& frame, Owed otherwise, std::uint64_t version);
  // A message or a read mark.
  void tell_hint(const SharedFrame& frame);
  void tell_self();
  // Whether the person may read what these config frames are about.
  bool may_read(Owed config) const;
  // Counts that are not older than `version`, at most once in a while: the time when it may be
  // told again, nullopt when it was told or knows already.
  std::optional<Instant> tell_counts(const SharedFrame& frame, Instant now);

  void arrived(const Result<Entry>& result);
  void answered(const std::string& ref, const Result<OwnStatus>& result);
  // What it waited for may be there.
  void catch_up() { drive(); }
  void close(std::uint16_t code, std::string_view why);
  void fire(Now now);  // its timer

 private:
  enum class Phase : std::uint8_t { kOpening, kArriving, kOpen, kClosing, kOver };

  // The board of a follow that is under way.
  struct BoardJob {
    bool all = false;
    std::optional<std::string> ref;
    std::vector<std::string> unknown;
    std::vector<UserId> users;  // when not all
    std::shared_ptr<const Snapshot> snapshot;
    std::uint64_t seq = 0;  // of its pages; until it has started, what it must have at least
    std::size_t page = 0;   // the next one
    bool started = false;
  };

  // connection.cc: bytes in and out, time, the end.
  void readable();
  void writable();
  void drive(std::span<char> read = {});
  void hear(const Incoming& incoming);
  bool paused() const;
  auto later(void (Connection::*what)());
  void wait_for_socket();
  void say_goodbye(std::uint16_t code, std::string_view why);
  void lost();
  void over();
  void part();
  void arm(Now now);
  void beat(Now now);
  void note_in_use(Now now);

  // client_frames.cc: what the client says.
  void hear_frame(std::string_view text);
  void hear_open(OpenFrame frame);
  void hear_follow(FollowFrame frame);
  template <class Command>
  void give(Command command, std::string ref);
  void submit_arrival();
  bool is_ahead() const;
  void submit_look();
  void looked(bool cut_off);
  bool within_share(const std::string& ref);
  void refuse(const std::optional<std::string>& ref, const Refusal& refusal);
  void turn_away(const Refusal& refusal);  // refuses to open, and closes
  bool still_signed_in() const;
  void become_open();
  bool resume(const LiveOpening& opening);
  void begin_to_follow(const Follow& follow, std::vector<std::string> unknown, bool resumed);
  void follow_all(std::optional<std::string> ref);
  void follow_nobody();
  std::vector<UserId> add_to_set(const std::vector<UserId>& users,
                                 std::vector<std::string>& unknown);
  void follow_some(FollowFrame frame);
  void follow_counts(bool on);
  bool take_up(FollowFrame& frame);
  void answer_with_board(BoardJob job);

  // catch_up.cc: what the client gets.
  bool owes(Owed what) const;
  void owe(Owed what);
  void owe_changes(std::uint64_t from);
  bool holds_here(const SharedFrame& frame) const;
  bool pay_one();
  void send_changes();
  void send_some(std::span<const UserId> users, std::uint64_t since);
  bool start_board();
  void send_page();
  void send_whole(const BoardJob& job, const Snapshot::Page& page, bool more);
  void send_named(const BoardJob& job, std::size_t page, bool more);
  void send_board_page(std::string_view head, std::span<const std::string_view> pieces,
                       std::string_view piece_end, std::uint64_t seq, bool more);
  void pay(Owed what);
  bool free() const { return out_.idle() && job_ == nullptr && !owes(Owed::kChanges); }
  std::uint64_t position() const;
  std::string_view id_epoch() const;
  void say(FrameKind kind, const std::string& json, std::optional<std::uint64_t> seq = {});
  void send_if_any(const SharedFrame& frame);

  HubState& hub_;
  const ConnectionId id_;
  const LiveReader reader_;
  const UserId user_;
  const Actor actor_;
  const Slot slot_;
  const NodeId node_;  // as which this process took it in
  Phase phase_ = Phase::kOpening;
  std::uint8_t in_flight_ = 0;  // commands given and not answered
  std::uint16_t owed_ = 0;      // bits of Owed
  bool present_ = false;        // arrived, and not left
  bool all_ = false;            // follows everyone
  bool counts_ = false;         // asked for counts
  bool deflate_ = false;        // takes compressed messages
  bool set_open_ = false;       // resumed, and the set it holds for is still to be said
  bool waits_to_read_ = false;
  bool waits_to_write_ = false;
  bool finished_ = false;  // our half of the socket is closed
  Socket socket_;
  Outgoing out_;
  WebSocketParser parser_;
  Allowance allowance_;
  std::uint64_t cursor_ = 0;          // has everything up to here, at least
  std::uint64_t own_rev_ = 0;         // of its own entry as it was sent last
  std::uint64_t catalogue_from_ = 0;  // with Owed::kCatalogue: the version it knows
  std::uint64_t people_from_ = 0;
  std::uint32_t counts_version_ = 0;  // of what it was told last
  Instant counts_at_{};
  Instant heard_{};  // the last frame of the client, or that it took an event
  Instant ping_due_{};
  FollowSet set_;
  std::unique_ptr<BoardJob> job_;
  std::unique_ptr<OpenFrame> opening_;  // until it is open
  std::string input_;  // read and not yet heard, while paused: nothing more is read until then
  std::shared_ptr<const void> place_;  // among all connections
};

}  // namespace pastille::push
