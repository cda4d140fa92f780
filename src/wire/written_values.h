// Values as people write them into cells of a spreadsheet, where what is meant is beyond doubt.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/status.h"
#include "core/unicode.h"

namespace pastille {

// Whatever the case, with blanks or hyphens: "In a call". Also what other systems call them: online
// and available, away, dnd. nullopt: none of them, or offline, which nobody chooses.
std::optional<StatusType> written_type(std::string_view text, const Unicode& unicode);

// Seconds: "900", "90 s", "15 min", "1 h". nullopt: none of these.
std::optional<std::int64_t> written_duration(std::string_view text, const Unicode& unicode);

}  // namespace pastille
