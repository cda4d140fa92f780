// What one commit means for the live side: built once on the workspace thread, then read by every
// hub. Immutable once a hub has it; the frames in it are shared by all connections of all hubs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/organisation.h"
#include "push/frame.h"

namespace pastille::push {

// An entry as JSON with a comma in front and up to its rev, so that frames are put together without
// copying: the first of a frame is sent from its second byte on, and each is told at the frame's
// own seq.
using Piece = std::shared_ptr<const std::string>;

struct ChangedEntry {
  UserId user;
  std::uint64_t rev = 0;
  Piece piece;
};

// For all connections of one person.
struct Note {
  UserId to;
  SharedFrame frame;
};

// In the order of Owed.
enum class ConfigPart : std::uint8_t { kRoles, kTeams, kUsers, kAudit };
inline constexpr std::size_t kConfigParts = 4;

// Connections that came with this end; all of the person when neither is named. user {}: not known
// whose it was.
struct EndedAccess {
  UserId user;
  std::variant<std::monostate, SessionId, TokenId> access;
};

struct Bulletin {
  std::shared_ptr<const Organisation> before;  // null: not known
  std::shared_ptr<const Organisation> after;
  std::vector<ChangedEntry> entries;  // ascending by rev; of one commit each person once
  std::vector<UserId> people;         // whom the directory shows otherwise now
  bool config[kConfigParts] = {};
  std::vector<UserId> selves;         // whose own account changed
  std::vector<RoleId> roles;          // changed: their holders' permissions may have
  std::vector<Note> messages;         // messages and read marks
  std::vector<UserId> conversations;  // whose list of conversations changed otherwise
  std::vector<EndedAccess> ended;
};

// What both say, `next` being the one that follows, no longer than what changed of how many: of
// messages that there are some.
void merge(Bulletin& into, const Bulletin& next);

}  // namespace pastille::push
