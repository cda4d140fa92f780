// What of a person's account is another than before, for people to read: roles and teams by name.
// Pure.
#pragma once

#include <vector>

#include "core/history.h"
#include "core/organisation.h"

namespace pastille {

// display_name, role, teams, locale, time_zone and active, those that differ. Both may name roles
// and teams of `organisation` only.
std::vector<FieldChange> changes_between(const Person& before, const Person& after,
                                         const Organisation& organisation);

}  // namespace pastille
