// The list of people (GET /users): searched, filtered, ordered by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/organisation.h"
#include "core/unicode.h"

namespace pastille {

struct PeopleQuery {
  std::string text;  // each word in the display name, or the login when logins may be seen
  std::optional<TeamId> team = {};
  std::optional<RoleId> role = {};
  std::optional<bool> active = {};
  bool logins = false;        // the reader may see logins
  std::string locale = "en";  // of the caller, for the order of names

  struct Row {
    std::string key;  // its byte order is the order of the list; unique, as it ends in the id
    UserId user;
  };
  // Ascending by name. Erased people are in no list.
  std::vector<Row> rows(const Organisation& organisation, const Unicode& unicode) const;
};

}  // namespace pastille
