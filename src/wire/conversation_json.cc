#include "wire/conversation_json.h"

namespace pastille {
namespace {

void write_mark(JsonWriter& json, std::string_view name, MessageId mark) {
  json.key(name);
  if (mark) {
    json.value(mark);
  } else {
    json.null();
  }
}

}  // namespace

void write_message(JsonWriter& json, const Message& message) {
  json.begin_object()
      .field("id", message.id)
      .field("conversation", message.conversation)
      .field("from", message.from)
      .field("text", message.text)
      .field("at", message.at)
      .end_object();
}

void write_conversation(JsonWriter& json, const Conversation& conversation, UserId reader,
                        const Message* last) {
  const std::size_t side = conversation.side(reader);
  json.begin_object()
      .field("id", conversation.id)
      .field("with", conversation.partner(reader))
      .key("last_message");
  if (last != nullptr) {
    write_message(json, *last);
  } else {
    json.null();
  }
  json.field("unread", conversation.unread[side]);
  write_mark(json, "read_up_to", conversation.read_up_to[side]);
  write_mark(json, "partner_read_up_to", conversation.read_up_to[1 - side]);
  json.field("changed_at", conversation.changed_at).end_object();
}

}  // namespace pastille
