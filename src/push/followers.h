// Who follows whom, both ways round: a person's followers, and the set of each follower. Following,
// dropping and leaving cost what the set holds, never what a person's followers are; 16 bytes an
// edge. Followers are the slots of a hub's connections. One thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/ids.h"

namespace pastille::push {

using Slot = std::uint32_t;  // place of a connection in its hub

// One edge, as its follower keeps it.
struct Followed {
  std::uint32_t user;      // UserId's number
  std::uint32_t position;  // of the edge among that person's followers
};
// The set of one follower; the follower owns it and gives it to each call.
using FollowSet = std::vector<Followed>;

class Followers {
 public:
  // The sets of all followers must be reachable, because an edge that moves is noted in its set.
  // `set_of(slot)` gives them.
  struct Edge {
    Slot slot;
    std::uint32_t position;  // of the edge in its follower's set
  };

  static bool has(const FollowSet& set, UserId user);

  // Not there before (see has()).
  void follow(Slot slot, FollowSet& set, UserId user);
  // True: it was there.
  template <class SetOf>
  bool drop(FollowSet& set, UserId user, SetOf set_of) {
    for (std::uint32_t i = 0; i < set.size(); ++i) {
      if (set[i].user != user.number) continue;
      cut(set[i], set_of);
      set[i] = set.back();
      set.pop_back();
      if (i < set.size()) edges_[set[i].user][set[i].position].position = i;
      return true;
    }
    return false;
  }
  template <class SetOf>
  void drop_all(FollowSet& set, SetOf set_of) {
    while (!set.empty()) {
      cut(set.back(), set_of);
      set.pop_back();
    }
    set.shrink_to_fit();
  }

  std::span<const Edge> of(UserId user) const {
    return user.number < edges_.size() ? std::span<const Edge>(edges_[user.number])
                                       : std::span<const Edge>();
  }

 private:
  // Takes the edge out of the person's followers; the last of those takes its place.
  template <class SetOf>
  void cut(Followed edge, SetOf set_of) {
    std::vector<Edge>& of_user = edges_[edge.user];
    const Edge moved = of_user.back();
    of_user.pop_back();
    if (edge.position == of_user.size()) return;
    of_user[edge.position] = moved;
    set_of(moved.slot)[moved.position].position = edge.position;
  }

  std::vector<std::vector<Edge>> edges_;  // by UserId's number
};

}  // namespace pastille::push
