// What a password must be, after NIST SP 800-63B 5.1.1.2: 8 to 128 code points, none of the most
// used ones, not the login, nothing that only repeats or counts; no rules of composition.
#pragma once

#include <string>
#include <string_view>

#include "core/refusal.h"
#include "core/unicode.h"

namespace pastille {

// As people type it in different ways: NFC, and nothing else. Spaces at the ends belong to it.
std::string normal_password(std::string_view text, const Unicode& unicode);

// A new password in the form that is hashed. Refuses kInvalid at `pointer`. `login`: "" when it is
// not known.
Result<std::string> parse_new_password(std::string_view text, std::string_view login,
                                       std::string_view pointer, const Unicode& unicode);

}  // namespace pastille
