// Marks a conversation as read up to a message. Never goes back.
#pragma once

#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct MarkRead {
  ConversationId conversation;
  std::optional<MessageId> up_to;  // required; that it is of this conversation, the caller checks

  using Answer = ConversationId;
  // An earlier message changes nothing. What came after `up_to` is not counted again: until the
  // last message is read, unread stays what it was.
  // kNotFound (also to who is not a member), kScopeMissing, kInvalid
  Result<ConversationId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
