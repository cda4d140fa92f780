// Cursors: where a page ended, as opaque text. Keyset: they hold the key of the last item and not a
// count, so what is untouched while one pages comes exactly once. Bound to the query that made
// them. They hold nothing secret and are checked, not signed; valid across restarts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/request.h"

namespace pastille::http {

std::string make_cursor(std::string_view key, const Request& request);
// The key; nullopt: not ours, or of another path or other parameters than limit.
std::optional<std::string> read_cursor(std::string_view text, const Request& request);

}  // namespace pastille::http
