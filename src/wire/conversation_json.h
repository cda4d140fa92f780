// Conversations and messages as the contract writes them; frames use the same.
#pragma once

#include "core/conversation.h"
#include "wire/json_writer.h"

namespace pastille {

void write_message(JsonWriter& json, const Message& message);
// As `reader`, one of its members, sees it. `last`: its last message, nullptr when there is none
// or it was purged.
void write_conversation(JsonWriter& json, const Conversation& conversation, UserId reader,
                        const Message* last);

}  // namespace pastille
