// Things that have a number, in one list ordered by the seq of their last change. What a cursor has
// missed is the newest end of that list, however long ago it was: coming back and reading slowly
// are one operation, and no ring limits it.
//
// A thing's number is its place in a vector (ids are given one after the other), so there is
// nothing to look up. One thread. 16 bytes a number.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace pastille::push {

class Recency {
 public:
  Recency() = default;
  // Of (rev, number), in any order; O(n log n).
  explicit Recency(std::vector<std::pair<std::uint64_t, std::uint64_t>> all) {
    std::ranges::sort(all);
    for (const auto& [rev, number] : all) change(number, rev);
  }

  // False: it has that already, or something newer.
  bool change(std::uint64_t number, std::uint64_t rev) {
    if (number >= places_.size()) places_.resize(number + 1);
    Place& at = places_[number];
    if (rev <= at.rev) return false;
    if (at.rev > 0) take_out(at, number);
    at = {.rev = rev, .older = newest_};
    const auto here = static_cast<std::uint32_t>(number);
    if (newest_ != kNone) places_[newest_].newer = here;
    newest_ = here;
    return true;
  }
  // 0: has never changed.
  std::uint64_t rev(std::uint64_t number) const {
    return number < places_.size() ? places_[number].rev : 0;
  }

  // From the newest on, those whose last change is after `seq`: visit(number) returns false to
  // stop.
  template <class Visit>
  void since(std::uint64_t seq, Visit visit) const {
    for (std::uint32_t at = newest_; at != kNone && places_[at].rev > seq; at = places_[at].older) {
      if (!visit(std::uint64_t{at})) return;
    }
  }
  // How many those are, counted no further than `most`.
  std::size_t count_since(std::uint64_t seq, std::size_t most) const {
    std::size_t count = 0;
    since(seq, [&](std::uint64_t) { return ++count < most; });
    return count;
  }

 private:
  static constexpr std::uint32_t kNone = 0;  // no id has the number 0
  struct Place {
    std::uint64_t rev = 0;
    std::uint32_t older = kNone;
    std::uint32_t newer = kNone;
  };

  void take_out(const Place& place, std::uint64_t number) {
    if (place.newer != kNone) places_[place.newer].older = place.older;
    if (place.older != kNone) places_[place.older].newer = place.newer;
    if (newest_ == number) newest_ = place.older;
  }

  std::vector<Place> places_;
  std::uint32_t newest_ = kNone;
};

}  // namespace pastille::push
