#include "push/board.h"

#include <algorithm>
#include <utility>

#include "wire/live_frames.h"

namespace pastille::push {

Board::Board(const Organisation& organisation) {
  std::vector<std::pair<std::uint64_t, UserId>> order;
  order.reserve(organisation.people.size());
  organisation.people.for_each([&](UserId user, const Box<Person>&) {
    order.emplace_back(board_rev(user, organisation), user);
  });
  std::ranges::sort(order);
  for (const auto& [rev, user] : order) {
    if (rev > 0) {
      place(user).rev = rev;
      put_newest(static_cast<std::uint32_t>(user.number));
    }
  }
}

Board::Place& Board::place(UserId user) {
  if (user.number >= places_.size()) places_.resize(user.number + 1);
  return places_[user.number];
}

bool Board::change(const ChangedEntry& changed) {
  Place& at = place(changed.user);
  if (changed.rev <= at.rev) return false;
  const auto number = static_cast<std::uint32_t>(changed.user.number);
  if (at.rev > 0) take_out(number);
  at.rev = changed.rev;
  at.piece = changed.piece;
  put_newest(number);
  return true;
}

const Piece& Board::piece(UserId user, const Organisation& organisation) {
  Place& at = place(user);
  if (at.piece == nullptr) {
    at.piece = std::make_shared<const std::string>(',' + board_entry(user, organisation));
    ++encoded_;
  }
  return at.piece;
}

std::size_t Board::count_since(std::uint64_t seq, std::size_t most) const {
  std::size_t count = 0;
  since(seq, [&](UserId) { return ++count < most; });
  return count;
}

void Board::take_out(std::uint32_t at) {
  const Place& place = places_[at];
  if (place.newer != kNobody) places_[place.newer].older = place.older;
  if (place.older != kNobody) places_[place.older].newer = place.newer;
  if (newest_ == at) newest_ = place.older;
}

void Board::put_newest(std::uint32_t at) {
  Place& place = places_[at];
  place.newer = kNobody;
  place.older = newest_;
  if (newest_ != kNobody) places_[newest_].newer = at;
  newest_ = at;
}

}  // namespace pastille::push
