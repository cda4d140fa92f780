#include "core/organisation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pastille {
namespace {

// Counts up or down; a count of zero is not kept.
template <class Key>
void count(PersistentMap<Key, std::size_t>& counts, Key key, int by) {
  const std::size_t* before = counts.find(key);
  const std::size_t after =
      static_cast<std::size_t>(static_cast<std::ptrdiff_t>(before == nullptr ? 0 : *before) + by);
  if (after == 0) {
    counts.erase(key);
  } else {
    counts.set(key, after);
  }
}

template <class AnyId>
void use(std::uint64_t& next, AnyId id) {
  next = std::max(next, id.number + 1);
}

// What stands in one of the two and not in the other is taken out of the index or put into it;
// `key` makes the index's key of it.
template <class Index, class Among, class MakeKey>
void reindex(Index& index, const Among& before, const Among& after, MakeKey key) {
  for (const auto& each : before) {
    if (each && std::ranges::find(after, each) == after.end()) index.erase(key(each));
  }
  for (const auto& each : after) {
    if (each && std::ranges::find(before, each) == before.end()) index.set(key(each), true);
  }
}

// The custom statuses that a person has to leave when they are deleted; {} stands for none.
std::array<StatusId, 3> held(const Presence& presence) {
  const auto custom = [](StatusId id) { return id.number >= kFirstCustomStatus ? id : StatusId{}; };
  return {custom(presence.entry.status),
          presence.pending ? custom(presence.pending->status) : StatusId{},
          custom(presence.last_chosen)};
}

bool is_active_administrator(const Person& person) {
  return person.active && !person.erased && person.role == kAdministratorRole;
}

// One overload a kind of change.
class Applying {
 public:
  explicit Applying(Organisation& organisation) : o_(organisation) {}

  void operator()(const StatusPut& put) {
    const Status& status = put.status;
    if (const Status* before = o_.status(status.id); before != nullptr && !before->deleted) {
      o_.status_names.erase(before->fields.name.folded);
      --o_.live_statuses;
    }
    if (!status.deleted) {
      o_.status_names.set(status.fields.name.folded, status.id);
      ++o_.live_statuses;
    }
    use(o_.next.status, status.id);
    o_.catalogue_version = std::max(o_.catalogue_version, status.rev);
    o_.statuses.set(status.id, boxed(status));
  }

  void operator()(const PersonPut& put) {
    const Person& person = put.person;
    const Person* before = o_.person(person.id);
    if (before != nullptr) {
      forget_counts(*before);
    } else {
      o_.presences.set(person.id, boxed(Presence{}));
    }
    remember_counts(person, before != nullptr && before->erased);
    static const Person kNobody;
    const Person& was = before == nullptr ? kNobody : *before;
    reindex(o_.team_members, was.teams, person.teams,
            [&](TeamId team) { return std::pair(team, person.id); });
    reindex(o_.pinned_by, was.pinned, person.pinned,
            [&](UserId pinned) { return std::pair(pinned, person.id); });
    use(o_.next.user, person.id);
    o_.directory_version = std::max(o_.directory_version, person.rev);
    o_.people.set(person.id, boxed(person));
  }

  void operator()(const TeamPut& put) {
    if (const Team* before = o_.team(put.team.id)) o_.team_names.erase(before->name.folded);
    o_.team_names.set(put.team.name.folded, put.team.id);
    use(o_.next.team, put.team.id);
    o_.teams.set(put.team.id, boxed(put.team));
  }
  void operator()(const TeamDropped& dropped) {
    if (const Team* before = o_.team(dropped.id)) o_.team_names.erase(before->name.folded);
    o_.teams.erase(dropped.id);
  }
  void operator()(const RolePut& put) {
    if (const Role* before = o_.role(put.role.id)) o_.role_names.erase(before->name.folded);
    o_.role_names.set(put.role.name.folded, put.role.id);
    use(o_.next.role, put.role.id);
    o_.roles.set(put.role.id, boxed(put.role));
  }
  void operator()(const RoleDropped& dropped) {
    if (const Role* before = o_.role(dropped.id)) o_.role_names.erase(before->name.folded);
    o_.roles.erase(dropped.id);
  }

