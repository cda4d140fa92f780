// The whole state of an organisation as one value. Copying it is cheap (persistent maps): the
// workspace decides a batch on a copy, and I/O threads read the copy that was published last.
// Only apply() changes it, and only with changes that rules made: it checks nothing.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/change.h"
#include "core/epochs.h"
#include "core/persistent_map.h"

namespace pastille {

// Position = epoch + seq. seq: the number of the last committed event, without gaps.
struct Position {
  std::string epoch;
  std::uint64_t seq = 0;
};

// The next number of each kind of id.
struct NextIds {
  std::uint64_t user = 1, status = kFirstCustomStatus, team = 1, role = kFirstCustomRole,
                conversation = 1, message = 1, session = 1, token = 1, invitation = 1;
};

struct RecordedAnswer {
  SecretHash fingerprint;
  Time at;
};

struct Organisation {
  std::string own_id;  // 32 hex digits, random and for ever; the database made it
  std::uint64_t seq = 0;
  Epochs epochs;  // ascending; the last is the present one
  NextIds next;

  PersistentMap<StatusId, Box<Status>> statuses;      // deleted ones too
  PersistentMap<std::string, StatusId> status_names;  // folded main names of live ones
  std::uint64_t catalogue_version = 0;                // greatest rev of a status
  std::size_t live_statuses = 0;

  PersistentMap<UserId, Box<Person>> people;  // inactive and erased ones too
  PersistentMap<std::string, UserId> logins;  // folded
  PersistentMap<External, UserId> externals;
  PersistentMap<UserId, bool> renewals_pending;       // people whose sign-in is to be renewed
  PersistentMap<External, UserId> externals_pending;  // of them, those by another subject
  std::uint64_t directory_version = 0;                // greatest rev of a person
  PersistentMap<TeamId, Box<Team>> teams;
  PersistentMap<TeamId, std::size_t> team_sizes;  // active people who are in it
  PersistentMap<std::string, TeamId> team_names;
  PersistentMap<std::pair<TeamId, UserId>, bool> team_members;  // inactive ones too
  PersistentMap<std::pair<UserId, UserId>, bool> pinned_by;     // (who is pinned, by whom)
  PersistentMap<RoleId, Box<Role>> roles;
  PersistentMap<std::string, RoleId> role_names;
  PersistentMap<RoleId, std::size_t> role_members;  // people not erased who hold it
  std::size_t active_administrators = 0;            // active people with kAdministratorRole

  PersistentMap<UserId, Box<Presence>> presences;  // one for every person
  // People per status shown now (offline ones under the offline status), erased ones nowhere.
  PersistentMap<StatusId, std::size_t> shown;
  // Who shows a custom status, has it pending or chose it last.
  PersistentMap<std::pair<StatusId, UserId>, bool> status_holders;
  PersistentMap<std::pair<NodeId, ConnectionId>, UserId> connections_at;  // several nodes only

  PersistentMap<SessionId, Box<Session>> sessions;
  PersistentMap<SecretHash, SessionId> session_secrets;
  PersistentMap<std::pair<UserId, SessionId>, bool> sessions_of;
  PersistentMap<TokenId, Box<Token>> tokens;
  PersistentMap<SecretHash, TokenId> token_secrets;
  PersistentMap<std::pair<UserId, TokenId>, bool> tokens_of;
  PersistentMap<InvitationId, Box<Invitation>> invitations;
  PersistentMap<SecretHash, InvitationId> invitation_secrets;
  PersistentMap<std::pair<UserId, InvitationId>, bool> invitations_of;

  PersistentMap<ConversationId, Box<Conversation>> conversations;
  PersistentMap<std::pair<UserId, UserId>, ConversationId> conversation_of;  // (a, b) and (b, a)

  using AnswerName = std::pair<UserId, std::string>;
  PersistentMap<AnswerName, RecordedAnswer> answers;  // of 24 h
  PersistentMap<std::pair<Time, AnswerName>, bool> answers_by_age;

  std::optional<SealingKey> sealing_key;  // from the first start on

  // Makes the change, its indexes and counts. `seq` is set by the caller after the last change of
  // an event.
  void apply(const Change& change);
  // All its changes, and its number where it has one.
  void apply(const Event& event);

  const Status* status(StatusId id) const { return at(statuses, id); }
  const Person* person(UserId id) const { return at(people, id); }
  const Team* team(TeamId id) const { return at(teams, id); }
  const Role* role(RoleId id) const { return at(roles, id); }
  const Presence* presence(UserId id) const { return at(presences, id); }
  const Session* session(SessionId id) const { return at(sessions, id); }
  const Token* token(TokenId id) const { return at(tokens, id); }
  const Conversation* conversation(ConversationId id) const { return at(conversations, id); }

  Position position() const { return {epochs.empty() ? std::string() : epochs.back().id, seq}; }
  // A position (E, N) is good when E is known and N lies below the next epoch's first seq.
  bool knows(const Position& position) const;
  std::size_t shown_by(StatusId id) const;

 private:
  template <class Key, class T>
  static const T* at(const PersistentMap<Key, Box<T>>& map, Key key) {
    const Box<T>* found = map.find(key);
    return found == nullptr ? nullptr : found->get();
  }
};

}  // namespace pastille
