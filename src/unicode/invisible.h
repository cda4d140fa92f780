// Characters that nobody sees, which come along when people paste: direction marks, zero-width
// spaces, soft hyphens, byte-order marks. Pure, thread-safe.
#pragma once

#include <unicode/umachine.h>

#include <string>
#include <string_view>

namespace pastille {

// Unicode's Default_Ignorable_Code_Point, and the marks of interlinear annotation.
bool is_invisible(UChar32 point);

// A symbol that looks like a space and is none: the braille pattern without dots, the null
// notehead.
bool is_blank_symbol(UChar32 point);

// A joiner between two emoji, or a tag in one (the flag of Wales). `before`: the last visible
// character before it, or the tag; `after`: what follows it; 0: nothing.
bool joins_emoji(UChar32 point, UChar32 before, UChar32 after);

// Takes valid UTF-8. Without invisible characters, but for those that change what is seen: joiners
// where a script or an emoji needs them, variation selectors behind a character, tags in emoji.
// Line and paragraph separators and blank symbols become spaces.
std::string without_invisible(std::string_view text);

// Whether anything is to be seen: not only white space, invisible characters, blank symbols and
// marks.
bool shows_something(std::string_view text);

}  // namespace pastille
