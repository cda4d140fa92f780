#include "core/recovery_code.h"

#include <gtest/gtest.h>

#include <numeric>

namespace pastille {
namespace {

TEST(RecoveryCode, IsFiveGroupsOfLettersThatAreNotMistaken) {
  std::array<std::uint8_t, kRecoveryCodeLetters> random{};
  std::iota(random.begin(), random.end(), std::uint8_t{250});
  const std::string code = recovery_code(random);
  EXPECT_EQ(code, "TVWXY-Z0123-45678-9ABCD-EFGHJ");
  EXPECT_EQ(code.find_first_of("ILOU"), std::string::npos);
}

TEST(RecoveryCode, IsTheSameHoweverItIsTyped) {
  EXPECT_EQ(normal_recovery_code("tvwxy z0123-45678 9abcd-efghj"), "TVWXYZ0123456789ABCDEFGHJ");
  EXPECT_EQ(normal_recovery_code("oO0 iIlL1"), "00011111");
  EXPECT_EQ(normal_recovery_code(""), "");
}

}  // namespace
}  // namespace pastille
