// Writes a message in a conversation of one's own. Writing reads: one's own mark moves to it.
#pragma once

#include <optional>
#include <string>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct SendMessage {
  ConversationId conversation;
  std::optional<std::string> text;  // required

  using Answer = Message;
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kNotFound (also to who is not a member), kScopeMissing, kInvalid
  Result<Message> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
