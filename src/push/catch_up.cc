// What a client gets: the tick when it is up to date, and what it owes when it was not.
#include <algorithm>
#include <array>
#include <utility>

#include "push/connection.h"
#include "push/deflate.h"
#include "push/hub_state.h"
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

std::string_view Connection::epoch() const {
  return hub_.now->epochs.empty() ? std::string_view() : hub_.now->epochs.back().id;
}

void Connection::say(std::string_view is, const std::string& json,
                     std::optional<std::uint64_t> seq) {
  out_.say(is, json, seq, epoch());
}

void Connection::tick(std::uint64_t from, const SharedFrame& frame) {
  const std::uint64_t have = std::max(cursor_, from);
  if (phase_ != Phase::kOpen || owes(Owed::kChanges) || have >= hub_.now->seq) return;
  if (free() && have == from) {
    out_.send(frame, epoch());
    return settle();
  }
  owe_changes(have);
  catch_up();
}

void Connection::tick(std::uint64_t from, std::span<const UserId> users) {
  const std::uint64_t have = set_open_ ? cursor_ : std::max(cursor_, from);
  if (phase_ != Phase::kOpen || owes(Owed::kChanges) || have >= hub_.now->seq) return;
  if (!free()) return owe_changes(have);
  send_some(users, have);
  settle();
}

void Connection::tell(const SharedFrame& frame, Owed otherwise) {
  if (phase_ != Phase::kOpen) return;
  if (!out_.idle()) return owe(otherwise);
  out_.send(frame, epoch());
  settle();
}

void Connection::tell_list(const SharedFrame& frame, Owed otherwise, std::uint64_t version) {
  std::uint64_t& from = otherwise == Owed::kCatalogue ? catalogue_from_ : people_from_;
  if (!owes(otherwise)) from = version;
  tell(frame, otherwise);
}

void Connection::tell_hint(const SharedFrame& frame) {
  if (phase_ != Phase::kOpen || std::holds_alternative<TokenId>(actor_)) return;
  if (out_.idle()) {
    out_.send(frame, epoch());
    return settle();
  }
  const std::size_t size = frame->websocket().size();
  if (owes(Owed::kConversations) || out_.outbox_size() + size > limits::kOutboxBytes) {
    return owe(Owed::kConversations);
  }
  say(frame->is(), std::string(frame->json()));
}

void Connection::tell_self() {
  if (phase_ != Phase::kOpen) return;
  owe(Owed::kSelf);
  catch_up();
}

bool Connection::may_read(Owed config) const {
  const Person* person = hub_.now->person(user_);
  if (person == nullptr || std::holds_alternative<TokenId>(actor_)) return false;
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
  if (!out_.idle()) {
    owe(Owed::kCounts);
    return std::nullopt;
  }
  counts_version_ = hub_.counts_version;
  counts_at_ = now;
  out_.send(frame, epoch());
  settle();
  return std::nullopt;
}

void Connection::catch_up() {
  while (phase_ == Phase::kOpen && out_.idle() && pay_one()) {
  }
  settle();
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
      return say("counts", counts_frame(position(), now), position());
    case Owed::kCatalogue: {
      std::vector<StatusId> changed;
      now.statuses.for_each([&](StatusId id, const Box<Status>& status) {
        if (status->rev > catalogue_from_) changed.push_back(id);
      });
      return say("catalogue", catalogue_frame(changed, now));
    }
    case Owed::kPeople: {
      std::vector<UserId> changed;
      now.people.for_each([&](UserId id, const Box<Person>& person) {
        if (person->rev > people_from_) changed.push_back(id);
      });
      return say("people", people_frame(changed, now));
    }
    case Owed::kSelf:
      if (const Person* person = now.person(user_)) say("self", self_frame(*person, now));
      return;
    case Owed::kConversations:
      return say("conversations", conversations_frame());
    case Owed::kStaleness:
      if (hub_.stale_since) return say("stale", stale_frame(*hub_.stale_since));
      return say("fresh", fresh_frame(position()), position());
    case Owed::kRoles:
      return say("config", config_frame("roles"));
    case Owed::kTeams:
      return say("config", config_frame("teams"));
    case Owed::kUsers:
      return say("config", config_frame("users"));
    case Owed::kAudit:
      return say("config", config_frame("audit"));
  }
}

