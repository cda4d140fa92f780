// Writing down what was done: the audit of administration, and the history of a status.
#pragma once

#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

// `action`: "status.create", `target`: an id as text.
void record(Draft& draft, const Acting& who, const Context& context, std::string action,
            std::string target);

// Puts the status with the draft's seq as its rev, who and when as its last change, and an item of
// its history; and records it as administration.
void put_status(Draft& draft, const Acting& who, const Context& context, Status status,
                StatusAction action, std::vector<FieldChange> changes);

}  // namespace pastille
