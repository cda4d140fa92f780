#include "core/ids.h"

namespace pastille {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford, lower case

}  // namespace

std::string id_text(char letter, std::uint64_t number) {
  std::string digits;
  do {
    digits.insert(digits.begin(), kDigits[number % 32]);
    number /= 32;
  } while (number != 0);
  return letter + digits;
}

std::optional<std::uint64_t> parse_id_number(char letter, std::string_view text) {
  if (text.size() < 2 || text.size() > 12 || text[0] != letter || text[1] == '0')
    return std::nullopt;
  std::uint64_t number = 0;
  for (const char each : text.substr(1)) {
    const auto digit = kDigits.find(each);
    if (digit == std::string_view::npos) return std::nullopt;
    number = number * 32 + digit;
  }
  if (number > kMaxIdNumber) return std::nullopt;
  return number;
}

}  // namespace pastille
