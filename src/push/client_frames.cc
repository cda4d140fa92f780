// What a client says, and what becomes of it.
#include <algorithm>
#include <utility>

#include "app/arrivals.h"
#include "push/connection.h"
#include "push/hub_state.h"
#include "wire/live_frames.h"
#include "wire/problem_json.h"

namespace pastille::push {
namespace {

Refusal invalid(std::string pointer, const std::string& detail) {
  return refuse_field(std::move(pointer), detail).error();
}

// The close code after a refused arrival, and after what is refused to who gets no `refused`.
std::uint16_t code_after(Problem problem) {
  switch (problem) {
    case Problem::kNotSignedIn:
      return close_code::kSessionEnded;
    case Problem::kInternal:
    case Problem::kUnavailable:
    case Problem::kStale:
      return close_code::kRestarting;
    case Problem::kMalformed:
    case Problem::kWrongCredentials:
    case Problem::kPermissionMissing:
    case Problem::kScopeMissing:
    case Problem::kOwnStatusOnly:
    case Problem::kSystemStatus:
    case Problem::kBuiltInRole:
    case Problem::kForeignOrigin:
    case Problem::kNotFound:
    case Problem::kMethod:
    case Problem::kNameTaken:
    case Problem::kLoginTaken:
    case Problem::kLastAdministrator:
    case Problem::kRoleInUse:
    case Problem::kLimitReached:
    case Problem::kExternalSignIn:
    case Problem::kStaleVersion:
    case Problem::kTooLarge:
    case Problem::kMediaType:
    case Problem::kInvalid:
    case Problem::kTooMany:
      break;
  }
  return close_code::kMalformed;
}

}  // namespace

void Connection::hear_frame(std::string_view text) {
  ClientFrame frame = parse_client_frame(text);
  if (const auto* malformed = std::get_if<MalformedFrame>(&frame)) {
    return say_goodbye(close_code::kMalformed, malformed->why);
  }
  const bool opens = std::holds_alternative<OpenFrame>(frame);
  if (opens != (phase_ == Phase::kOpening)) {
    return say_goodbye(close_code::kMalformed, opens ? "open comes once" : "open comes first");
  }
  if (auto* open = std::get_if<OpenFrame>(&frame)) {
    hear_open(std::move(*open));
  } else if (auto* follow = std::get_if<FollowFrame>(&frame)) {
    hear_follow(std::move(*follow));
  } else if (auto* set = std::get_if<SetFrame>(&frame)) {
    if (!within_share(set->ref)) return;
    give(
        SetOwnStatus{
            .target = {}, .status = set->status, .note = std::move(set->note), .until = set->until},
        std::move(set->ref));
  } else if (auto* clear = std::get_if<ClearFrame>(&frame)) {
    if (!within_share(clear->ref)) return;
    give(ClearOwnStatus{}, std::move(clear->ref));
  } else {
    const auto& faulty = std::get<FaultyFrame>(frame);
    refuse(faulty.ref, faulty.refusal);
  }
}

// What one person may set, here and over HTTP. False: it was refused.
bool Connection::within_share(const std::string& ref) {
  const auto taken = hub_.parts.shares.take(user_, Share::kStatuses, 1, hub_.time().steady);
  if (!taken.wait) return true;
  refuse(ref,
         Refusal{.problem = Problem::kTooMany,
                 .detail = "That was more than one person may set in this time. Try again in " +
                           std::to_string(taken.wait->count()) + " s.",
                 .retry_after = taken.wait});
  return false;
}

void Connection::refuse(const std::optional<std::string>& ref, const Refusal& refusal) {
  ++hub_.figures.refusals;
  if (!out_.takes(FrameKind::kRefused)) {
    return say_goodbye(code_after(refusal.problem), problem_title(refusal.problem));
  }
  say(FrameKind::kRefused, refused_frame(ref, refusal));
}

void Connection::turn_away(const Refusal& refusal) {
  refuse(std::nullopt, refusal);
  say_goodbye(code_after(refusal.problem), problem_title(refusal.problem));
}

// The answer comes on the workspace thread and goes through the hub's inbox, behind the bulletin of
// its own commit.
template <class Command>
void Connection::give(Command command, std::string ref) {
  ++in_flight_;
  hub_.parts.workspace.submit(
      actor_, std::move(command),
      [inbox = hub_.inbox, weak = hub_.weak_from_this(), slot = slot_, id = id_,
       ref = std::move(ref)](Result<OwnStatus> result) mutable {
        inbox->leave(Errand([weak, slot, id, ref = std::move(ref), result = std::move(result)] {
          const auto hub = weak.lock();
          Connection* self = hub == nullptr ? nullptr : hub->find(slot, id);
          if (self != nullptr) self->answered(ref, result);
        }));
      });
}

void Connection::answered(const std::string& ref, const Result<OwnStatus>& result) {
  --in_flight_;
  if (phase_ != Phase::kOpen) return;
  if (result) {
    say(FrameKind::kDone, done_frame(ref, user_, result->entry));
  } else {
    refuse(ref, result.error());
    if (result.error().problem == Problem::kNotSignedIn) {
      say_goodbye(close_code::kSessionEnded, "session ended");
    }
  }
  drive();
}

void Connection::hear_open(OpenFrame frame) {
  if (!may_open(reader_, frame.opening)) {
    return say_goodbye(close_code::kMalformed, "not for who asks");  // http has said so before
  }
  if (!still_signed_in()) return say_goodbye(close_code::kSessionEnded, "session ended");
  opening_ = std::make_unique<OpenFrame>(std::move(frame));
  const bool arrives = opening_->opening.present;
  if (!arrives && !is_ahead()) return become_open();
  phase_ = Phase::kArriving;
  arm(hub_.time());
  if (arrives) {
    submit_arrival();
  } else {
    submit_look();
  }
}

// Comes from another node, which has applied more than this one.
bool Connection::is_ahead() const {
  return hub_.parts.workspace.shared() && opening_->opening.position &&
         opening_->opening.position->seq > hub_.now->seq;
}

void Connection::submit_look() {
  Workspace& workspace = hub_.parts.workspace;
  workspace.look_then(
      [&workspace, inbox = hub_.inbox, weak = hub_.weak_from_this(), slot = slot_, id = id_] {
        inbox->leave(Errand([weak, slot, id, cut_off = workspace.stale().has_value()] {
          const auto hub = weak.lock();
          Connection* self = hub == nullptr ? nullptr : hub->find(slot, id);
          if (self != nullptr && self->arriving()) self->looked(cut_off);
        }));
      });
}

// Nobody is given an older board than they have.
void Connection::looked(bool cut_off) {
  if (cut_off && is_ahead()) {
    turn_away({.problem = Problem::kStale,
               .detail = "The database is not to be reached, and this node is behind what you "
                         "have. Try again in a moment.",
               .retry_after = std::chrono::seconds(1)});
  } else {
    become_open();
  }
  drive();
}

bool Connection::still_signed_in() const {
  const Person* person = hub_.now->person(user_);
  if (person == nullptr || !person->active || person->erased) return false;
  if (session()) return hub_.now->session(session()) != nullptr;
  return hub_.now->token(token()) != nullptr;
}

void Connection::submit_arrival() {
  const pastille::Connection arriving{.id = id_, .session = session(), .token = token()};
  hub_.parts.workspace.submit(
      actor_, PersonArrived{arriving},
      [inbox = hub_.inbox, weak = hub_.weak_from_this(), slot = slot_, id = id_,
       user = user_](Result<Entry> result) mutable {
        inbox->leave(Errand([weak, slot, id, user, result = std::move(result)] {
          const auto hub = weak.lock();
          if (hub == nullptr) return;
          Connection* self = hub->find(slot, id);
          if (self != nullptr && self->arriving()) return self->arrived(result);
          if (!result) return;  // gone before it had arrived
          hub->depart(user, id);
        }));
      });
}

void Connection::arrived(const Result<Entry>& result) {
  if (!result) {
    turn_away(result.error());
    return drive();
  }
  present_ = true;
  ++hub_.figures.present;
  if (still_signed_in()) {
    become_open();
  } else {  // signed out in the same batch as it arrived
    say_goodbye(close_code::kSessionEnded, "session ended");
  }
  drive();
}

void Connection::become_open() {
  phase_ = Phase::kOpen;
  arm(hub_.time());
  hub_.join_person(user_, slot_);
  const std::unique_ptr<OpenFrame> frame = std::move(opening_);
  const bool resumed = resume(frame->opening);
  own_rev_ = board_rev(user_, *hub_.now);
  Position position = hub_.now->position();
  // Who comes back has what it came with until it gets what it missed.
  if (resumed) position.seq = frame->opening.position->seq;
  const bool more = resumed || (frame->opening.follow &&
                                !std::holds_alternative<FollowNobody>(*frame->opening.follow));
  std::optional<std::uint64_t> whole;
  if (!more) whole = position.seq;
  say(FrameKind::kReady,
      ready_frame({.position = position,
                   .heartbeat_s = static_cast<std::uint64_t>(
                       std::max<std::int64_t>(1, hub_.settings.heartbeat.count() / 1000)),
                   .resumed = resumed,
                   .stale = hub_.stale_since.has_value()},
                  gets_own_entry(reader_) ? std::optional(user_) : std::nullopt, *hub_.now),
      whole);
  if (!resumed) cursor_ = hub_.now->seq;
  if (frame->opening.counts) follow_counts(true);
  if (frame->opening.follow)
    begin_to_follow(*frame->opening.follow, std::move(frame->unknown), resumed);
}

void Connection::begin_to_follow(const Follow& follow, std::vector<std::string> unknown,
                                 bool resumed) {
  if (const auto* some = std::get_if<FollowSome>(&follow)) {
    BoardJob job{.unknown = std::move(unknown)};
    job.users = add_to_set(some->users, job.unknown);
    if (resumed) job.users.clear();  // of them, what changed is enough
    if (!resumed || !job.unknown.empty()) answer_with_board(std::move(job));
  } else if (std::holds_alternative<FollowAll>(follow) && !resumed) {
    follow_all(std::nullopt);
  }
}

// Takes the position up when it is known and what changed since is worth sending.
bool Connection::resume(const LiveOpening& opening) {
  if (!opening.position || opening.position->seq > hub_.now->seq ||
      !hub_.now->knows(*opening.position)) {
    return false;
  }
  const std::uint64_t seq = opening.position->seq;
  if (!opening.follow) {
    set_open_ = true;
    cursor_ = seq;
    return true;
  }
  if (std::holds_alternative<FollowAll>(*opening.follow)) {
    if (!hub_.small_tail(seq)) return false;
    all_ = true;
    hub_.everyone.push_back(slot_);
  }
  owe_changes(seq);
  return true;
}

void Connection::hear_follow(FollowFrame frame) {
  if (frame.counts) follow_counts(*frame.counts);
  if (!frame.all && !frame.names_people) return;
  if (set_open_) {
    set_open_ = false;
    if (take_up(frame)) return;
    cursor_ = hub_.now->seq;
  }
  if (frame.names_people) return follow_some(std::move(frame));
  if (*frame.all) {
    follow_all(std::move(frame.ref));
  } else {
    follow_nobody();
    if (position() < hub_.now->seq) owe_changes(position());
    answer_with_board({.ref = std::move(frame.ref)});
  }
}

// The first follow after a resumed open says for which set the position holds: only what changed
// among them is sent. False: that would be more than a fresh board, or it follows nobody.
bool Connection::take_up(FollowFrame& frame) {
  BoardJob job{.ref = std::move(frame.ref), .unknown = std::move(frame.unknown)};
  if (frame.names_people) {
    add_to_set(frame.add, job.unknown);
  } else if (*frame.all && hub_.small_tail(cursor_)) {
    all_ = true;
    hub_.everyone.push_back(slot_);
  } else {
    frame.ref = std::move(job.ref);
    return false;
  }
  owe_changes(cursor_);
  if (job.ref || !job.unknown.empty()) answer_with_board(std::move(job));
  return true;
}

void Connection::follow_nobody() {
  hub_.followers.drop_all(set_, [this](Slot slot) -> FollowSet& { return hub_.set_of(slot); });
  if (all_) std::erase(hub_.everyone, slot_);
  all_ = false;
}

void Connection::follow_all(std::optional<std::string> ref) {
  follow_nobody();
  all_ = true;
  hub_.everyone.push_back(slot_);
  owed_ = static_cast<std::uint16_t>(owed_ & ~static_cast<std::uint16_t>(Owed::kChanges));
  answer_with_board({.all = true, .ref = std::move(ref)});
}

// Adds those who are somebody and gives them; the others go to `unknown`.
std::vector<UserId> Connection::add_to_set(const std::vector<UserId>& users,
                                           std::vector<std::string>& unknown) {
  std::vector<UserId> known;
  for (const UserId user : users) {
    if (hub_.now->person(user) == nullptr) {
      unknown.push_back(to_text(user));
      continue;
    }
    known.push_back(user);
    hub_.followers.follow(slot_, set_, user);
  }
  return known;
}

void Connection::follow_some(FollowFrame frame) {
  if (all_) return refuse(frame.ref, invalid("/add", "You follow everyone. Say all:false first."));
  const auto set_of = [this](Slot slot) -> FollowSet& { return hub_.set_of(slot); };
  if (set_.size() + frame.add.size() > limits::kFollowMost) {
    const auto more = std::ranges::count_if(frame.add, [&](UserId user) {
      return hub_.now->person(user) != nullptr && !set_.has(user);
    });
    if (set_.size() + static_cast<std::size_t>(more) > limits::kFollowMost) {
      return refuse(frame.ref, invalid("/add", "A follow set holds 2,000 people. Drop some."));
    }
  }
  // What its set has missed comes first: the board says a position for all of it.
  if (position() < hub_.now->seq) owe_changes(position());
  if (job_ == nullptr && out_.idle() && owes(Owed::kChanges)) send_changes();
  for (const UserId user : frame.drop) hub_.followers.drop(set_, user, set_of);
  BoardJob job{.ref = std::move(frame.ref), .unknown = std::move(frame.unknown)};
  job.users = add_to_set(frame.add, job.unknown);
  answer_with_board(std::move(job));
}

void Connection::follow_counts(bool on) {
  if (on == counts_) return;
  counts_ = on;
  if (!on) {
    std::erase(hub_.counting, slot_);
    return;
  }
  hub_.counting.push_back(slot_);
  const Instant next = counts_at_ + hub_.settings.counts_every;
  if (counts_version_ == 0 || hub_.time().steady >= next) {
    owe(Owed::kCounts);
  } else {  // asked again too soon
    counts_version_ = hub_.counts_version - 1;
    hub_.counts_due = std::min(hub_.counts_due, next);
  }
}

void Connection::answer_with_board(BoardJob job) {
  job.seq = hub_.now->seq;
  job_ = std::make_unique<BoardJob>(std::move(job));
}

}  // namespace pastille::push
