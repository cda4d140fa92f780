// Opens a conversation with a colleague, or finds the one that is there.
#pragma once

#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct OpenConversation {
  std::optional<UserId> with;  // required: somebody active, not oneself

  struct Answer {
    ConversationId conversation;
    bool made = false;  // false: it was there
  };
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kNotSignedIn (nobody in person), kScopeMissing, kInvalid
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
