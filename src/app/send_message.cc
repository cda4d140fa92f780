#include "app/send_message.h"

#include <algorithm>
#include <utility>

#include "app/finding.h"
#include "core/label.h"
#include "core/limits.h"

namespace pastille {
namespace {

// Line ends of other systems become line feeds.
std::string with_line_feeds(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

}  // namespace

Result<void> SendMessage::permitted(const Organisation& organisation, const Acting& who) const {
  if (auto may = require_session(who); !may) return may;
  const auto found = find_own_conversation(organisation, conversation, who.user);
  return found ? Result<void>() : std::unexpected(found.error());
}

Result<Message> SendMessage::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  const Conversation* found = draft.now().conversation(conversation);
  if (!text) return refuse_field("/text", "A message needs a text.");
  Result<std::string> tidy =
      parse_text(with_line_feeds(*text),
                 {.pointer = "/text", .most = limits::kMessage, .message = true}, context.unicode);
  if (!tidy) return std::unexpected(tidy.error());

  Conversation after = *found;
  Message message{.id = MessageId{draft.now().next.message},
                  .conversation = conversation,
                  .from = who.user,
                  .text = *std::move(tidy),
                  .at = std::max(context.now.wall, after.changed_at)};
  const std::size_t mine = after.side(who.user);
  after.last_message = message.id;
  after.read_up_to[mine] = message.id;
  after.unread[mine] = 0;
  ++after.unread[1 - mine];
  after.changed_at = message.at;
  draft.change(MessageAdded{message});
  draft.change(ConversationPut{after});
  return message;
}

}  // namespace pastille
