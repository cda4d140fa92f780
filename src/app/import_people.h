// Adds many people from the lines of a file. Roles and teams are named; teams that are not there
// are created. Takes users.manage, and teams.manage when it makes teams.
//
// Nothing is written unless every row is right: whoever gives it has it decided whole before, as a
// trial on the published state and a thread of their own. Then it is written in pieces. What comes
// in between (somebody else took a login) breaks it off: the rows before stay.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"
#include "app/pieces.h"

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
  bool dry_run = false;  // decides all of it, in no pieces, and changes nothing

  struct Answer {
    std::vector<UserId> people;  // in the order of the rows
    std::size_t teams_made = 0;
  };
  Answer done = {};  // in earlier pieces
  // kPermissionMissing; kInvalid with all that is wrong: the pointer of each error is
  // "line N, field".
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
  std::optional<Answer> go_on(Answer piece);
  void broken_off(Refusal& why) const;
};

// The trial: all that is wrong with any of the rows, or what would come of them. `organisation` is
// a published state; the rows are given back unchanged. Any thread.
Result<ImportPeople::Answer> try_out(ImportPeople& import, const Organisation& organisation,
                                     const Acting& who, const Context& context);

}  // namespace pastille
