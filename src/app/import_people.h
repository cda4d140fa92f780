// Brings many people in from the lines of a file. Roles and teams are named; teams that are not
// there are created. Takes users.manage, and teams.manage when it makes teams.
//
// Nothing is written unless every row is right: whoever gives it has it decided whole before, as a
// trial on the published state and a thread of their own. Then it is written in pieces. What comes
// in between (somebody else took a login) breaks it off: the rows before stay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"
#include "app/pieces.h"
#include "core/file_faults.h"
#include "core/history.h"

namespace pastille {

struct ImportPeople {
  // kAdd: everyone is new. kUpdate: who has the login already becomes what the line says of them,
  // others are added.
  enum class Mode : std::uint8_t { kAdd, kUpdate };
  // An empty text leaves somebody who is there as they are, and gives who is new the default.
  struct Row {
    std::size_t line = 0;  // in the file, for what is wrong with it
    std::string login;
    std::string display_name;
    std::string role;
    std::vector<std::string> teams = {};
    bool teams_given = true;          // false: the file says nothing of teams
    std::string locale = {};          // "fr_FR" is taken, too
    std::string time_zone = {};       // any name of Calendar::zone_named()
    std::optional<bool> active = {};  // who is new and has left is added as such
    // For who is new, and where `invite_again` for who has never signed in.
    std::optional<SecretHash> invitation_secret = {};
  };
  std::vector<Row> rows;
  Mode mode = Mode::kAdd;
  bool invite_again = false;
  bool dry_run = false;  // decides all of it, in no pieces, and changes nothing

  // What becomes of a row.
  struct Step {
    bool created = false;
    bool invited = false;                   // gets a link, where the row brings its secret
    std::vector<FieldChange> changes = {};  // of one who was there; none: as they were
  };
  struct Answer {
    std::vector<UserId> people;  // in the order of the rows
    std::vector<Step> steps;     // as many
    std::size_t teams_made = 0;
    std::vector<std::string> new_teams;  // their names
  };
  Answer done = {};  // in earlier pieces
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kPermissionMissing; kInvalid with what is wrong (core/file_faults.h): the pointer of each
  // error is "line N, field".
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
  std::optional<Answer> go_on(Answer piece);
  std::optional<Answer> whole(const Answer& piece) const;  // app/once.h
  void broken_off(Refusal& why) const;

  struct Outcome {
    Answer answer;
    LineFaults faults;  // any: the answer means nothing
  };
  // The same for who may do it at all, into `draft`, which is to be dropped when there are faults.
  Outcome try_on(Draft& draft, const Acting& who, const Context& context) const;
};

// The trial: all that is wrong with any of the rows, or what would come of them. `organisation` is
// a published state; the rows are given back unchanged. Any thread.
Result<ImportPeople::Answer> try_out(ImportPeople& import, const Organisation& organisation,
                                     const Acting& who, const Context& context);

}  // namespace pastille
