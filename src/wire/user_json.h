// People as the contract writes them, each as far as the reader may know.
#pragma once

#include "core/organisation.h"
#include "wire/json_writer.h"

namespace pastille {

// {id, display_name, teams}: for everyone; directory and frames.
void write_person(JsonWriter& json, const Person& person);
// For users.manage.
void write_user(JsonWriter& json, const Person& person, const Organisation& organisation);
// One's own account, as `user` in {user, permissions} and in the frame `self`.
void write_self(JsonWriter& json, const Person& person, const Organisation& organisation);
// The same with `permissions` in it (GET /me).
void write_me(JsonWriter& json, const Person& person, const Organisation& organisation);
// ["statuses.create", ...]
void write_permissions(JsonWriter& json, Permissions permissions);

// What a person's role allows.
Permissions permissions_of(const Person& person, const Organisation& organisation);

}  // namespace pastille
