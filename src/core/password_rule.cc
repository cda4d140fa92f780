#include "core/password_rule.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/limits.h"

namespace pastille {
namespace {

// Of at least 8 characters, as people use them most; compared folded.
constexpr std::array<std::string_view, 100> kCommon = {
    "12345678",    "123456789",   "1234567890",    "password",   "password1",  "password12",
    "password123", "passw0rd",    "p@ssw0rd",      "p@ssword",   "qwertyui",   "qwertyuiop",
    "qwerty123",   "qwerty1234",  "qwerty12345",   "azertyui",   "azertyuiop", "azerty123",
    "motdepasse",  "motdepasse1", "motdepasse123", "1q2w3e4r",   "1q2w3e4r5t", "1qaz2wsx",
    "zaq12wsx",    "abcd1234",    "abc12345",      "abcdefgh",   "a1b2c3d4",   "iloveyou",
    "iloveyou1",   "sunshine",    "princess",      "football",   "football1",  "baseball",
    "superman",    "trustno1",    "welcome1",      "welcome123", "bienvenue",  "bienvenue1",
    "bonjour1",    "bonjour123",  "letmein1",      "letmein123", "whatever",   "starwars",
    "computer",    "internet",    "samsung1",      "michelle",   "jennifer",   "charlie1",
    "jordan23",    "11111111",    "00000000",      "22222222",   "66666666",   "77777777",
    "88888888",    "99999999",    "12341234",      "11223344",   "12344321",   "87654321",
    "987654321",   "0987654321",  "123123123",     "123456789a", "123qweasd",  "qweasdzxc",
    "asdfghjk",    "asdfghjkl",   "zxcvbnm1",      "qazwsxedc",  "changeme",   "changeme1",
    "changeme123", "changezmoi",  "administrator", "admin123",   "admin1234",  "administrateur",
    "callcenter",  "callcenter1", "callcenter123", "soleil123",  "marseille",  "doudoune",
    "chocolat",    "loulou123",   "nicolas1",      "summer2024", "summer2025", "summer2026",
    "winter2025",  "winter2026",  "secret123",     "pastille1"};

// "aaaaaaaa", "23456789", "hgfedcba": each character is a constant step from the one before.
bool only_counts(std::string_view folded) {
  const int step = folded[1] - folded[0];
  if (step < -1 || step > 1) return false;
  for (std::size_t i = 2; i < folded.size(); ++i) {
    if (folded[i] - folded[i - 1] != step) return false;
  }
  return true;
}

}  // namespace

std::string normal_password(std::string_view text, const Unicode& unicode) {
  // tidy() also trims; the quotes hold the ends in place, and compose with nothing.
  const auto quoted = unicode.tidy('"' + std::string(text) + '"');
  if (!quoted) return std::string(text);
  return quoted->substr(1, quoted->size() - 2);
}

Result<std::string> parse_new_password(std::string_view text, std::string_view login,
                                       std::string_view pointer, const Unicode& unicode) {
  const auto refuse_it = [&](const char* why) { return refuse_field(std::string(pointer), why); };
  if (!unicode.tidy(text)) return refuse_it("This is not valid UTF-8. Send text in UTF-8.");
  std::string password = normal_password(text, unicode);
  const std::size_t length = unicode.code_points(password);
  if (length < limits::kPasswordShortest || length > limits::kPasswordLongest) {
    return refuse_it("A password has 8 to 128 characters.");
  }
  const std::string folded = unicode.fold(password);
  if (!login.empty() && folded == unicode.fold(login)) {
    return refuse_it("This is the login. Choose another password.");
  }
  if (folded.size() < 2 || only_counts(folded) ||
      std::ranges::find(kCommon, folded) != kCommon.end()) {
    return refuse_it(
        "This is one of the first passwords that anyone would try. Choose another: a "
        "few words are easy to remember and hard to guess.");
  }
  return password;
}

}  // namespace pastille
