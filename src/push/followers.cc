#include "push/followers.h"

#include <algorithm>

namespace pastille::push {

bool Followers::has(const FollowSet& set, UserId user) {
  return std::ranges::any_of(set, [&](const Followed& each) { return each.user == user.number; });
}

void Followers::follow(Slot slot, FollowSet& set, UserId user) {
  if (user.number >= edges_.size()) edges_.resize(user.number + 1);
  std::vector<Edge>& of_user = edges_[user.number];
  set.push_back(
      {static_cast<std::uint32_t>(user.number), static_cast<std::uint32_t>(of_user.size())});
  of_user.push_back({slot, static_cast<std::uint32_t>(set.size() - 1)});
}

}  // namespace pastille::push
