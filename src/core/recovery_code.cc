#include "core/recovery_code.h"

namespace pastille {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kGroup = 5;

}  // namespace

std::string recovery_code(const std::array<std::uint8_t, kRecoveryCodeLetters>& random) {
  std::string code;
  for (std::size_t at = 0; at < random.size(); ++at) {
    if (at > 0 && at % kGroup == 0) code += '-';
    code += kLetters[random[at] % kLetters.size()];
  }
  return code;
}

std::string normal_recovery_code(std::string_view typed) {
  std::string normal;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    normal += upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
  }
  return normal;
}

}  // namespace pastille
