// People as the contract writes them, each as far as the reader may know; and what is sent to add
// or change one.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/clear_secret.h"
#include "core/organisation.h"
#include "core/person_patch.h"
#include "wire/json_writer.h"

namespace pastille {

class Fields;

// What administrators change of an account (PATCH /users/{id}).
PersonPatch parse_user_patch(const boost::json::value& body, std::vector<FieldError>& faults);
// What people change of their own (PATCH /me).
PersonPatch parse_profile_patch(const boost::json::value& body, std::vector<FieldError>& faults);
// POST /users, but the password, which the caller reads from the same fields before the end.
PersonPatch parse_new_user(Fields& fields);
// The end of both: whatever else was sent is a fault.
void no_other_user_fields(Fields& fields);

// {id, display_name, teams}: for everyone; directory and frames.
void write_person(JsonWriter& json, const Person& person);
// For users.manage.
void write_user(JsonWriter& json, const Person& person, const Organisation& organisation);
// {link, expires_at}: a one-time link, shown once; nullptr: it was.
struct InvitationLink {
  const ClearSecret* link;
  Time expires_at;
};
void write_invitation_link(JsonWriter& json, const InvitationLink& invitation);
// write_user with `invitation`, when there is one, or "secret_shown" when it was shown.
void write_created_user(JsonWriter& json, const Person& person, const Organisation& organisation,
                        const std::optional<InvitationLink>& invitation);
// One's own account, as `user` in {user, permissions} and in the frame `self`.
void write_self(JsonWriter& json, const Person& person, const Organisation& organisation);
// The same with `permissions` in it (GET /me).
void write_me(JsonWriter& json, const Person& person, const Organisation& organisation);
// ["statuses.create", ...]
void write_permissions(JsonWriter& json, Permissions permissions);

// What a person's role allows.
Permissions permissions_of(const Person& person, const Organisation& organisation);

}  // namespace pastille
