// /conversations: one's own, last changed first, each with its last message.
#include "app/open_conversation.h"
#include "core/limits.h"
#include "http/once_only.h"
#include "http/page.h"
#include "http/resources.h"
#include "wire/conversation_json.h"
#include "wire/fields.h"

namespace pastille::http {
namespace {

using Own = Keyed<Box<Conversation>>;

// Last changed first is the list descending.
std::string order_key(const Conversation& conversation) {
  const auto changed = conversation.changed_at.time_since_epoch().count();
  return key_of(static_cast<std::uint64_t>(changed)) + key_of(conversation.id.number);
}

std::vector<Own> own_conversations(const Organisation& organisation, UserId reader,
                                   std::optional<Time> changed_after) {
  std::vector<Own> own;
  organisation.conversation_of.for_each_from(
      std::pair(reader, UserId{}), [&](const std::pair<UserId, UserId>& pair, ConversationId id) {
        if (pair.first != reader) return false;
        const Box<Conversation>* found = organisation.conversations.find(id);
        if (found != nullptr && (!changed_after || (*found)->changed_at >= *changed_after)) {
          own.push_back({order_key(**found), *found});
        }
        return true;
      });
  return own;
}

// The last messages of those that the page will show are read in one go.
std::vector<MessageId> last_messages(std::vector<Own>& own, const std::string& after,
                                     std::size_t limit) {
  std::ranges::sort(own, std::ranges::greater{}, &Own::key);
  std::vector<MessageId> ids;
  for (const Own& each : own) {
    if (!after.empty() && each.key >= after) continue;
    if (each.item->last_message) ids.push_back(each.item->last_message);
    if (ids.size() == limit) break;
  }
  return ids;
}

Response list_page(const Call& call, std::vector<Own> own, const std::string& after,
                   std::size_t limit, Archive& archive) {
  std::map<MessageId, Message> messages;
  for (Message& each : archive.messages_by_id(last_messages(own, after, limit), reads_from(call))) {
    messages.emplace(each.id, std::move(each));
  }
  const auto write = [&](JsonWriter& json, const Box<Conversation>& conversation) {
    const auto last = messages.find(conversation->last_message);
    write_conversation(json, *conversation, call.who.user,
                       last != messages.end() ? &last->second : nullptr);
  };
  return json_response(200, page_json(call.request, std::move(own), true, after, limit, write));
}

void list_conversations(Call call) {
  Query query(call.request, call.parts().unicode);
  const auto changed_after = query.time("changed_after");
  const std::size_t limit = query.limit();
  const std::string after = query.cursor();
  if (!query.good()) return call.invalid(query.take_faults());
  auto own = own_conversations(*call.organisation, call.who.user, changed_after);
  run_read(std::move(call),
           [own = std::move(own), after, limit](const Call& from, Archive& archive) {
             return list_page(from, own, after, limit, archive);
           });
}

// The last message of a conversation that is there already: its text is in the archive, and the
// answer may have to be written where nothing can be read.
std::optional<Message> last_message_with(const Call& call, const OpenConversation& command,
                                         Archive& archive) {
  const ConversationId* found =
      command.with
          ? call.organisation->conversation_of.find(std::pair(call.who.user, *command.with))
          : nullptr;
  if (found == nullptr) return std::nullopt;
  const MessageId last = call.organisation->conversation(*found)->last_message;
  if (!last) return std::nullopt;
  std::vector<Message> messages = archive.messages_by_id({last}, reads_from(call));
  if (messages.empty()) return std::nullopt;
  return std::move(messages.front());
}

Response opened(const Organisation& organisation, UserId reader,
                const OpenConversation::Answer& answer, const std::optional<Message>& last) {
  std::string out;
  JsonWriter json(out);
  write_conversation(json, *organisation.conversation(answer.conversation), reader,
                     last ? &*last : nullptr);
  return json_response(answer.made ? 201 : 200, std::move(out));
}

void open_conversation(Call call) {
  std::vector<FieldError> faults;
  Fields fields(call.body, faults);
  const OpenConversation command{.with = fields.id<UserId>("with", "person")};
  fields.nothing_else();
  after_reading(
      std::move(call),
      [command](const Call& from, Archive& archive) {
        return last_message_with(from, command, archive);
      },
      [command, faults](Call from, std::optional<Message> last) {
        run_once(std::move(from), command, faults,
                 [last = std::move(last)](const Organisation& organisation, UserId reader,
                                          const OpenConversation::Answer& answer) {
                   return opened(organisation, reader, answer, last);
                 });
      });
}

}  // namespace

void add_conversations(Site& site) {
  site.routes.add("/api/v1/conversations",
                  {Route{Method::kGet, Access::kSession, Body::kNone, list_conversations}.taking(
                       {"changed_after", "limit", "cursor"}),
                   {Method::kPost, Access::kSession, Body::kJson, open_conversation}});
}

}  // namespace pastille::http
