// The changes of an event as JSON, for the event table: what another node, or a store that was left
// behind, reads to do the same. Fields and kinds may be added,
// never changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/change.h"

namespace pastille::wire {

// [{"is":"status_put",...},...], in order. `connections`: who is connected where too, as several
// nodes tell each other.
std::string changes_json(const std::vector<Change>& changes, bool connections = false);

// Throws std::runtime_error for what is damaged or of a kind that this version does not know.
std::vector<Change> parse_changes_json(std::string_view text);

// One value of them by itself, for its row.
std::string sign_in_json(const SignInRecord& record);
// Throws std::runtime_error for what is damaged.
SignInRecord parse_sign_in_json(std::string_view text);

}  // namespace pastille::wire
