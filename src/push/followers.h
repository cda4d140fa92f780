// Who follows whom, both ways round: a person's followers, and the set of each follower. Following,
// dropping and asking cost the same however large the set is, leaving costs what the set holds,
// never what a person's followers are; 16 bytes an edge, and 8 to 16 more in a set that is not
// small. Followers are the slots of a hub's connections. One thread.
#pragma once

#include <cstdint>
#include <optional>
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

// The set of one follower; the follower owns it and gives it to each call. Its order is no order.
class FollowSet {
 public:
  bool has(UserId user) const { return place_of(user).has_value(); }
  std::size_t size() const { return edges_.size(); }
  auto begin() const { return edges_.begin(); }
  auto end() const { return edges_.end(); }
  const Followed& operator[](std::uint32_t place) const { return edges_[place]; }

 private:
  friend class Followers;

  std::optional<std::uint32_t> place_of(UserId user) const;
  void add(Followed edge);
  // The last one takes its place.
  void remove(std::uint32_t place);
  void remove_all();
  // Where in the index this person stands, or would.
  std::size_t find(std::uint32_t user) const;
  void index_again();

  std::vector<Followed> edges_;
  // Place in edges_ plus one by the hash of the person, 0 where nobody is (linear probing, at most
  // half full). Empty while the set is so small that looking through it is faster.
  std::vector<std::uint32_t> index_;
};

class Followers {
 public:
  // The sets of all followers must be reachable, because an edge that moves is noted in its set.
  // `set_of(slot)` gives them.
  struct Edge {
    Slot slot;
    std::uint32_t position;  // of the edge in its follower's set
  };

  // False: it was there.
  bool follow(Slot slot, FollowSet& set, UserId user);
  // True: it was there.
  template <class SetOf>
  bool drop(FollowSet& set, UserId user, SetOf set_of) {
    const auto place = set.place_of(user);
    if (!place) return false;
    cut(set[*place], set_of);
    set.remove(*place);
    if (*place < set.size()) edges_[set[*place].user][set[*place].position].position = *place;
    return true;
  }
  template <class SetOf>
  void drop_all(FollowSet& set, SetOf set_of) {
    for (auto place = static_cast<std::uint32_t>(set.size()); place-- > 0;) {
      cut(set[place], set_of);
      set.edges_.pop_back();  // an edge that moves is in another set: nobody is twice in one
    }
    set.remove_all();
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
    FollowSet& set = set_of(moved.slot);
    set.edges_[moved.position].position = edge.position;
  }

  std::vector<std::vector<Edge>> edges_;  // by UserId's number
};

}  // namespace pastille::push
