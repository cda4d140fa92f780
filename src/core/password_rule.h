// What a password must be, after NIST SP 800-63B 5.1.1.2: 8 to 128 code points, none of the most
// used ones, not the login; no rules of composition.
#pragma once

#include <string_view>

#include "core/refusal.h"
#include "core/unicode.h"

namespace pastille {

// Refuses kInvalid at `pointer`. `login`: "" when it is not known. The password itself is taken as
// it is: neither trimmed nor normalised.
Result<void> check_password(std::string_view password, std::string_view login,
                            std::string_view pointer, const Unicode& unicode);

}  // namespace pastille
