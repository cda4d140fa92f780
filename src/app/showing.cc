#include "app/showing.h"

#include <utility>
#include <vector>

namespace pastille {
namespace {

bool same_on_board(const Entry& left, const Entry& right) {
  return left.status == right.status && left.note == right.note && left.until == right.until &&
         left.since == right.since;
}

}  // namespace

void show(Draft& draft, UserId user, const Presence& after, const Context& context, Time at) {
  const Presence* before = draft.now().presence(user);
  if (before == nullptr) return;
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
  if (!step || context.settings.own_history_kept.count() == 0) return;
  const Status* status = draft.now().status(entry.status);
  draft.change(OwnHistoryAdded{
      OwnHistoryItem{.user = user,
                     .at = at,
                     .status = entry.status,
                     .name = status == nullptr ? std::string() : status->fields.name.text,
                     .type = entry.type,
                     .note = entry.note}});
}

void end_presence(Draft& draft, UserId user, SessionId session, const Context& context) {
  const Presence* before = draft.now().presence(user);
  if (before == nullptr) return;
  const std::vector<Connection> connections = before->connections;
  bool ended = false;
  for (const Connection& each : connections) {
    if (session && each.session != session) continue;
    draft.change(ConnectionClosed{.user = user, .connection = each.id});
    ended = true;
  }
  const Presence* left = draft.now().presence(user);
  if (!left->connections.empty()) return;
  // Someone in the grace of another session keeps it.
  if (session && !ended) return;
  if (left->grace_ends) draft.change(GraceSet{.user = user, .ends = {}});
  show(draft, user, depart(*draft.now().presence(user)), context);
}

}  // namespace pastille
