// The list of statuses (R2 to R4): searched, filtered, and in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/organisation.h"
#include "core/unicode.h"

namespace pastille {

enum class StatusSort : std::uint8_t { kPosition, kName, kType, kUpdatedAt };
std::optional<StatusSort> parse_status_sort(std::string_view text);  // "updated_at"

struct StatusQuery {
  std::string text;               // each word in a name of any language or a tag; "": all
  std::vector<std::string> tags;  // carries every one of them
  std::optional<StatusType> type = {};
  bool deleted = false;  // the deleted ones instead
  StatusSort sort = StatusSort::kPosition;
  std::string locale = "en";  // of the caller, for the order of names

  struct Row {
    std::string key;  // its byte order is the order of the list; unique, as it ends in the id
    StatusId status;
  };
  // Ascending by key.
  std::vector<Row> rows(const Organisation& organisation, const Unicode& unicode) const;
};

}  // namespace pastille
