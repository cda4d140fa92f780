// A recovery code as people copy it: letters and digits that are not mistaken for each other
// (Crockford's base 32), in groups of five. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pastille {

inline constexpr std::size_t kRecoveryCodeLetters = 25;  // of 5 bits each: nobody guesses 125 bits

// Of that many random bytes, of which the lower five bits count: "7K2MP-...-9XQ4T".
std::string recovery_code(const std::array<std::uint8_t, kRecoveryCodeLetters>& random);
// What is hashed of a code that was typed: without case, blanks and hyphens, o as 0, i and l as 1.
std::string normal_recovery_code(std::string_view typed);

}  // namespace pastille
