// What is written down and never edited: the history of a status, a person's own history, and the
// audit trail.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/refusal.h"
#include "core/status.h"
#include "core/time.h"

namespace pastille {

enum class StatusAction : std::uint8_t { kCreated, kModified, kDuplicated, kDeleted, kRestored };
std::string_view to_text(StatusAction action);
std::optional<StatusAction> parse_status_action(std::string_view text);

// before and after are JSON values as text (`"Busy"`, `["a","b"]`, `null`), so that history keeps
// what was there whatever becomes of the field later.
struct FieldChange {
  std::string field;  // as in the contract: name, names.fr, type, tags, icon, ...
  std::string before;
  std::string after;
  friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

struct StatusHistoryItem {
  StatusId status;
  Time at = {};
  Author by;
  StatusAction action = StatusAction::kCreated;
  std::vector<FieldChange> changes;
  friend bool operator==(const StatusHistoryItem&, const StatusHistoryItem&) = default;
};

// One step of a person's own history: from `at` on they showed this. It ends where the next
// begins. Names as they were. Personal data: readable by that person alone.
struct OwnHistoryItem {
  UserId user;
  Time at = {};
  StatusId status;
  std::string name;
  StatusType type = StatusType::kOffline;
  std::string note;
  friend bool operator==(const OwnHistoryItem&, const OwnHistoryItem&) = default;
};

// Administration and refusals. Never a person's own status change.
struct AuditItem {
  Time at = {};
  Author by;
  std::string action;  // "status.create", "user.disable", "own-status.set" (only refused: R15)
  std::string target;  // an id as text, "" when there is none
  std::optional<Problem> problem;  // set: refused
  std::uint32_t count = 1;         // refusals of R15 within a minute are one item
  friend bool operator==(const AuditItem&, const AuditItem&) = default;
};

}  // namespace pastille
