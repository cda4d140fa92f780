// What a client gets: the tick when it is up to date, and what it owes when it was not.
#include <algorithm>
#include <array>
#include <utility>

#include "push/connection.h"
#include "push/deflate.h"
#include "push/hub_state.h"
#include "wire/entry_json.h"
#include "wire/live_frames.h"
#include "wire/user_json.h"

namespace pastille::push {

bool Connection::owes(Owed what) const { return (owed_ & static_cast<std::uint16_t>(what)) != 0; }

void Connection::owe(Owed what) { owed_ |= static_cast<std::uint16_t>(what); }

void Connection::owe_changes(std::uint64_t from) {
  if (owes(Owed::kChanges)) return;
  cursor_ = from;
  owe(Owed::kChanges);
}

// Up to here the client has everything that it follows.
std::uint64_t Connection::position() const {
  if (owes(Owed::kChanges) || set_open_) return cursor_;
  return std::max(cursor_, hub_.ticked);
}

// Of the position in an event that goes out now; "" while something before it is still to come.
std::string_view Connection::id_epoch() const {
  if (job_ != nullptr || owes(Owed::kChanges) || hub_.now->epochs.empty()) return {};
  return hub_.now->epochs.back().id;
}

void Connection::say(FrameKind kind, const std::string& json, std::optional<std::uint64_t> seq) {
  out_.say(kind, json, seq, id_epoch());
}

// A frame for many says the position of the hub's last tick; who is not there yet gets its own.
bool Connection::holds_here(const SharedFrame& frame) const {
  return !frame->seq() || *frame->seq() == position();
}

void Connection::tick(std::uint64_t from, const SharedFrame& frame) {
  const std::uint64_t have = std::max(cursor_, from);
  if (phase_ != Phase::kOpen || owes(Owed::kChanges) || have >= hub_.now->seq) return;
  if (free() && have == from) {
    out_.send(frame, id_epoch());
  } else {
    owe_changes(have);
  }
  drive();
}

void Connection::tick(std::uint64_t from, std::span<const UserId> users) {
  const std::uint64_t have = set_open_ ? cursor_ : std::max(cursor_, from);
  if (phase_ != Phase::kOpen || owes(Owed::kChanges) || have >= hub_.now->seq) return;
  if (!free()) return owe_changes(have);
  send_some(users, have);
  drive();
}

void Connection::tell(const SharedFrame& frame, Owed otherwise) {
  if (phase_ != Phase::kOpen || !out_.takes(frame->kind())) return;
  if (out_.idle() && holds_here(frame)) {
    out_.send(frame, id_epoch());
  } else {
    owe(otherwise);
  }
  drive();
}

void Connection::tell_list(const SharedFrame& frame, Owed otherwise, std::uint64_t version) {
  std::uint64_t& from = otherwise == Owed::kCatalogue ? catalogue_from_ : people_from_;
  if (!owes(otherwise)) from = version;
  tell(frame, otherwise);
}

void Connection::tell_hint(const SharedFrame& frame) {
  if (phase_ != Phase::kOpen || !out_.takes(frame->kind())) return;
  if (out_.idle()) {
    out_.send(frame, id_epoch());
    return drive();
  }
  const std::size_t size = frame->websocket().size();
  if (owes(Owed::kConversations) || out_.outbox_size() + size > limits::kOutboxBytes) {
    return owe(Owed::kConversations);
  }
  say(frame->kind(), std::string(frame->json()));
}

void Connection::tell_self() {
  if (phase_ != Phase::kOpen || !out_.takes(FrameKind::kSelf)) return;
  owe(Owed::kSelf);
  drive();
}

bool Connection::may_read(Owed config) const {
  const Person* person = hub_.now->person(user_);
  if (person == nullptr || !out_.takes(FrameKind::kConfig)) return false;
  const Permissions may = permissions_of(*person, *hub_.now);
  if (config == Owed::kAudit) return may.has(Permission::kAuditRead);
  const bool manages_users = may.has(Permission::kUsersManage);
  if (config == Owed::kRoles) return manages_users || may.has(Permission::kRolesManage);
  if (config == Owed::kTeams) return manages_users || may.has(Permission::kTeamsManage);
  return manages_users;
}

std::optional<Instant> Connection::tell_counts(const SharedFrame& frame, Instant now) {
  if (phase_ != Phase::kOpen || counts_version_ == hub_.counts_version) return std::nullopt;
  const Instant next = counts_at_ + hub_.settings.counts_every;
  if (counts_version_ != 0 && now < next) return next;
  if (out_.idle() && holds_here(frame)) {
    counts_version_ = hub_.counts_version;
    counts_at_ = now;
    out_.send(frame, id_epoch());
  } else {
    owe(Owed::kCounts);
  }
  drive();
  return std::nullopt;
}

// Sends one thing that is owed or asked for. False: there is nothing, or it must wait.
bool Connection::pay_one() {
  const bool in_board = job_ != nullptr && job_->started;
  if (owes(Owed::kChanges) && !in_board) {
    send_changes();
  } else if (job_ != nullptr) {
    if (!in_board && !start_board()) return false;
    send_page();
  } else if (owed_ == 0) {
    return false;
  } else {
    const auto what = static_cast<Owed>(owed_ & (~owed_ + 1));  // its lowest bit
    owed_ = static_cast<std::uint16_t>(owed_ & ~static_cast<std::uint16_t>(what));
    pay(what);
  }
  return true;
}

void Connection::pay(Owed what) {
  const Organisation& now = *hub_.now;
  switch (what) {
    case Owed::kNothing:
    case Owed::kChanges:  // has a way of its own
      return;
    case Owed::kCounts:
      counts_version_ = hub_.counts_version;
      counts_at_ = hub_.time().steady;
      return say(FrameKind::kCounts, counts_frame(position(), now), position());
    case Owed::kCatalogue:
      return send_if_any(hub_.catalogue_since(catalogue_from_));
    case Owed::kPeople:
      return send_if_any(hub_.people_since(people_from_));
    case Owed::kSelf:
      if (const Person* person = now.person(user_)) say(FrameKind::kSelf, self_frame(*person, now));
      return;
    case Owed::kConversations:
      return say(FrameKind::kConversations, conversations_frame());
    case Owed::kStaleness:
      if (hub_.stale_since) return say(FrameKind::kStale, stale_frame(*hub_.stale_since));
      return say(FrameKind::kFresh, fresh_frame(position()), position());
    case Owed::kRoles:
      return say(FrameKind::kConfig, config_frame("roles"));
    case Owed::kTeams:
      return say(FrameKind::kConfig, config_frame("teams"));
    case Owed::kUsers:
      return say(FrameKind::kConfig, config_frame("users"));
    case Owed::kAudit:
      return say(FrameKind::kConfig, config_frame("audit"));
  }
}

void Connection::send_if_any(const SharedFrame& frame) {
  if (frame != nullptr) out_.send(frame, id_epoch());
}

// What is owed since the cursor, as the newest there is.
void Connection::send_changes() {
  const std::uint64_t since = cursor_;
  owed_ = static_cast<std::uint16_t>(owed_ & ~static_cast<std::uint16_t>(Owed::kChanges));
  if (!set_open_) cursor_ = hub_.now->seq;
  if (all_) {
    return send_if_any(hub_.changes_since(since));
  }
  std::vector<UserId> users;
  users.reserve(set_.size() + 1);
  for (const Followed& each : set_) users.push_back(UserId{each.user});
  if (!set_.has(user_)) users.push_back(user_);
  send_some(users, since);
}

// Of these, those who changed after `since`. One's own entry comes once, followed or not.
void Connection::send_some(std::span<const UserId> users, std::uint64_t since) {
  std::vector<std::string_view> pieces;
  pieces.reserve(users.size());
  for (const UserId user : users) {
    const std::uint64_t rev = hub_.board.rev(user);
    if (rev <= since) continue;
    if (user == user_) {
      if (!set_.has(user_) && (rev <= own_rev_ || !gets_own_entry(reader_))) continue;
      own_rev_ = rev;
    }
    pieces.push_back(*hub_.board.piece(user, *hub_.now));
  }
  if (pieces.empty()) return;
  const std::uint64_t seq = set_open_ ? cursor_ : hub_.now->seq;
  const std::string head = changes_head(seq);
  const std::string end = entry_end(seq);
  out_.send(Gathered{.kind = FrameKind::kChanges,
                     .head = head,
                     .pieces = pieces,
                     .piece_end = end,
                     .tail = kEntriesTail,
                     .seq = seq},
            id_epoch());
}

// False: it must wait for a board that is being made; the hub calls again.
bool Connection::start_board() {
  if (job_->all) {
    job_->snapshot = hub_.board_from(job_->seq);
    if (job_->snapshot == nullptr) {
      if (std::ranges::find(hub_.waiting, slot_) == hub_.waiting.end()) {
        hub_.waiting.push_back(slot_);
      }
      return false;
    }
    job_->seq = job_->snapshot->seq;
    own_rev_ = std::min(hub_.board.rev(user_), job_->seq);
  } else {
    job_->seq = hub_.now->seq;
  }
  job_->started = true;
  cursor_ = job_->seq;
  if (cursor_ < hub_.now->seq) owe(Owed::kChanges);  // since the board was made
  return true;
}

void Connection::send_page() {
  BoardJob& job = *job_;
  const std::size_t pages =
      job.snapshot != nullptr
          ? job.snapshot->pages.size()
          : (job.users.size() + limits::kBoardPagePeople - 1) / limits::kBoardPagePeople;
  const std::size_t page = job.page++;
  const bool more = job.page < pages;
  // After the last page the position holds, and this frame says so.
  const std::unique_ptr<BoardJob> last = more ? nullptr : std::move(job_);
  if (job.snapshot != nullptr) {
    send_whole(job, job.snapshot->pages[page], more);
  } else {
    send_named(job, page, more);
  }
}

void Connection::send_whole(const BoardJob& job, const Snapshot::Page& page, bool more) {
  const std::string* ref = job.ref ? &*job.ref : nullptr;
  if (!deflate_ && ref == nullptr) return out_.send(page.frame, id_epoch());
  const std::string head = board_head({.seq = job.seq, .all = true, .more = more, .ref = ref});
  if (deflate_) return out_.send_deflated(FrameKind::kBoard, stored(head), page.deflated);
  const std::string entries = ',' + std::string(page.entries);
  send_board_page(head, std::array{std::string_view(entries)}, "", job.seq, more);
}

void Connection::send_named(const BoardJob& job, std::size_t page, bool more) {
  const std::span<const UserId> all = job.users;
  const std::size_t begin = page * limits::kBoardPagePeople;
  const auto users = all.subspan(begin, std::min(all.size() - begin, limits::kBoardPagePeople));
  std::vector<std::string_view> pieces;
  pieces.reserve(users.size());
  for (const UserId user : users) pieces.push_back(*hub_.board.piece(user, *hub_.now));
  const std::string head = board_head({.seq = job.seq,
                                       .more = more,
                                       .ref = job.ref ? &*job.ref : nullptr,
                                       .unknown = more ? nullptr : &job.unknown});
  send_board_page(head, pieces, entry_end(job.seq), job.seq, more);
}

void Connection::send_board_page(std::string_view head, std::span<const std::string_view> pieces,
                                 std::string_view piece_end, std::uint64_t seq, bool more) {
  out_.send(Gathered{.kind = FrameKind::kBoard,
                     .head = head,
                     .pieces = pieces,
                     .piece_end = piece_end,
                     .tail = kEntriesTail,
                     .seq = more ? std::nullopt : std::optional(seq)},
            id_epoch());
}

}  // namespace pastille::push
