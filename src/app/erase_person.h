// Erases a person who left: login, name, own history, notes, tokens, sessions and invitations. The
// id stays, in histories, audit and conversations, as a former colleague. Takes users.manage. In
// pieces: while more people have them pinned than one piece, those unpin them and they stay.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"
#include "app/pieces.h"

namespace pastille {

struct ErasePerson {
  UserId user;
  std::optional<std::uint64_t> expected_version;

  struct Answer {
    bool done = true;
  };
  // kNotFound, kPermissionMissing, kInvalid (still active), kStaleVersion
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
  static std::optional<Answer> go_on(Answer piece);
  static void broken_off(Refusal&) {}  // who unpinned somebody who left misses nothing
};

}  // namespace pastille
