// A login: 1 to limits::kLogin code points after NFC and trimming, without white space and control
// characters; unique without regard to case and accents. An e-mail address does.
#pragma once

#include <string_view>

#include "core/label.h"

namespace pastille {

// Refuses kInvalid at /login.
Result<Label> parse_login(std::string_view text, const Unicode& unicode);

}  // namespace pastille
