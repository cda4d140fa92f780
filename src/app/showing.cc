#include "app/showing.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace pastille {
namespace {

bool same_on_board(const Entry& left, const Entry& right) {
  return left.status == right.status && left.type == right.type && left.note == right.note &&
         left.until == right.until && left.since == right.since;
}

}  // namespace

void show(Draft& draft, UserId user, const Presence& after, const Context& context, Time at) {
  const Presence* before = draft.now().presence(user);
  if (before == nullptr) return;
  // A step never begins before the one that it follows, also when the clock was set back.
  at = std::max({at, before->last_step, before->entry.since.value_or(at)});
  const bool visible = !same_on_board(before->entry, after.entry);
  if (!visible && before->pending == after.pending && before->last_chosen == after.last_chosen) {
    return;
  }
  const bool step =
      before->entry.status != after.entry.status || before->entry.note != after.entry.note;
  Entry entry = after.entry;
  entry.rev = visible ? draft.seq() : before->entry.rev;
  draft.change(EntryPut{
      .user = user, .entry = entry, .pending = after.pending, .last_chosen = after.last_chosen});
  if (step) add_to_history(draft, user, entry, context, at);
}

void add_to_history(Draft& draft, UserId user, const Entry& entry, const Context& context,
                    Time at) {
  if (context.settings.own_history_kept.count() == 0) return;
  const Status* status = draft.now().status(entry.status);
  draft.change(OwnHistoryAdded{
      OwnHistoryItem{.user = user,
                     .at = at,
                     .status = entry.status,
                     .name = status == nullptr ? std::string() : status->fields.name.text,
                     .type = entry.type,
                     .note = entry.note}});
}

void end_presence(Draft& draft, UserId user, Ended ended, const Context& context) {
  const Presence* before = draft.now().presence(user);
  if (before == nullptr) return;
  const auto came_with = [&](const Connection& each) {
    if (const auto* session = std::get_if<SessionId>(&ended)) return each.session == *session;
    if (const auto* token = std::get_if<TokenId>(&ended)) return each.token == *token;
    return true;
  };
  for (const Connection& each : std::vector<Connection>(before->connections)) {
    if (came_with(each)) {
      draft.change(ConnectionClosed{.user = user, .connection = each.id, .node = each.node});
    }
  }
  const Presence left = *draft.now().presence(user);
  // Others go on: a connection, or the grace after one that came with something else.
  if (!left.connections.empty() || !came_with(left.last_closed)) return;
  if (left.grace_ends) draft.change(GraceSet{.user = user, .ends = {}});
  show(draft, user, depart(left), context);
}

}  // namespace pastille
