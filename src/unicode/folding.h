// When two names are the same, and when a search finds one. Both take valid UTF-8. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace pastille {

// Texts that fold alike are the same name to people: without case (full case folding, so that the
// two small sigmas are one and ß is ss), without the accents of Latin and Greek and the stress
// marks of Cyrillic, Latin letters as ASCII, compatibility forms (width, ligatures) as what they
// stand for, runs of white space and blank symbols as one space and none at the ends, without what
// nobody sees. Marks that make another letter stay: バス is not ハス, nor Мой Мои. Folding what is
// folded changes nothing.
std::string fold_text(std::string_view text);

// What fold_text gave, for search, character by character: without any accents and marks,
// punctuation as ASCII, too.
std::string loosen_fold(std::string_view folded);

// Names these rules and the tables of ICU that they use. Folds that were kept under another version
// may differ from what fold_text gives now.
std::string folding_version();

}  // namespace pastille
