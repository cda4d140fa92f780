// Pastille-Position: "EPOCH.SEQ". An answer to a change carries it; a request that sends it back is
// answered once this node has applied it. "newest" is answered after a look at the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/organisation.h"

namespace pastille::http {

std::string position_text(const Position& position);
// nullopt: not of that form.
std::optional<Position> parse_position(std::string_view text);

}  // namespace pastille::http
