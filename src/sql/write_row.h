// One change, written to its table. The SQL is what SQLite and PostgreSQL both take; a Database is
// sqlite/database.h or postgres/database.h.
#pragma once

#include <variant>

#include "core/change.h"
#include "sql/erased_history.h"
#include "sql/row_json.h"

namespace pastille::sql {

// One overload a kind of change.
template <class Database>
class Writing {
 public:
  explicit Writing(Database& database) : db_(database) {}

  void operator()(const StatusPut& put) {
    const Status& s = put.status;
    const StatusFields& f = s.fields;
    std::optional<std::int64_t> duration;
    if (f.default_duration) duration = f.default_duration->count();
    statement(
        "INSERT INTO statuses (id, name, folded, names, type, tags, icon, default_duration_s,"
        " position, system, deleted, version, rev, created_at, created_kind, created_by,"
        " updated_at, updated_kind, updated_by)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded,"
        " names = excluded.names, type = excluded.type, tags = excluded.tags,"
        " icon = excluded.icon, default_duration_s = excluded.default_duration_s,"
        " position = excluded.position, deleted = excluded.deleted, version = excluded.version,"
        " rev = excluded.rev, updated_at = excluded.updated_at,"
        " updated_kind = excluded.updated_kind, updated_by = excluded.updated_by")
        .bind(s.id.number)
        .bind(f.name.text)
        .bind(f.name.folded)
        .bind(names_text(f.names))
        .bind(static_cast<int>(f.type))
        .bind(labels_text(f.tags))
        .bind(f.icon)
        .bind(duration)
        .bind(f.position)
        .bind(s.system)
        .bind(s.deleted)
        .bind(s.version)
        .bind(s.rev)
        .bind(s.created_at)
        .bind(static_cast<int>(s.created_by.kind))
        .bind(s.created_by.user.number)
        .bind(s.updated_at)
        .bind(static_cast<int>(s.updated_by.kind))
        .bind(s.updated_by.user.number)
        .run();
  }

  void operator()(const StatusHistoryAdded& added) {
    const StatusHistoryItem& item = added.item;
    statement(
        "INSERT INTO status_history (status, at, by_kind, by_user, action, changes)"
        " VALUES (?,?,?,?,?,?)")
        .bind(item.status.number)
        .bind(item.at)
        .bind(static_cast<int>(item.by.kind))
        .bind(item.by.user.number)
        .bind(static_cast<int>(item.action))
        .bind(changes_text(item.changes))
        .run();
  }

  void operator()(const PersonPut& put) {
    const Person& p = put.person;
    statement(
        "INSERT INTO people (id, login, login_folded, display_name, display_folded, role, teams,"
        " locale, time_zone, status_at_sign_in, pinned, password_hash, active, erased, version,"
        " rev, created_at, external_issuer, external_subject, own_version, known_places, sign_in)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT (id) DO UPDATE SET login = excluded.login,"
        " login_folded = excluded.login_folded, display_name = excluded.display_name,"
        " display_folded = excluded.display_folded, role = excluded.role,"
        " teams = excluded.teams, locale = excluded.locale, time_zone = excluded.time_zone,"
        " status_at_sign_in = excluded.status_at_sign_in, pinned = excluded.pinned,"
        " password_hash = excluded.password_hash, active = excluded.active,"
        " erased = excluded.erased, version = excluded.version, rev = excluded.rev,"
        " external_issuer = excluded.external_issuer,"
        " external_subject = excluded.external_subject, own_version = excluded.own_version,"
        " known_places = excluded.known_places, sign_in = excluded.sign_in")
        .bind(p.id.number)
        .bind(p.login.text)
        .bind(p.login.folded)
        .bind(p.display_name.text)
        .bind(p.display_name.folded)
        .bind(p.role.number)
        .bind(ids_text(p.teams))
        .bind(p.locale)
        .bind(p.time_zone)
        .bind(static_cast<int>(p.status_at_sign_in))
        .bind(ids_text(p.pinned))
        .bind(p.password_hash)
        .bind(p.active)
        .bind(p.erased)
        .bind(p.version)
        .bind(p.rev)
        .bind(p.created_at)
        .bind(p.external ? p.external->issuer : std::string())
        .bind(p.external ? p.external->subject : std::string())
        .bind(p.own_version)
        .bind(numbers_text(p.known_places))
        .bind(sign_in_text(p.sign_in))
        .run();
  }

