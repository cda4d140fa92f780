// What one commit means for the live side: built once on the workspace thread, then read by every
// hub. Immutable after it was built; the frames in it are shared by all connections of all hubs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/organisation.h"
#include "push/frame.h"

namespace pastille::push {

// An entry as JSON with a comma in front, so that frames are put together without copying: the
// first of a frame is sent from its second byte on.
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
  std::vector<ChangedEntry> entries;  // each person once, ascending by rev
  SharedFrame catalogue;              // null: no status changed
  SharedFrame people;                 // null: nothing changed that the directory shows
  bool config[kConfigParts] = {};
  std::vector<UserId> selves;         // whose own account changed
  std::vector<RoleId> roles;          // changed: their holders' permissions may have
  std::vector<Note> messages;         // messages and read marks
  std::vector<UserId> conversations;  // whose list of conversations changed otherwise
  std::vector<EndedAccess> ended;
};

}  // namespace pastille::push
