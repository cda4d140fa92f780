// Everyone on the board of one hub by their last change (recency.h), and their entries as JSON,
// each written once between two changes.
//
// Threading: one thread. Memory: 32 bytes a person, and the piece of those that somebody wanted.
#pragma once

#include <cstdint>
#include <vector>

#include "core/organisation.h"
#include "push/bulletin.h"
#include "push/recency.h"

namespace pastille::push {

class Board {
 public:
  // Takes the whole state in; O(people log people), once.
  explicit Board(const Organisation& organisation);

  // False: it has that already, or something newer.
  bool change(const ChangedEntry& changed);
  // 0: has never changed, or is nobody.
  std::uint64_t rev(UserId user) const { return order_.rev(user.number); }

  // The entry as JSON, up to its rev.
  const Piece& piece(UserId user, const Organisation& organisation);
  std::uint64_t encoded() const { return encoded_; }

  // From the newest on, those whose last change is after `seq`: visit(UserId) returns false to
  // stop.
  template <class Visit>
  void since(std::uint64_t seq, Visit visit) const {
    order_.since(seq, [&](std::uint64_t number) { return visit(UserId{number}); });
  }
  // How many that are, counted no further than `most`.
  std::size_t count_since(std::uint64_t seq, std::size_t most) const {
    return order_.count_since(seq, most);
  }

 private:
  Piece& place_of(UserId user);  // makes room

  Recency order_;
  std::vector<Piece> pieces_;  // by UserId's number
  std::uint64_t encoded_ = 0;
};

}  // namespace pastille::push
