#include "push/followers.h"

#include <algorithm>
#include <bit>

namespace pastille::push {
namespace {

// Two cache lines of edges are looked through sooner than an index is asked.
constexpr std::size_t kIndexFrom = 16;

// Fibonacci hashing: ids of one organisation stand side by side, and are spread by it.
std::size_t spread(std::uint32_t user, std::size_t slots) {
  constexpr std::uint32_t kGolden = 2'654'435'769U;
  return static_cast<std::uint32_t>(user * kGolden) >> (32 - std::countr_zero(slots));
}

}  // namespace

std::size_t FollowSet::find(std::uint32_t user) const {
  const std::size_t last = index_.size() - 1;
  std::size_t at = spread(user, index_.size());
  while (index_[at] != 0 && edges_[index_[at] - 1].user != user) at = (at + 1) & last;
  return at;
}

std::optional<std::uint32_t> FollowSet::place_of(UserId user) const {
  if (index_.empty()) {
    const auto found = std::ranges::find(edges_, user.number, &Followed::user);
    if (found == edges_.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - edges_.begin());
  }
  const std::uint32_t entry = index_[find(static_cast<std::uint32_t>(user.number))];
  return entry == 0 ? std::nullopt : std::optional(entry - 1);
}

void FollowSet::add(Followed edge) {
  edges_.push_back(edge);
  if (index_.empty() && edges_.size() < kIndexFrom) return;
  if (2 * edges_.size() > index_.size()) return index_again();
  index_[find(edge.user)] = static_cast<std::uint32_t>(edges_.size());
}

void FollowSet::index_again() {
  index_.assign(std::bit_ceil(4 * edges_.size()), 0);
  for (std::uint32_t place = 0; place < edges_.size(); ++place) {
    index_[find(edges_[place].user)] = place + 1;
  }
}

void FollowSet::remove(std::uint32_t place) {
  if (!index_.empty()) {
    const std::size_t last = index_.size() - 1;
    std::size_t hole = find(edges_[place].user);
    // Those behind it that were pushed on by it move up (Knuth 6.4, algorithm R).
    for (std::size_t at = (hole + 1) & last; index_[at] != 0; at = (at + 1) & last) {
      const std::size_t home = spread(edges_[index_[at] - 1].user, index_.size());
      if (((at - home) & last) < ((at - hole) & last)) continue;
      index_[hole] = index_[at];
      hole = at;
    }
    index_[hole] = 0;
    if (place + 1 < edges_.size()) index_[find(edges_.back().user)] = place + 1;
  }
  edges_[place] = edges_.back();
  edges_.pop_back();
}

void FollowSet::remove_all() {
  edges_ = {};
  index_ = {};
}

bool Followers::follow(Slot slot, FollowSet& set, UserId user) {
  if (set.has(user)) return false;
  if (user.number >= edges_.size()) edges_.resize(user.number + 1);
  std::vector<Edge>& of_user = edges_[user.number];
  const auto place = static_cast<std::uint32_t>(set.size());
  set.add({static_cast<std::uint32_t>(user.number), static_cast<std::uint32_t>(of_user.size())});
  of_user.push_back({slot, place});
  return true;
}

}  // namespace pastille::push
