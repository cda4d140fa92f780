#include "push/deflate.h"

#include <gtest/gtest.h>

#include <string>

namespace pastille::push {
namespace {

constexpr std::size_t kInflatedLimit = 64 * 1024;

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

TEST(Deflate, JoinsPiecesToOneMessage) {
  const std::string many(20'000, 'a');
  const std::string payload =
      stored("[") + deflated(many) + stored(",") + deflated("b") + stored("]");
  EXPECT_EQ(inflated(payload + std::string(kDeflateEnd), kInflatedLimit), "[" + many + ",b]");
  EXPECT_LT(payload.size(), 200U);
}

TEST(Deflate, StoresWhatIsLongerThanABlock) {
  const std::string text(150'000, 'x');
  EXPECT_EQ(inflated(stored(text) + std::string(kDeflateEnd), text.size()), text);
  EXPECT_EQ(stored(""), "");
}

TEST(Inflate, ReadsTheExamplesOfTheRfc_7692_7_2_3) {
  EXPECT_EQ(inflated(from_hex("f248cdc9c90700"), kInflatedLimit), "Hello");          // one block
  EXPECT_EQ(inflated(from_hex("000500faff48656c6c6f00"), kInflatedLimit), "Hello");  // stored
  EXPECT_EQ(inflated(from_hex("f348cdc9c9070000"), kInflatedLimit), "Hello");        // final block
  EXPECT_EQ(inflated(from_hex("f24805000000ffffcac9c90700"), kInflatedLimit),
            "Hello");  // two blocks
}

TEST(Inflate, TakesAsMuchAsTheLimitAndNoByteMore) {
  const std::string full(kInflatedLimit, 'a');
  const std::string end(kDeflateEnd);
  EXPECT_EQ(inflated(deflated(full) + end, kInflatedLimit), full);
  EXPECT_EQ(inflated(deflated(full + "a") + end, kInflatedLimit),
            std::unexpected(InflateFault::kTooLarge));
  EXPECT_EQ(inflated(deflated(std::string(5'000'000, 'a')) + end, kInflatedLimit),
            std::unexpected(InflateFault::kTooLarge));
}

TEST(Inflate, RefusesWhatIsNotCompressed) {
  EXPECT_EQ(inflated("\xFF\xFF\xFF\xFF", kInflatedLimit), std::unexpected(InflateFault::kBroken));
  EXPECT_EQ(inflated(std::string("\x00\x05\x00\x00\x00", 5), kInflatedLimit),
            std::unexpected(InflateFault::kBroken));
}

TEST(Inflate, TakesAnEmptyMessage) { EXPECT_EQ(inflated(kDeflateEnd, kInflatedLimit), ""); }

}  // namespace
}  // namespace pastille::push
