#include "core/ids.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

TEST(Id, IsALetterAndANumberInBase32) {
  EXPECT_EQ(to_text(UserId{1}), "u1");
  EXPECT_EQ(to_text(StatusId{32}), "s10");
  EXPECT_EQ(to_text(TeamId{4 * 32 * 32 + 19 * 32 + 2}), "t4k2");
}

TEST(Id, ComesBackFromItsText) {
  for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{31}, std::uint64_t{32},
                                     std::uint64_t{123456789}, kMaxIdNumber}) {
    EXPECT_EQ(parse_id<UserId>(to_text(UserId{number})), UserId{number});
  }
}

TEST(Id, HasAtMost12Characters) {
  EXPECT_EQ(to_text(UserId{kMaxIdNumber}).size(), 12U);
  EXPECT_FALSE(
      parse_id<UserId>("u10000000000"
                       "0"));
}

TEST(Id, IsRefusedInAnyOtherForm) {
  for (const char* text : {"", "u", "u0", "u01", "s1", "U1", "uK", "ui", "ul", "uo", "uu", "u 1",
                           "u-1", "u1\n", "1"}) {
    EXPECT_FALSE(parse_id<UserId>(text)) << text;
  }
}

}  // namespace
}  // namespace pastille
