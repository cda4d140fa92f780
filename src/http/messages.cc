// /conversations/{id}/messages and the read mark. Others' conversations are 404.
#include "app/mark_read.h"
#include "app/send_message.h"
#include "core/limits.h"
#include "http/once_only.h"
#include "http/resources.h"
#include "wire/conversation_json.h"
#include "wire/fields.h"

namespace pastille::http {
namespace {

const Conversation* own_conversation(const Call& call) {
  const Conversation* found = call.organisation->conversation(call.id<ConversationId>());
  return found != nullptr && found->has(call.who.user) ? found : nullptr;
}

void list_messages(Call call) {
  const Conversation* conversation = own_conversation(call);
  if (conversation == nullptr) {
    return call.refuse({.problem = Problem::kNotFound, .detail = "There is no such conversation."});
  }
  Query query(call.request, call.parts().unicode);
  const PageRequest page = page_request(query);
  if (!query.good()) return call.invalid(query.take_faults());
  const ConversationId id = conversation->id;
  run_read(std::move(call), [id, page](const Call& from, Archive& archive) {
    return page_response(from, archive.messages(id, reads_from(from), page), write_message);
  });
}

void send_message(Call call) {
  std::vector<FieldError> faults;
  Fields fields(call.body, faults);
  SendMessage command{.conversation = call.id<ConversationId>(), .text = fields.text("text")};
  fields.nothing_else({"id", "conversation", "from", "at"});
  const std::size_t bytes = command.text.value_or("").size() + limits::kMessageOverhead;
  if (!call.take(Share::kMessages, bytes) || !call.take(Share::kMessagesADay, bytes)) return;
  run_once(std::move(call), std::move(command), std::move(faults),
           [](const Organisation&, UserId, const Message& message) {
             std::string out;
             JsonWriter json(out);
             write_message(json, message);
             return json_response(201, std::move(out));
           });
}

// What marking needs of the archive: whether the message is one of this conversation, and the last
// message, for the answer.
struct Marked {
  bool known = false;
  std::optional<Message> last;
};

Marked read_marked(const Call& call, const MarkRead& command, Archive& archive) {
  Marked marked;
  const Conversation* conversation = own_conversation(call);
  if (conversation == nullptr) return marked;
  std::vector<MessageId> ids;
  if (command.up_to) ids.push_back(*command.up_to);
  if (conversation->last_message) ids.push_back(conversation->last_message);
  for (Message& each : archive.messages_by_id(ids, reads_from(call))) {
    if (each.conversation != conversation->id) continue;
    if (each.id == command.up_to) marked.known = true;
    if (each.id == conversation->last_message) marked.last = std::move(each);
  }
  return marked;
}

void mark_read(Call call) {
  std::vector<FieldError> faults;
  Fields fields(call.body, faults);
  const MarkRead command{.conversation = call.id<ConversationId>(),
                         .up_to = fields.id<MessageId>("up_to", "message")};
  fields.nothing_else();
  after_reading(
      std::move(call),
      [command](const Call& from, Archive& archive) { return read_marked(from, command, archive); },
      [command, faults](Call from, Marked marked) mutable {
        if (command.up_to && !marked.known) {
          faults.push_back({"/up_to", "There is no such message in this conversation."});
        }
        run_command(std::move(from), command, std::move(faults),
                    [last = std::move(marked.last)](const Organisation& organisation, UserId reader,
                                                    ConversationId id) {
                      std::string out;
                      JsonWriter json(out);
                      write_conversation(json, *organisation.conversation(id), reader,
                                         last ? &*last : nullptr);
                      return json_response(200, std::move(out));
                    });
      });
}

}  // namespace

void add_messages(Site& site) {
  site.routes.add("/api/v1/conversations/{id}/messages",
                  {Route{Method::kGet, Access::kSession, Body::kNone, list_messages}.taking(
                       {"limit", "cursor"}),
                   {Method::kPost, Access::kSession, Body::kJson, send_message}});
  site.routes.add("/api/v1/conversations/{id}/read",
                  {{Method::kPut, Access::kSession, Body::kJson, mark_read}});
}

}  // namespace pastille::http
