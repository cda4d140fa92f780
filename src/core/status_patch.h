// What somebody wants a status to be: texts and numbers from outside, field by field, and the one
// place where they become StatusFields. Creating is a patch of nothing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/faults.h"
#include "core/status.h"
#include "core/unicode.h"

namespace pastille {

// Absent fields stay as they are. Inner nullopt: take it away (JSON null).
struct StatusPatch {
  std::optional<std::string> name = {};
  std::map<std::string, std::optional<std::string>> names = {};  // merged by language
  std::optional<StatusType> type = {};
  std::optional<std::vector<std::string>> tags = {};  // replaced whole
  std::optional<std::optional<std::string>> icon = {};
  std::optional<std::optional<std::int64_t>> default_duration_s = {};
  std::optional<std::int64_t> position = {};
};

// The fields after the patch. What is out of its limits is noted in `faults` and left as it was.
// Two tags that differ in case or accents alone are one: the first.
StatusFields patched(StatusFields before, const StatusPatch& patch, const Unicode& unicode,
                     Faults& faults);

}  // namespace pastille