// What is owed since the cursor, as the newest there is.
void Connection::send_changes() {
  const std::uint64_t since = cursor_;
  owed_ = static_cast<std::uint16_t>(owed_ & ~static_cast<std::uint16_t>(Owed::kChanges));
  if (!set_open_) cursor_ = hub_.now->seq;
  if (all_) {
    const SharedFrame frame = hub_.tails.since(since, hub_.board, *hub_.now);
    if (frame != nullptr) out_.send(frame, epoch());
    return;
  }
  std::vector<UserId> users;
  users.reserve(set_.size() + 1);
  for (const Followed& each : set_) users.push_back(UserId{each.user});
  if (!Followers::has(set_, user_)) users.push_back(user_);
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
      if (rev <= own_rev_ && !Followers::has(set_, user_)) continue;
      own_rev_ = rev;
    }
    pieces.push_back(*hub_.board.piece(user, *hub_.now));
  }
  if (pieces.empty()) return;
  const std::uint64_t seq = set_open_ ? cursor_ : hub_.now->seq;
  const std::string head = changes_head(seq);
  out_.send(
      Gathered{.is = "changes", .head = head, .pieces = pieces, .tail = kEntriesTail, .seq = seq},
      epoch());
}

// False: it must wait for a snapshot; the hub calls again.
bool Connection::start_board() {
  if (job_->all) {
    job_->snapshot = hub_.snapshots.at(*hub_.now, hub_.time().steady);
    if (job_->snapshot == nullptr) {
      if (std::ranges::find(hub_.waiting, slot_) == hub_.waiting.end()) {
        hub_.waiting.push_back(slot_);
      }
      return false;
    }
  }
  job_->started = true;
  job_->seq = hub_.now->seq;
  cursor_ = job_->seq;
  own_rev_ = job_->all ? hub_.board.rev(user_) : own_rev_;
  return true;
}

void Connection::send_page() {
  BoardJob& job = *job_;
  const std::string* ref = job.ref ? &*job.ref : nullptr;
  if (job.snapshot != nullptr) {
    Snapshot::Page& page = job.snapshot->pages[job.next++];
    const bool more = job.next < job.snapshot->pages.size();
    if (deflate_) {
      const std::string head = board_head({.seq = job.seq, .all = true, .more = more, .ref = ref});
      out_.send_deflated(stored(head), hub_.snapshots.deflated(page));
    } else if (ref == nullptr) {
      out_.send(page.frame, epoch());
    } else {
      const std::string head = board_head({.seq = job.seq, .all = true, .more = more, .ref = ref});
      const std::string entries = ',' + std::string(page.entries);
      send_board_page(head, std::array{std::string_view(entries)}, more);
    }
    if (!more) job_ = nullptr;
    return;
  }
  std::vector<std::string_view> pieces;
  const std::size_t end = std::min(job.users.size(), job.next + limits::kBoardPagePeople);
  for (; job.next < end; ++job.next) {
    pieces.push_back(*hub_.board.piece(job.users[job.next], *hub_.now));
  }
  const bool more = job.next < job.users.size();
  const std::string head = board_head(
      {.seq = job.seq, .more = more, .ref = ref, .unknown = more ? nullptr : &job.unknown});
  send_board_page(head, pieces, more);
  if (!more) job_ = nullptr;
}

void Connection::send_board_page(std::string_view head, std::span<const std::string_view> pieces,
                                 bool more) {
  std::optional<std::uint64_t> seq;
  if (!more) seq = job_->seq;
  out_.send(
      Gathered{.is = "board", .head = head, .pieces = pieces, .tail = kEntriesTail, .seq = seq},
      epoch());
}

}  // namespace pastille::push
