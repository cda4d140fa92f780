#include "push/board.h"

#include <utility>

#include "wire/live_frames.h"

namespace pastille::push {
namespace {

Recency order_of(const Organisation& organisation) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> order;
  order.reserve(organisation.people.size());
  organisation.people.for_each([&](UserId user, const Box<Person>&) {
    order.emplace_back(board_rev(user, organisation), user.number);
  });
  return Recency(std::move(order));
}

}  // namespace

Board::Board(const Organisation& organisation) : order_(order_of(organisation)) {}

Piece& Board::place_of(UserId user) {
  if (user.number >= pieces_.size()) pieces_.resize(user.number + 1);
  return pieces_[user.number];
}

bool Board::change(const ChangedEntry& changed) {
  if (!order_.change(changed.user.number, changed.rev)) return false;
  place_of(changed.user) = changed.piece;
  return true;
}

const Piece& Board::piece(UserId user, const Organisation& organisation) {
  Piece& piece = place_of(user);
  if (piece == nullptr) {
    piece = std::make_shared<const std::string>(',' + board_entry_begin(user, organisation));
    ++encoded_;
  }
  return piece;
}

}  // namespace pastille::push
