// Long work in pieces. A use case that may change many people at once (an import, a status that
// many hold is deleted) would keep the writer from everybody else if it were one command. It is
// given as several instead, each decided, committed and published by itself, with the commands of
// others between them.
//
// Such a use case has, besides decide(), which does at most one piece of limits::kPiecePeople:
//   std::optional<Answer> go_on(Answer piece);  // after the piece was committed: the answer to the
//                                               // whole, nullopt while decide() has more to do
//   void broken_off(Refusal& why) const;        // what was done before stays: says so in `why`
// Both are called on the workspace thread.
//
// Each piece must leave a state that is right by itself, because it is seen, and what is refused
// later (the actor lost the permission, the server stops, the database is lost) stays undone.
#pragma once

#include <concepts>
#include <optional>
#include <utility>
#include <vector>

#include "core/limits.h"
#include "core/persistent_map.h"
#include "core/refusal.h"

namespace pastille {

template <class UseCase>
concept InPieces =
    requires(UseCase& work, const UseCase& done, typename UseCase::Answer piece, Refusal& why) {
      { work.go_on(piece) } -> std::same_as<std::optional<typename UseCase::Answer>>;
      { done.broken_off(why) } -> std::same_as<void>;
    };

// Those whom one piece changes.
struct Piece {
  std::vector<UserId> people;
  bool last = true;  // there are no more
};

// The first of `key` in an index (key, person).
template <class Key>
Piece first_piece(const PersistentMap<std::pair<Key, UserId>, bool>& index, Key key) {
  Piece piece;
  index.for_each_from(std::pair(key, UserId{}), [&](const auto& each, bool) {
    if (each.first != key) return false;
    piece.last = piece.people.size() < limits::kPiecePeople;
    if (piece.last) piece.people.push_back(each.second);
    return piece.last;
  });
  return piece;
}

}  // namespace pastille