  void operator()(const TeamPut& put) {
    statement(
        "INSERT INTO teams (id, name, folded, version) VALUES (?,?,?,?) ON CONFLICT (id) DO UPDATE"
        " SET name = excluded.name, folded = excluded.folded, version = excluded.version")
        .bind(put.team.id.number)
        .bind(put.team.name.text)
        .bind(put.team.name.folded)
        .bind(put.team.version)
        .run();
  }
  void operator()(const TeamDropped& dropped) {
    statement("DELETE FROM teams WHERE id = ?").bind(dropped.id.number).run();
  }
  void operator()(const RolePut& put) {
    statement(
        "INSERT INTO roles (id, name, folded, permissions, built_in, version)"
        " VALUES (?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " folded = excluded.folded, permissions = excluded.permissions,"
        " version = excluded.version")
        .bind(put.role.id.number)
        .bind(put.role.name.text)
        .bind(put.role.name.folded)
        .bind(permissions_text(put.role.permissions))
        .bind(put.role.built_in)
        .bind(put.role.version)
        .run();
  }
  void operator()(const RoleDropped& dropped) {
    statement("DELETE FROM roles WHERE id = ?").bind(dropped.id.number).run();
  }

  void operator()(const EntryPut& put) {
    const Entry& e = put.entry;
    auto& row =
        statement(
            "INSERT INTO presence (\"user\", status, type, note, since, until, rev, last_chosen,"
            " pending_status, pending_note, pending_until) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
            " ON CONFLICT (\"user\") DO UPDATE SET status = excluded.status, type = excluded.type,"
            " note = excluded.note, since = excluded.since, until = excluded.until,"
            " rev = excluded.rev, last_chosen = excluded.last_chosen,"
            " pending_status = excluded.pending_status, pending_note = excluded.pending_note,"
            " pending_until = excluded.pending_until")
            .bind(put.user.number)
            .bind(e.status.number)
            .bind(static_cast<int>(e.type))
            .bind(e.note)
            .bind(e.since)
            .bind(e.until)
            .bind(e.rev)
            .bind(put.last_chosen.number);
    if (put.pending) {
      row.bind(put.pending->status.number).bind(put.pending->note).bind(put.pending->until);
    } else {
      row.bind_null().bind_null().bind_null();
    }
    row.run();
  }

  void operator()(const OwnHistoryAdded& added) {
    const OwnHistoryItem& item = added.item;
    statement(
        "INSERT INTO own_history (\"user\", at, status, name, type, note) VALUES (?,?,?,?,?,?)")
        .bind(item.user.number)
        .bind(item.at)
        .bind(item.status.number)
        .bind(item.name)
        .bind(static_cast<int>(item.type))
        .bind(item.note)
        .run();
  }
  void operator()(const OwnHistoryErased& erased) { erase_own_history(db_, erased.user); }

  void operator()(const SessionPut& put) {
    const Session& s = put.session;
    statement(
        "INSERT INTO sessions (id, \"user\", secret, created_at, seen_at, user_agent)"
        " VALUES (?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET secret = excluded.secret,"
        " seen_at = excluded.seen_at")
        .bind(s.id.number)
        .bind(s.user.number)
        .bind(s.secret)
        .bind(s.created_at)
        .bind(s.seen_at)
        .bind(s.user_agent)
        .run();
  }
  void operator()(const SessionDropped& dropped) {
    statement("DELETE FROM sessions WHERE id = ?").bind(dropped.id.number).run();
  }
  void operator()(const TokenPut& put) {
    const Token& t = put.token;
    statement(
        "INSERT INTO tokens (id, \"user\", secret, name, scope, created_at, expires_at)"
        " VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET secret = excluded.secret,"
        " name = excluded.name, scope = excluded.scope, expires_at = excluded.expires_at")
        .bind(t.id.number)
        .bind(t.user.number)
        .bind(t.secret)
        .bind(t.name)
        .bind(static_cast<int>(t.scope))
        .bind(t.created_at)
        .bind(t.expires_at)
        .run();
  }
  void operator()(const TokenDropped& dropped) {
    statement("DELETE FROM tokens WHERE id = ?").bind(dropped.id.number).run();
  }
  void operator()(const InvitationPut& put) {
    statement(
        "INSERT INTO invitations (id, \"user\", secret, expires_at) VALUES (?,?,?,?)"
        " ON CONFLICT (id) DO UPDATE SET secret = excluded.secret,"
        " expires_at = excluded.expires_at")
        .bind(put.invitation.id.number)
        .bind(put.invitation.user.number)
        .bind(put.invitation.secret)
        .bind(put.invitation.expires_at)
        .run();
  }
  void operator()(const InvitationDropped& dropped) {
    statement("DELETE FROM invitations WHERE id = ?").bind(dropped.id.number).run();
  }

