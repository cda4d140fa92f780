// The whole state, read from the tables. The SQL is what SQLite and PostgreSQL both take; a
// Database is sqlite/database.h or postgres/database.h, a Row what its statements step through.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/store.h"
#include "core/organisation.h"
#include "sql/row_json.h"

namespace pastille::sql {

// The columns from `column` on: kind, user.
template <class Row>
Author read_author(const Row& row, int column) {
  return Author{.kind = static_cast<Author::Kind>(row.integer(column)),
                .user = UserId{row.number(column + 1)}};
}

template <class Row>
SecretHash read_secret(const Row& row, int column) {
  const auto bytes = row.blob(column);
  SecretHash secret{};
  if (bytes.size() != secret.size()) throw StoreFailure("A secret in the database is damaged.");
  std::ranges::copy(bytes, secret.begin());
  return secret;
}

template <class Row>
StatusType read_type(const Row& row, int column) {
  return static_cast<StatusType>(row.integer(column));  // 0 to 4 by the table's CHECK
}

template <class Row>
Status read_status(const Row& row) {
  Status s;
  s.id = StatusId{row.number(0)};
  s.fields.name = Label{.text = row.text(1), .folded = row.text(2)};
  s.fields.names = parse_names(row.text(3));
  s.fields.type = read_type(row, 4);
  s.fields.tags = parse_labels(row.text(5));
  s.fields.icon = row.text(6);
  if (!row.is_null(7)) s.fields.default_duration = std::chrono::seconds(row.integer(7));
  s.fields.position = static_cast<int>(row.integer(8));
  s.system = row.boolean(9);
  s.deleted = row.boolean(10);
  s.version = row.number(11);
  s.rev = row.number(12);
  s.created_at = row.time(13);
  s.created_by = read_author(row, 14);
  s.updated_at = row.time(16);
  s.updated_by = read_author(row, 17);
  return s;
}

template <class Row>
Person read_person(const Row& row) {
  Person p;
  p.id = UserId{row.number(0)};
  p.login = Label{.text = row.text(1), .folded = row.text(2)};
  p.display_name = Label{.text = row.text(3), .folded = row.text(4)};
  p.role = RoleId{row.number(5)};
  p.teams = parse_ids<TeamId>(row.text(6));
  p.locale = row.text(7);
  p.time_zone = row.text(8);
  p.status_at_sign_in = static_cast<StatusAtSignIn>(row.integer(9));
  p.pinned = parse_ids<UserId>(row.text(10));
  p.password_hash = row.text(11);
  p.active = row.boolean(12);
  p.erased = row.boolean(13);
  p.version = row.number(14);
  p.rev = row.number(15);
  p.created_at = row.time(16);
  if (!row.text(18).empty()) p.external = External{.issuer = row.text(17), .subject = row.text(18)};
  p.own_version = row.number(19);
  p.known_places = parse_numbers(row.text(20));
  p.sign_in = parse_sign_in(row.text(21));
  return p;
}

template <class Row>
EntryPut read_presence(const Row& row) {
  EntryPut put;
  put.user = UserId{row.number(0)};
  put.entry.status = StatusId{row.number(1)};
  put.entry.type = read_type(row, 2);
  put.entry.note = row.text(3);
  put.entry.since = row.maybe_time(4);
  put.entry.until = row.maybe_time(5);
  put.entry.rev = row.number(6);
  put.last_chosen = StatusId{row.number(7)};
  if (!row.is_null(8)) {
    put.pending = Pending{
        .status = StatusId{row.number(8)}, .note = row.text(9), .until = row.maybe_time(10)};
  }
  return put;
}

template <class Row>
Conversation read_conversation(const Row& row) {
  Conversation c;
  c.id = ConversationId{row.number(0)};
  c.members = {UserId{row.number(1)}, UserId{row.number(2)}};
  c.last_message = MessageId{row.number(3)};
  c.read_up_to = {MessageId{row.number(4)}, MessageId{row.number(5)}};
  c.unread = {static_cast<std::uint32_t>(row.integer(6)),
              static_cast<std::uint32_t>(row.integer(7))};
  c.created_at = row.time(8);
  c.changed_at = row.time(9);
  return c;
}

template <class Database, class Read>
void each_row(Database& database, const char* sql, Read read) {
  auto query = database.prepare(sql);
  while (query.step()) read(query);
}

template <class Database>
void read_sign_ins(Database& database, Organisation& state) {
  each_row(database, "SELECT id, \"user\", secret, created_at, seen_at, user_agent FROM sessions",
           [&](const auto& row) {
             state.apply(SessionPut{Session{.id = SessionId{row.number(0)},
                                            .user = UserId{row.number(1)},
                                            .secret = read_secret(row, 2),
                                            .created_at = row.time(3),
                                            .seen_at = row.time(4),
                                            .user_agent = row.text(5)}});
           });
  each_row(database, "SELECT id, \"user\", secret, name, scope, created_at, expires_at FROM tokens",
           [&](const auto& row) {
             state.apply(TokenPut{Token{.id = TokenId{row.number(0)},
                                        .user = UserId{row.number(1)},
                                        .secret = read_secret(row, 2),
                                        .name = row.text(3),
                                        .scope = static_cast<Scope>(row.integer(4)),
                                        .created_at = row.time(5),
                                        .expires_at = row.time(6)}});
           });
  each_row(database, "SELECT id, \"user\", secret, expires_at FROM invitations",
           [&](const auto& row) {
             state.apply(InvitationPut{Invitation{.id = InvitationId{row.number(0)},
                                                  .user = UserId{row.number(1)},
                                                  .secret = read_secret(row, 2),
                                                  .expires_at = row.time(3)}});
           });
  each_row(database, "SELECT \"user\", key, fingerprint, at FROM answers", [&](const auto& row) {
    state.apply(AnswerKept{.user = UserId{row.number(0)},
                           .key = row.text(1),
                           .fingerprint = read_secret(row, 2),
                           .at = row.time(3)});
  });
}

template <class Database>
void read_people(Database& database, Organisation& state) {
  each_row(database, "SELECT id, name, folded, permissions, built_in, version FROM roles",
           [&](const auto& row) {
             state.apply(RolePut{Role{.id = RoleId{row.number(0)},
                                      .name = {.text = row.text(1), .folded = row.text(2)},
                                      .permissions = parse_permissions(row.text(3)),
                                      .built_in = row.boolean(4),
                                      .version = row.number(5)}});
           });
  each_row(database, "SELECT id, name, folded, version FROM teams", [&](const auto& row) {
    state.apply(TeamPut{Team{.id = TeamId{row.number(0)},
                             .name = {.text = row.text(1), .folded = row.text(2)},
                             .version = row.number(3)}});
  });
  each_row(database,
           "SELECT id, login, login_folded, display_name, display_folded, role, teams, locale,"
           " time_zone, status_at_sign_in, pinned, password_hash, active, erased, version, rev,"
           " created_at, external_issuer, external_subject, own_version, known_places, sign_in"
           " FROM people ORDER BY id",
           [&](const auto& row) { state.apply(PersonPut{read_person(row)}); });
  each_row(database,
           "SELECT \"user\", status, type, note, since, until, rev, last_chosen, pending_status,"
           " pending_note, pending_until FROM presence",
           [&](const auto& row) { state.apply(read_presence(row)); });
}

// `given_numbers`: a query for (table, greatest number that was ever given in it). Presence comes
// without connections and graces, the seq is the caller's.
template <class Database>
Organisation read_organisation(Database& database, const char* given_numbers) {
  Organisation state;
  each_row(database,
           "SELECT id, name, folded, names, type, tags, icon, default_duration_s, position, system,"
           " deleted, version, rev, created_at, created_kind, created_by, updated_at, updated_kind,"
           " updated_by FROM statuses ORDER BY id",
           [&](const auto& row) { state.apply(StatusPut{read_status(row)}); });
  read_people(database, state);
  read_sign_ins(database, state);
  each_row(database,
           "SELECT id, first, second, last_message, first_read, second_read, first_unread,"
           " second_unread, created_at, changed_at FROM conversations",
           [&](const auto& row) { state.apply(ConversationPut{read_conversation(row)}); });
  each_row(database, "SELECT value FROM meta WHERE key = 'sealing_key'",
           [&](const auto& row) { state.apply(SealingKeyPut{parse_key(row.text(0))}); });
  each_row(database, "SELECT value FROM meta WHERE key = 'organisation_id'",
           [&](const auto& row) { state.own_id = row.text(0); });
  // Numbers that were given out, also to rows that have gone.
  const std::map<std::string, std::uint64_t*, std::less<>> counters{
      {"people", &state.next.user},
      {"statuses", &state.next.status},
      {"teams", &state.next.team},
      {"roles", &state.next.role},
      {"messages", &state.next.message},
      {"conversations", &state.next.conversation},
      {"sessions", &state.next.session},
      {"tokens", &state.next.token},
      {"invitations", &state.next.invitation}};
  each_row(database, given_numbers, [&](const auto& row) {
    const auto counter = counters.find(row.text(0));
    if (counter != counters.end()) {
      *counter->second = std::max(*counter->second, row.number(1) + 1);
    }
  });
  std::vector<Epoch> epochs;
  each_row(database, "SELECT id, first_seq FROM epochs ORDER BY number", [&](const auto& row) {
    epochs.push_back(Epoch{.id = row.text(0), .first_seq = row.number(1)});
  });
  state.epochs = std::move(epochs);
  return state;
}

}  // namespace pastille::sql