  void operator()(const EntryPut& put) {
    change_presence(put.user, [&](Presence& presence) {
      presence.entry = put.entry;
      presence.pending = put.pending;
      presence.last_chosen = put.last_chosen;
    });
  }
  void operator()(const OwnHistoryAdded& added) {
    change_presence(added.item.user,
                    [&](Presence& presence) { presence.last_step = added.item.at; });
  }
  void operator()(const ConnectionOpened& opened) {
    change_presence(opened.user, [&](Presence& presence) {
      const auto found = find(presence.connections, opened.connection.node, opened.connection.id);
      if (found == presence.connections.end()) presence.connections.push_back(opened.connection);
    });
    const Connection& made = opened.connection;
    if (made.node) o_.connections_at.set({made.node, made.id}, opened.user);
  }
  void operator()(const ConnectionClosed& closed) {
    change_presence(closed.user, [&](Presence& presence) {
      const auto found = find(presence.connections, closed.node, closed.connection);
      if (found == presence.connections.end()) return;
      presence.last_closed = *found;
      presence.connections.erase(found);
    });
    if (closed.node) o_.connections_at.erase(std::pair(closed.node, closed.connection));
  }
  void operator()(const GraceSet& set) {
    change_presence(set.user, [&](Presence& presence) { presence.grace_ends = set.ends; });
  }

  void operator()(const SessionPut& put) {
    if (const Session* before = o_.session(put.session.id)) {
      o_.session_secrets.erase(before->secret);
    }
    o_.session_secrets.set(put.session.secret, put.session.id);
    o_.sessions_of.set({put.session.user, put.session.id}, true);
    use(o_.next.session, put.session.id);
    o_.sessions.set(put.session.id, boxed(put.session));
  }
  void operator()(const SessionDropped& dropped) {
    const Session* before = o_.session(dropped.id);
    if (before == nullptr) return;
    o_.session_secrets.erase(before->secret);
    o_.sessions_of.erase(std::pair(before->user, dropped.id));
    o_.sessions.erase(dropped.id);
  }
  void operator()(const TokenPut& put) {
    if (const Token* before = o_.token(put.token.id)) o_.token_secrets.erase(before->secret);
    o_.token_secrets.set(put.token.secret, put.token.id);
    o_.tokens_of.set({put.token.user, put.token.id}, true);
    use(o_.next.token, put.token.id);
    o_.tokens.set(put.token.id, boxed(put.token));
  }
  void operator()(const TokenDropped& dropped) {
    const Token* before = o_.token(dropped.id);
    if (before == nullptr) return;
    o_.token_secrets.erase(before->secret);
    o_.tokens_of.erase(std::pair(before->user, dropped.id));
    o_.tokens.erase(dropped.id);
  }
  void operator()(const InvitationPut& put) {
    o_.invitation_secrets.set(put.invitation.secret, put.invitation.id);
    o_.invitations_of.set({put.invitation.user, put.invitation.id}, true);
    use(o_.next.invitation, put.invitation.id);
    o_.invitations.set(put.invitation.id, boxed(put.invitation));
  }
  void operator()(const InvitationDropped& dropped) {
    const Box<Invitation>* before = o_.invitations.find(dropped.id);
    if (before == nullptr) return;
    o_.invitation_secrets.erase((*before)->secret);
    o_.invitations_of.erase(std::pair((*before)->user, dropped.id));
    o_.invitations.erase(dropped.id);
  }

  void operator()(const ConversationPut& put) {
    const Conversation& conversation = put.conversation;
    const auto& [first, second] = conversation.members;
    o_.conversation_of.set({first, second}, conversation.id);
    o_.conversation_of.set({second, first}, conversation.id);
    use(o_.next.conversation, conversation.id);
    use(o_.next.message, conversation.last_message);
    o_.conversations.set(conversation.id, boxed(conversation));
  }
  void operator()(const MessageAdded& added) { use(o_.next.message, added.message.id); }

  void operator()(const SealingKeyPut& put) { o_.sealing_key = put.key; }

