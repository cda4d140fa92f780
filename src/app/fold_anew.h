// Makes folds anew that other tables made, or an earlier version of the program: given by the
// product at start, in pieces, when the store says that another version made them. Names stay as
// they are, and so do versions and ETags: nobody sees a change.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

// Statuses, teams and roles.
struct FoldNamesAnew {
  using Answer = bool;  // whether there was anything to do
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// People whose number is at least `from` and less than `up_to`.
struct FoldPeopleAnew {
  using Answer = bool;
  std::uint64_t from = 0;
  std::uint64_t up_to = 0;
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Two names that were different for the older tables may be the same now. The first keeps the fold;
// the other stays unique by what no name has in it, until somebody renames it. A sentence for each.
std::vector<std::string> names_that_are_the_same(const Organisation& organisation);

}  // namespace pastille
