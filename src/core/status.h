// A status: an entry of the organisation's list, built on one of the basic types. Values only.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/label.h"
#include "core/time.h"

namespace pastille {

enum class StatusType : std::uint8_t { kConnected, kAbsent, kBusy, kInACall, kOffline };

inline constexpr std::array kStatusTypes = {StatusType::kConnected, StatusType::kAbsent,
                                            StatusType::kBusy, StatusType::kInACall,
                                            StatusType::kOffline};

std::string_view to_text(StatusType type);  // "in_a_call"
std::optional<StatusType> parse_status_type(std::string_view text);

// Who did something: a person, the command line on the machine itself, or the product (a timer,
// the first start).
struct Author {
  enum class Kind : std::uint8_t { kPerson, kOperator, kProduct };
  Kind kind = Kind::kProduct;
  UserId user = {};  // with kPerson
  friend bool operator==(const Author&, const Author&) = default;
};

// What a person configures of a status; what history compares field by field.
struct StatusFields {
  Label name;
  std::map<std::string, Label> names;  // locale (RFC 5646) -> translation
  StatusType type = StatusType::kConnected;
  std::vector<Label> tags;  // in the order given, unique by fold
  std::string icon;         // "": none
  std::optional<std::chrono::seconds> default_duration;
  int position = 0;
  friend bool operator==(const StatusFields&, const StatusFields&) = default;
};

struct Status {
  StatusId id;
  StatusFields fields;
  bool system = false;
  bool deleted = false;
  std::uint64_t version = 1;  // of the definition; the ETag
  std::uint64_t rev = 0;      // seq of the event that changed it last
  Time created_at = {};
  Author created_by = {};
  Time updated_at = {};
  Author updated_by = {};
  friend bool operator==(const Status&, const Status&) = default;
};

// The five system statuses have the ids 1 to 5, in the order of kStatusTypes.
constexpr StatusId system_status(StatusType type) {
  return StatusId{static_cast<std::uint64_t>(type) + 1};
}
inline constexpr std::uint64_t kFirstCustomStatus = 6;

}  // namespace pastille
