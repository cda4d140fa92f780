#include "wire/user_json.h"

#include "wire/fields.h"
#include "wire/session_json.h"
#include "wire/status_json.h"

namespace pastille {
namespace {

void write_public_members(JsonWriter& json, const Person& person) {
  json.field("id", person.id).field("display_name", person.display_name.text);
  json.key("teams").begin_array();
  for (const TeamId team : person.teams) json.value(team);
  json.end_array();
  if (person.sign_in.renewed) json.field("renewed_at", person.sign_in.renewed->at);
}

void write_external(JsonWriter& json, const External& external) {
  json.begin_object()
      .field("issuer", external.issuer)
      .field("subject", external.subject)
      .end_object();
}

void write_stamp_members(JsonWriter& json, const Stamp& stamp) {
  json.field("at", stamp.at).key("by");
  write_author(json, stamp.by);
}

void write_stamp(JsonWriter& json, std::string_view name, const std::optional<Stamp>& stamp) {
  json.key(name);
  if (!stamp) return void(json.null());
  json.begin_object();
  write_stamp_members(json, *stamp);
  json.end_object();
}

// What others did to one's sign-in.
void write_sign_in_members(JsonWriter& json, const Person& person) {
  const SignInRecord& record = person.sign_in;
  write_stamp(json, "renewal", record.renewal_agreed ? std::nullopt : record.renewed);
  const auto& pending = record.pending;
  json.key("pending_renewal");
  if (pending && record.first_at && pending->made.by.user != person.id) {
    json.begin_object();
    write_stamp_members(json, pending->made);
    json.field("expires_at", pending->expires_at)
        .field("how", pending->external ? "provider" : "link")
        .end_object();
  } else {
    json.null();
  }
  write_stamp(json, "password_given", record.password_given);
  json.key("recovery_code_at");
  if (record.recovery) {
    json.value(record.recovery->made_at);
  } else {
    json.null();
  }
}

// Which of language and zone nobody has chosen yet.
void write_unset(JsonWriter& json, const Person& person) {
  json.key("unset").begin_array();
  if (person.locale.empty()) json.value("locale");
  if (person.time_zone.empty()) json.value("time_zone");
  json.end_array();
}

void write_own_members(JsonWriter& json, const Person& person, const Organisation& organisation) {
  write_public_members(json, person);
  json.field("login", person.login.text)
      .field("locale", person.locale_or_default())
      .field("time_zone", person.time_zone_or_default())
      .field("status_at_sign_in",
             person.status_at_sign_in == StatusAtSignIn::kLast ? "last" : "connected");
  write_unset(json, person);
  json.key("pinned").begin_array();
  for (const UserId each : person.pinned) json.value(each);
  json.end_array();
  const Role* role = organisation.role(person.role);
  json.key("role").begin_object().field("id", person.role);
  json.field("name", role != nullptr ? role->name.text : std::string()).end_object();
  json.field("version", person.own_version);
  write_sign_in_members(json, person);
}

bool has_invitation(UserId user, const Organisation& organisation) {
  bool found = false;
  organisation.invitations_of.for_each_from(std::pair(user, InvitationId{}),
                                            [&](const auto& key, bool) {
                                              found = key.first == user;
                                              return false;
                                            });
  return found;
}

std::optional<StatusAtSignIn> parse_status_at_sign_in(std::string_view text) {
  if (text == "connected") return StatusAtSignIn::kConnected;
  if (text == "last") return StatusAtSignIn::kLast;
  return std::nullopt;
}

// Both members together, or null: half of an identity is none.
std::optional<std::optional<External>> parse_external(Fields& fields) {
  if (fields.take_null("external")) return std::optional<External>();
  const boost::json::value* given = fields.nested("external");
  if (given == nullptr) return std::nullopt;
  std::vector<FieldError> faults;
  Fields members(*given, faults);
  const auto issuer = members.text("issuer", Need::kRequired);
  const auto subject = members.text("subject", Need::kRequired);
  members.nothing_else();
  for (FieldError& each : faults) fields.fault_inside("external", std::move(each));
  if (!issuer || !subject) return std::nullopt;
  return std::optional<External>(External{*issuer, *subject});
}

}  // namespace

void no_other_user_fields(Fields& fields) {
  fields.nothing_else({"id", "invited", "version", "created_at", "teams", "invitation",
                       "renewed_at", "pending_external"});
}

PersonPatch parse_new_user(Fields& fields) {
  PersonPatch patch;
  patch.login = fields.text("login");
  patch.display_name = fields.text("display_name");
  patch.role = fields.id<RoleId>("role_id", "role");
  patch.teams = fields.ids<TeamId>("team_ids");
  patch.locale = fields.text("locale");
  patch.time_zone = fields.text("time_zone");
  patch.external = parse_external(fields);
  return patch;
}

PersonPatch parse_user_patch(const boost::json::value& body, std::vector<FieldError>& faults) {
  Fields fields(body, faults);
  PersonPatch patch = parse_new_user(fields);
  patch.active = fields.boolean("active");
  patch.withdraw_external = fields.take_null("pending_external");
  no_other_user_fields(fields);
  return patch;
}

PersonPatch parse_profile_patch(const boost::json::value& body, std::vector<FieldError>& faults) {
  Fields fields(body, faults);
  PersonPatch patch;
  patch.display_name = fields.text("display_name");
  patch.locale = fields.text("locale");
  patch.time_zone = fields.text("time_zone");
  patch.status_at_sign_in =
      fields.choice("status_at_sign_in", parse_status_at_sign_in, "connected, last");
  patch.pinned = fields.ids<UserId>("pinned");
  fields.nothing_else({"id", "login", "role", "teams", "version", "permissions"});
  return patch;
}

Permissions permissions_of(const Person& person, const Organisation& organisation) {
  const Role* role = organisation.role(person.role);
  return role != nullptr ? role->permissions : Permissions();
}

void write_permissions(JsonWriter& json, Permissions permissions) {
  json.begin_array();
  for (const Permission each : kAllPermissions) {
    if (permissions.has(each)) json.value(to_text(each));
  }
  json.end_array();
}

void write_person(JsonWriter& json, const Person& person) {
  json.begin_object();
  write_public_members(json, person);
  json.end_object();
}

void write_user(JsonWriter& json, const Person& person, const Organisation& organisation) {
  write_created_user(json, person, organisation, std::nullopt);
}

void write_created_user(JsonWriter& json, const Person& person, const Organisation& organisation,
                        const std::optional<InvitationLink>& invitation) {
  json.begin_object();
  write_public_members(json, person);
  json.field("login", person.login.text)
      .field("role_id", person.role)
      .field("locale", person.locale_or_default())
      .field("time_zone", person.time_zone_or_default())
      .field("active", person.active)
      .field("invited", has_invitation(person.id, organisation))
      .field("version", person.version)
      .field("created_at", person.created_at);
  write_unset(json, person);
  json.key("external");
  if (person.external) {
    write_external(json, *person.external);
  } else {
    json.null();
  }
  if (const auto& pending = person.sign_in.pending; pending && pending->external) {
    json.key("pending_external");
    write_external(json, *pending->external);
  }
  if (invitation && invitation->link == nullptr) {
    json.field("secret_shown", true);
  } else if (invitation) {
    json.key("invitation");
    write_invitation_link(json, *invitation);
  }
  json.end_object();
}

void write_invitation_link(JsonWriter& json, const InvitationLink& invitation) {
  json.begin_object();
  write_secret(json, "link", invitation.link);
  json.field("expires_at", invitation.expires_at).end_object();
}

void write_self(JsonWriter& json, const Person& person, const Organisation& organisation) {
  json.begin_object();
  write_own_members(json, person, organisation);
  json.end_object();
}

void write_me(JsonWriter& json, const Person& person, const Organisation& organisation) {
  json.begin_object();
  write_own_members(json, person, organisation);
  json.key("permissions");
  write_permissions(json, permissions_of(person, organisation));
  json.end_object();
}

}  // namespace pastille
