// /conversations/{id}/messages and the read mark. Others' conversations are 404.
#include "http/command.h"
#include "http/read.h"
#include "http/resources.h"
#include "wire/conversation_json.h"

namespace pastille::http {
namespace {

const Conversation* own_conversation(const Call& call) {
  const Conversation* found = call.organisation->conversation(call.id<ConversationId>());
  return found != nullptr && found->has(call.who.user) ? found : nullptr;
}

void list(Call call) {
  const Conversation* conversation = own_conversation(call);
  if (conversation == nullptr) {
    return call.refuse({.problem = Problem::kNotFound, .detail = "There is no such conversation."});
  }
  Query query(call.request, call.parts().unicode);
  const PageRequest page = page_request(query);
  if (!query.good()) return call.invalid(query.take_faults());
  const ConversationId id = conversation->id;
  run_read(std::move(call), [id, page](const Call& from, Archive& archive) {
    return page_response(from, archive.messages(id, page), write_message);
  });
}

}  // namespace

void add_messages(Site& site) {
  site.routes.add("/api/v1/conversations/{id}/messages",
                  {{Method::kGet, Access::kSession, Body::kNone, list}});
}

}  // namespace pastille::http
