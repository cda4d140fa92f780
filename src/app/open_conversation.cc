#include "app/open_conversation.h"

#include <algorithm>
#include <utility>

namespace pastille {

Result<void> OpenConversation::permitted(const Organisation&, const Acting& who) const {
  if (!who.user) return refuse(Problem::kNotSignedIn, "Sign in and try again.");
  return require_session(who);
}

Result<OpenConversation::Answer> OpenConversation::decide(Draft& draft, const Acting& who,
                                                          const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  if (!with) return refuse_field("/with", "A conversation is with somebody.");
  if (*with == who.user) return refuse_field("/with", "One has no conversation with oneself.");
  // Also with somebody who left since: what was said stays.
  if (const auto* found = draft.now().conversation_of.find(std::pair(who.user, *with))) {
    return Answer{.conversation = *found};
  }
  const Person* partner = draft.now().person(*with);
  if (partner == nullptr || partner->erased || !partner->active) {
    return refuse_field("/with", "There is no such active person.");
  }
  const ConversationId id{draft.now().next.conversation};
  draft.change(ConversationPut{Conversation{
      .id = id,
      .members = {std::min(who.user, *with), std::max(who.user, *with)},
      .last_message = {},
      .read_up_to = {},
      .created_at = context.now.wall,
      .changed_at = context.now.wall,
  }});
  return Answer{.conversation = id, .made = true};
}

}  // namespace pastille