  void operator()(const ConversationPut& put) {
    const Conversation& c = put.conversation;
    statement(
        "INSERT INTO conversations (id, first, second, last_message, first_read, second_read,"
        " first_unread, second_unread, created_at, changed_at) VALUES (?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT (id) DO UPDATE SET last_message = excluded.last_message,"
        " first_read = excluded.first_read, second_read = excluded.second_read,"
        " first_unread = excluded.first_unread, second_unread = excluded.second_unread,"
        " changed_at = excluded.changed_at")
        .bind(c.id.number)
        .bind(c.members[0].number)
        .bind(c.members[1].number)
        .bind(c.last_message.number)
        .bind(c.read_up_to[0].number)
        .bind(c.read_up_to[1].number)
        .bind(static_cast<std::int64_t>(c.unread[0]))
        .bind(static_cast<std::int64_t>(c.unread[1]))
        .bind(c.created_at)
        .bind(c.changed_at)
        .run();
  }
  void operator()(const MessageAdded& added) {
    const Message& m = added.message;
    statement("INSERT INTO messages (id, conversation, author, text, at) VALUES (?,?,?,?,?)")
        .bind(m.id.number)
        .bind(m.conversation.number)
        .bind(m.from.number)
        .bind(m.text)
        .bind(m.at)
        .run();
  }

  void operator()(const AuditAdded& added) {
    const AuditItem& item = added.item;
    std::optional<std::int64_t> problem;
    if (item.problem) problem = static_cast<std::int64_t>(*item.problem);
    statement(
        "INSERT INTO audit (at, by_kind, by_user, action, target, problem, count)"
        " VALUES (?,?,?,?,?,?,?)")
        .bind(item.at)
        .bind(static_cast<int>(item.by.kind))
        .bind(item.by.user.number)
        .bind(item.action)
        .bind(item.target)
        .bind(problem)
        .bind(static_cast<std::int64_t>(item.count))
        .run();
  }

  void operator()(const SealingKeyPut& put) {
    statement(
        "INSERT INTO meta (key, value) VALUES ('sealing_key', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(key_text(put.key))
        .run();
  }

  void operator()(const AnswerKept& kept) {
    statement(
        "INSERT INTO answers (\"user\", key, fingerprint, at, status, headers, body)"
        " VALUES (?,?,?,?,?,?,?) ON CONFLICT (\"user\", key) DO UPDATE SET"
        " fingerprint = excluded.fingerprint, at = excluded.at, status = excluded.status,"
        " headers = excluded.headers, body = excluded.body")
        .bind(kept.user.number)
        .bind(kept.key)
        .bind(kept.fingerprint)
        .bind(kept.at)
        .bind(kept.status)
        .bind(kept.headers)
        .bind(kept.body)
        .run();
  }
  void operator()(const AnswersPurged& purged) {
    statement("DELETE FROM answers WHERE at < ?").bind(purged.before).run();
  }

  // Of several nodes only: postgres/node_rows.h.
  void operator()(const ConnectionOpened&) {}
  void operator()(const ConnectionClosed&) {}
  void operator()(const GraceSet&) {}
  void operator()(const NodeDropped&) {}
  void operator()(const SignInTried&) {}

 private:
  auto& statement(const char* sql) { return db_.statement(sql); }
  Database& db_;
};

// Inside the caller's transaction. Who is connected where is left out.
template <class Database>
void write_row(Database& database, const Change& change) {
  std::visit(Writing<Database>(database), change);
}

}  // namespace pastille::sql
