#include "app/mark_read.h"

#include <algorithm>

#include "app/finding.h"

namespace pastille {

Result<ConversationId> MarkRead::decide(Draft& draft, const Acting& who,
                                        const Context& context) const {
  if (auto may = require_session(who); !may) return std::unexpected(may.error());
  const auto found = find_own_conversation(draft.now(), conversation, who.user);
  if (!found) return std::unexpected(found.error());
  Conversation after = **found;
  if (!up_to || !*up_to || *up_to > after.last_message) {
    return refuse_field("/up_to", "There is no such message in this conversation.");
  }
  const std::size_t mine = after.side(who.user);
  if (*up_to <= after.read_up_to[mine]) return conversation;
  after.read_up_to[mine] = *up_to;
  if (*up_to == after.last_message) after.unread[mine] = 0;
  after.changed_at = std::max(context.now.wall, after.changed_at);
  draft.change(ConversationPut{after});
  return conversation;
}

}  // namespace pastille
