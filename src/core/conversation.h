// One-to-one conversations. Heads are kept in memory, texts in the store.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace pastille {

struct Conversation {
  ConversationId id;
  std::array<UserId, 2> members;          // ascending
  MessageId last_message;                 // {}: none yet
  std::array<MessageId, 2> read_up_to;    // of members[0], members[1]
  std::array<std::uint32_t, 2> unread{};  // of members[0], members[1]
  Time created_at = {};
  Time changed_at = {};  // last message or read mark

  bool has(UserId user) const { return members[0] == user || members[1] == user; }
  std::size_t side(UserId user) const { return members[0] == user ? 0 : 1; }
  UserId partner(UserId user) const { return members[1 - side(user)]; }
  friend bool operator==(const Conversation&, const Conversation&) = default;
};

struct Message {
  MessageId id;
  ConversationId conversation;
  UserId from;
  std::string text;
  Time at = {};
  friend bool operator==(const Message&, const Message&) = default;
};

}  // namespace pastille
