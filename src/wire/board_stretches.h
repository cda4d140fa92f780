// The whole board by stretches of ids. Everyone in a stretch is told at one rev, that of the newest
// change in it, so that no entry says when its person was last changed, and a stretch in which
// nobody has changed is the same bytes as before. Pure.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/organisation.h"

namespace pastille {

// 15 KB of entries: of twice as many, compressing would save one byte in twenty, and be done for
// twice as much with each change.
inline constexpr std::uint64_t kStretchIds = 128;

struct BoardStretch {
  std::uint64_t place = 0;   // among all stretches, the empty ones too
  std::uint64_t newest = 0;  // rev of the last change in it, of the offline too
  std::vector<std::pair<UserId, const Entry*>> shown;  // who is not offline; maybe nobody
};

// visit(const BoardStretch&), in the order of ids.
template <class Visit>
void for_each_stretch(const Organisation& organisation, Visit visit) {
  BoardStretch stretch;
  bool begun = false;
  organisation.presences.for_each([&](UserId user, const Box<Presence>& presence) {
    const std::uint64_t place = user.number / kStretchIds;
    if (!begun || stretch.place != place) {
      if (begun) visit(std::as_const(stretch));
      begun = true;
      stretch.place = place;
      stretch.newest = 0;
      stretch.shown.clear();
    }
    const Entry& entry = presence->entry;
    stretch.newest = std::max(stretch.newest, entry.rev);
    if (!entry.offline()) stretch.shown.emplace_back(user, &entry);
  });
  if (begun) visit(std::as_const(stretch));
}

}  // namespace pastille
