// The fields of everything that an event is made of, once, for writing and for reading: `visit` is
// called with each field's name and the field itself.
#pragma once

#include "core/change.h"

namespace pastille::wire {

template <class V>
void describe(V& v, Label& x) {
  v("text", x.text);
  v("folded", x.folded);
}
template <class V>
void describe(V& v, Author& x) {
  v("kind", x.kind);
  v("user", x.user);
}
template <class V>
void describe(V& v, StatusFields& x) {
  v("name", x.name);
  v("names", x.names);
  v("type", x.type);
  v("tags", x.tags);
  v("icon", x.icon);
  v("default_duration_s", x.default_duration);
  v("position", x.position);
}
template <class V>
void describe(V& v, Status& x) {
  v("id", x.id);
  v("fields", x.fields);
  v("system", x.system);
  v("deleted", x.deleted);
  v("version", x.version);
  v("rev", x.rev);
  v("created_at", x.created_at);
  v("created_by", x.created_by);
  v("updated_at", x.updated_at);
  v("updated_by", x.updated_by);
}
template <class V>
void describe(V& v, FieldChange& x) {
  v("field", x.field);
  v("before", x.before);
  v("after", x.after);
}
template <class V>
void describe(V& v, StatusHistoryItem& x) {
  v("status", x.status);
  v("at", x.at);
  v("by", x.by);
  v("action", x.action);
  v("changes", x.changes);
}
template <class V>
void describe(V& v, External& x) {
  v("issuer", x.issuer);
  v("subject", x.subject);
}
template <class V>
void describe(V& v, Stamp& x) {
  v("at", x.at);
  v("by", x.by);
}
template <class V>
void describe(V& v, PendingRenewal& x) {
  v("made", x.made);
  v("expires_at", x.expires_at);
  v("external", x.external);
}
template <class V>
void describe(V& v, RecoveryCode& x) {
  v("hash", x.hash);
  v("made_at", x.made_at);
}
template <class V>
void describe(V& v, SignInRecord& x) {
  v("first_at", x.first_at);
  v("pending", x.pending);
  v("renewed", x.renewed);
  v("renewal_agreed", x.renewal_agreed);
  v("reads_from", x.reads_from);
  v("password_given", x.password_given);
  v("recovery", x.recovery);
  v("renewals_made", x.renewals_made);
}
template <class V>
void describe(V& v, Person& x) {
  v("id", x.id);
  v("login", x.login);
  v("display_name", x.display_name);
  v("role", x.role);
  v("teams", x.teams);
  v("locale", x.locale);
  v("time_zone", x.time_zone);
  v("status_at_sign_in", x.status_at_sign_in);
  v("pinned", x.pinned);
  v("password_hash", x.password_hash);
  v("external", x.external);
  v("sign_in", x.sign_in);
  v("active", x.active);
  v("erased", x.erased);
  v("version", x.version);
  v("own_version", x.own_version);
  v("known_places", x.known_places);
  v("rev", x.rev);
  v("created_at", x.created_at);
}
template <class V>
void describe(V& v, Team& x) {
  v("id", x.id);
  v("name", x.name);
  v("version", x.version);
}
template <class V>
void describe(V& v, Role& x) {
  v("id", x.id);
  v("name", x.name);
  v("permissions", x.permissions);
  v("built_in", x.built_in);
  v("version", x.version);
}
template <class V>
void describe(V& v, Entry& x) {
  v("status", x.status);
  v("type", x.type);
  v("note", x.note);
  v("since", x.since);
  v("until", x.until);
  v("rev", x.rev);
}
template <class V>
void describe(V& v, Pending& x) {
  v("status", x.status);
  v("note", x.note);
  v("until", x.until);
}
template <class V>
void describe(V& v, OwnHistoryItem& x) {
  v("user", x.user);
  v("at", x.at);
  v("status", x.status);
  v("name", x.name);
  v("type", x.type);
  v("note", x.note);
}
template <class V>
void describe(V& v, Session& x) {
  v("id", x.id);
  v("user", x.user);
  v("secret", x.secret);
  v("created_at", x.created_at);
  v("seen_at", x.seen_at);
  v("user_agent", x.user_agent);
}
template <class V>
void describe(V& v, Token& x) {
  v("id", x.id);
  v("user", x.user);
  v("secret", x.secret);
  v("name", x.name);
  v("scope", x.scope);
  v("created_at", x.created_at);
  v("expires_at", x.expires_at);
}
template <class V>
void describe(V& v, Invitation& x) {
  v("id", x.id);
  v("user", x.user);
  v("secret", x.secret);
  v("expires_at", x.expires_at);
}
template <class V>
void describe(V& v, Conversation& x) {
  v("id", x.id);
  v("members", x.members);
  v("last_message", x.last_message);
  v("read_up_to", x.read_up_to);
  v("unread", x.unread);
  v("created_at", x.created_at);
  v("changed_at", x.changed_at);
}
template <class V>
void describe(V& v, Message& x) {
  v("id", x.id);
  v("conversation", x.conversation);
  v("from", x.from);
  v("text", x.text);
  v("at", x.at);
}
template <class V>
void describe(V& v, AuditItem& x) {
  v("at", x.at);
  v("by", x.by);
  v("action", x.action);
  v("target", x.target);
  v("problem", x.problem);
  v("count", x.count);
}

template <class V>
void describe(V& v, StatusPut& x) {
  describe(v, x.status);
}
template <class V>
void describe(V& v, StatusHistoryAdded& x) {
  describe(v, x.item);
}
template <class V>
void describe(V& v, PersonPut& x) {
  describe(v, x.person);
}
template <class V>
void describe(V& v, TeamPut& x) {
  describe(v, x.team);
}
template <class V>
void describe(V& v, TeamDropped& x) {
  v("id", x.id);
}
template <class V>
void describe(V& v, RolePut& x) {
  describe(v, x.role);
}
template <class V>
void describe(V& v, RoleDropped& x) {
  v("id", x.id);
}
template <class V>
void describe(V& v, EntryPut& x) {
  v("user", x.user);
  v("entry", x.entry);
  v("pending", x.pending);
  v("last_chosen", x.last_chosen);
}
template <class V>
void describe(V& v, OwnHistoryAdded& x) {
  describe(v, x.item);
}
template <class V>
void describe(V& v, OwnHistoryErased& x) {
  v("user", x.user);
}
template <class V>
void describe(V& v, SessionPut& x) {
  describe(v, x.session);
}
template <class V>
void describe(V& v, SessionDropped& x) {
  v("id", x.id);
}
template <class V>
void describe(V& v, TokenPut& x) {
  describe(v, x.token);
}
template <class V>
void describe(V& v, TokenDropped& x) {
  v("id", x.id);
}
template <class V>
void describe(V& v, InvitationPut& x) {
  describe(v, x.invitation);
}
template <class V>
void describe(V& v, InvitationDropped& x) {
  v("id", x.id);
}
template <class V>
void describe(V& v, ConversationPut& x) {
  describe(v, x.conversation);
}
template <class V>
void describe(V& v, MessageAdded& x) {
  describe(v, x.message);
}
template <class V>
void describe(V& v, AuditAdded& x) {
  describe(v, x.item);
}
template <class V>
void describe(V& v, SealingKeyPut& x) {
  v("key", x.key);
}
template <class V>
void describe(V& v, AnswerKept& x) {
  v("user", x.user);
  v("key", x.key);
  v("fingerprint", x.fingerprint);
  v("at", x.at);
  v("status", x.status);
  v("headers", x.headers);
  v("body", x.body);
}
template <class V>
void describe(V& v, AnswersPurged& x) {
  v("before", x.before);
}
template <class V>
void describe(V& v, Connection& x) {
  v("id", x.id);
  v("node", x.node);
  v("session", x.session);
  v("token", x.token);
}
template <class V>
void describe(V& v, ConnectionOpened& x) {
  v("user", x.user);
  v("connection", x.connection);
}
template <class V>
void describe(V& v, ConnectionClosed& x) {
  v("user", x.user);
  v("connection", x.connection);
  v("node", x.node);
}
template <class V>
void describe(V& v, GraceSet& x) {
  v("user", x.user);
  v("ends", x.ends);
  v("as_of", x.as_of);
}
template <class V>
void describe(V& v, NodeDropped& x) {
  v("node", x.node);
}
template <class V>
void describe(V& v, SignInTried& x) {
  v("node", x.node);
  v("login", x.login);
  v("remote", x.remote);
  v("right", x.right);
}

}  // namespace pastille::wire
