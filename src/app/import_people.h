// Adds many people at once, all or nothing, from the lines of a file. Roles and teams are named;
// teams that are not there are created. Takes users.manage, and teams.manage when it makes teams.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct ImportPeople {
  struct Row {
    std::size_t line = 0;  // in the file, for what is wrong with it
    std::string login;
    std::string display_name;
    std::string role;
    std::vector<std::string> teams = {};
    std::string locale = {};     // "": the default
    std::string time_zone = {};  // "": the default
    std::optional<SecretHash> invitation_secret = {};
  };
  std::vector<Row> rows;
  bool dry_run = false;  // decides all of it and changes nothing

  struct Answer {
    std::vector<UserId> people;  // in the order of the rows
    std::size_t teams_made = 0;
  };
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kPermissionMissing; kInvalid with all that is wrong: the pointer of each error is
  // "line N, field".
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