  void operator()(const AnswerKept& kept) {
    const Organisation::AnswerName name(kept.user, kept.key);
    if (const RecordedAnswer* before = o_.answers.find(name)) {
      o_.answers_by_age.erase(std::pair(before->at, name));
    }
    o_.answers.set(name, RecordedAnswer{kept.fingerprint, kept.at});
    o_.answers_by_age.set({kept.at, name}, true);
  }
  void operator()(const AnswersPurged& purged) {
    std::vector<std::pair<Time, Organisation::AnswerName>> old;
    o_.answers_by_age.for_each([&](const auto& key, bool) {
      if (key.first >= purged.before) return false;
      old.push_back(key);
      return true;
    });
    for (const auto& each : old) {
      o_.answers.erase(each.second);
      o_.answers_by_age.erase(each);
    }
  }

  // Kept in the store only.
  void operator()(const StatusHistoryAdded&) {}
  void operator()(const OwnHistoryErased&) {}
  void operator()(const AuditAdded&) {}
  void operator()(const NodeDropped&) {}
  void operator()(const SignInTried&) {}

 private:
  static std::vector<Connection>::iterator find(std::vector<Connection>& among, NodeId node,
                                                ConnectionId id) {
    return std::ranges::find_if(
        among, [&](const Connection& each) { return each.node == node && each.id == id; });
  }

  template <class Edit>
  void change_presence(UserId user, Edit edit) {
    const Presence* before = o_.presence(user);
    if (before == nullptr) return;
    Presence after = *before;
    edit(after);
    const Person* person = o_.person(user);
    if (person != nullptr && !person->erased && before->entry.status != after.entry.status) {
      count(o_.shown, before->entry.status, -1);
      count(o_.shown, after.entry.status, +1);
    }
    if (const auto was = held(*before), is = held(after); was != is) {
      reindex(o_.status_holders, was, is, [&](StatusId status) { return std::pair(status, user); });
    }
    o_.presences.set(user, boxed(std::move(after)));
  }

  void forget_counts(const Person& before) {
    if (before.erased) return;
    o_.logins.erase(before.login.folded);
    if (before.external) o_.externals.erase(*before.external);
    if (const auto& pending = before.sign_in.pending) {
      o_.renewals_pending.erase(before.id);
      if (pending->external) o_.externals_pending.erase(*pending->external);
    }
    count(o_.role_members, before.role, -1);
    count_teams(before, -1);
    if (is_active_administrator(before)) --o_.active_administrators;
    count(o_.shown, o_.presence(before.id)->entry.status, -1);
  }
  void remember_counts(const Person& person, bool was_erased) {
    if (person.erased || was_erased) return;
    o_.logins.set(person.login.folded, person.id);
    if (person.external) o_.externals.set(*person.external, person.id);
    if (const auto& pending = person.sign_in.pending) {
      o_.renewals_pending.set(person.id, true);
      if (pending->external) o_.externals_pending.set(*pending->external, person.id);
    }
    count(o_.role_members, person.role, +1);
    count_teams(person, +1);
    if (is_active_administrator(person)) ++o_.active_administrators;
    count(o_.shown, o_.presence(person.id)->entry.status, +1);
  }

  void count_teams(const Person& person, int by) {
    if (!person.active) return;
    for (const TeamId team : person.teams) count(o_.team_sizes, team, by);
  }

  Organisation& o_;
};

}  // namespace

void Organisation::apply(const Change& change) { std::visit(Applying(*this), change); }

void Organisation::apply(const Event& event) {
  for (const Change& change : event.changes) apply(change);
  if (event.seq != 0) seq = event.seq;
}

bool Organisation::knows(const Position& position) const {
  const std::vector<Epoch>& all = epochs.all();
  for (auto epoch = all.begin(); epoch != all.end(); ++epoch) {
    if (epoch->id != position.epoch) continue;
    const auto following = std::next(epoch);
    return following == all.end() ? position.seq <= seq : position.seq < following->first_seq;
  }
  return false;
}

std::size_t Organisation::shown_by(StatusId id) const {
  const std::size_t* found = shown.find(id);
  return found == nullptr ? 0 : *found;
}

}  // namespace pastille
