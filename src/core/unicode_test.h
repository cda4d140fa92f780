// For tests of rules about text: the folding that the server uses.
#pragma once

#include "unicode/icu_unicode.h"

namespace pastille {

inline const IcuUnicode kUnicode;

}  // namespace pastille
