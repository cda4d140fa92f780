// Brings many statuses in, all or nothing: one that has the name of a live status becomes what the
// file says of it, others are created; what the file does not name stays as it is. Takes
// statuses.create and statuses.modify, as each line needs.
#pragma once

#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"
#include "core/file_faults.h"
#include "core/history.h"
#include "core/status_patch.h"

namespace pastille {

struct ImportStatuses {
  struct Row {
    std::string place;   // in the file, for what is wrong with it: "line 3", "/statuses/2"
    StatusPatch fields;  // name and type are required
  };
  std::vector<Row> rows;
  // What could not be read of the file. Any: nothing is written, and what else is wrong joins them.
  FieldFaults faults = {};
  bool dry_run = false;  // decides all of it and changes nothing

  struct Step {
    std::string name;
    StatusType type{};
    bool created = false;
    std::vector<FieldChange> changes = {};  // all of one that is new; none: it is as it was
  };
  struct Answer {
    std::vector<Step> steps;  // in the order of the rows
    // That no status had before, as written in the file: at most limits::kLiveStatuses times
    // limits::kTagsPerStatus. One that nobody meant is seen here ("break,paid" in a file that
    // separates by semicolons).
    std::vector<std::string> new_tags;
  };
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kInvalid with what is wrong (core/file_faults.h): the pointer of each error is "line 3, field"
  // or "/statuses/2/field".
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
