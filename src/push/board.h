// Everyone on the board of one hub, in one list ordered by the seq of their last change. What a
// cursor has missed is the newest end of that list, however long ago it was: coming back and
// reading slowly are one operation, and no ring limits it.
//
// A person's number is their place in a vector (ids are given one after the other), so there is
// nothing to look up. Threading: one thread. Memory: 40 bytes a person, and the piece of those
// that somebody wanted.
#pragma once

#include <cstdint>
#include <vector>

#include "core/organisation.h"
#include "push/bulletin.h"

namespace pastille::push {

class Board {
 public:
  // Takes the whole state in; O(people log people), once.
  explicit Board(const Organisation& organisation);

  // False: it has that already, or something newer.
  bool change(const ChangedEntry& changed);
  // 0: has never changed, or is nobody.
  std::uint64_t rev(UserId user) const {
    return user.number < places_.size() ? places_[user.number].rev : 0;
  }

  // The entry as JSON, encoded at most once between two changes.
  const Piece& piece(UserId user, const Organisation& organisation);
  std::uint64_t encoded() const { return encoded_; }

  // From the newest on, those whose last change is after `seq`: visit(UserId) returns void, or
  // false to stop.
  template <class Visit>
  void since(std::uint64_t seq, Visit visit) const {
    for (std::uint32_t at = newest_; at != kNobody && places_[at].rev > seq;
         at = places_[at].older) {
      if (!visit(UserId{at})) return;
    }
  }
  // How many that are, counted no further than `most`.
  std::size_t count_since(std::uint64_t seq, std::size_t most) const;

 private:
  static constexpr std::uint32_t kNobody = 0;  // no id has the number 0
  struct Place {
    std::uint64_t rev = 0;
    std::uint32_t older = kNobody;
    std::uint32_t newer = kNobody;
    Piece piece;
  };

  Place& place(UserId user);  // makes room
  void take_out(std::uint32_t at);
  void put_newest(std::uint32_t at);

  std::vector<Place> places_;
  std::uint32_t newest_ = kNobody;
  std::uint64_t encoded_ = 0;
};

}  // namespace pastille::push
