// The JSON of a request as a tree, or what is wrong with it (RFC 8259): at most 32 levels, no key
// twice, valid UTF-8.
#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "core/refusal.h"

namespace pastille {

// Refuses kMalformed, with the byte where reading stopped.
Result<boost::json::value> parse_json(std::string_view text);

}  // namespace pastille
