// The changes that commands are made of. One command that changed something is one Event: numbered,
// atomic, all or nothing. Store::commit writes an event's changes to tables; Organisation::apply
// makes them in memory; another node does the same with the events it reads. Puts carry the whole
// new row, so applying twice is harmless.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/conversation.h"
#include "core/entry.h"
#include "core/history.h"
#include "core/people.h"
#include "core/sessions.h"
#include "core/status.h"

namespace pastille {

struct StatusPut {
  Status status;
};
struct StatusHistoryAdded {
  StatusHistoryItem item;
};
struct PersonPut {
  Person person;
};  // erased ones too
struct TeamPut {
  Team team;
};
struct TeamDropped {
  TeamId id;
};
struct RolePut {
  Role role;
};
struct RoleDropped {
  RoleId id;
};

// What a person shows; entry.rev is the seq of its event.
struct EntryPut {
  UserId user;
  Entry entry;
  std::optional<Pending> pending;
  StatusId last_chosen;
};
struct OwnHistoryAdded {
  OwnHistoryItem item;
};
struct OwnHistoryErased {
  UserId user;
};  // all of one person's

struct SessionPut {
  Session session;
};
struct SessionDropped {
  SessionId id;
};
struct TokenPut {
  Token token;
};
struct TokenDropped {
  TokenId id;
};
struct InvitationPut {
  Invitation invitation;
};
struct InvitationDropped {
  InvitationId id;
};

struct ConversationPut {
  Conversation conversation;
};
struct MessageAdded {
  Message message;
};

struct AuditAdded {
  AuditItem item;
};

struct SealingKeyPut {
  SealingKey key{};
};

// The first answer to a request with an Idempotency-Key, for 24 h.
struct AnswerKept {
  UserId user;
  std::string key;
  SecretHash fingerprint;  // SHA-256 of method, target and body
  Time at = {};
  int status = 0;
  std::string headers;  // "Name: value" lines that belong to the answer (Location, ETag)
  std::string body;
};
struct AnswersPurged {
  Time before;
};

// Presence: where a single process uses the store, in its memory only and not numbered; where there
// are several nodes, stored and numbered like everything else.
struct ConnectionOpened {
  UserId user;
  Connection connection;
};
struct ConnectionClosed {
  UserId user;
  ConnectionId connection;
  NodeId node = {};
};
// The grace begins, or is over. `ends` is on the clock of one process: what came from another node
// gets its own (Workspace). `as_of`: who does not come back was there until then, as far as anybody
// knows (their node died).
struct GraceSet {
  UserId user;
  std::optional<Instant> ends;
  std::optional<Time> as_of = {};
};
// This node has left, or was taken for dead; its connections are closed beside it.
struct NodeDropped {
  NodeId node;
};
// Somebody tried a password at a node: every other node counts it too (app/sign_in_tried.h).
struct SignInTried {
  NodeId node;
  std::string login;  // a fingerprint of it: passwords are typed there by mistake
  std::string remote;
  bool right = false;
};

using Change = std::variant<StatusPut, StatusHistoryAdded, PersonPut, TeamPut, TeamDropped, RolePut,
                            RoleDropped, EntryPut, OwnHistoryAdded, OwnHistoryErased, SessionPut,
                            SessionDropped, TokenPut, TokenDropped, InvitationPut,
                            InvitationDropped, ConversationPut, MessageAdded, AuditAdded,
                            SealingKeyPut, AnswerKept, AnswersPurged, ConnectionOpened,
                            ConnectionClosed, GraceSet, NodeDropped, SignInTried>;

// False for who is connected where: a single process keeps that in memory only, and a command of
// nothing else then takes no number.
bool is_durable(const Change& change);

struct Event {
  std::uint64_t seq = 0;
  Time at = {};
  std::vector<Change> changes;
};

using BatchId = std::array<std::uint8_t, 16>;  // random

}  // namespace pastille
