// The contract's table "frames by reader", said once more in the other order.
#include "push/frame_kind.h"

#include <gtest/gtest.h>

#include <string>

namespace pastille::push {
namespace {

using Kind = LiveReader::Kind;

// In the order of FrameKind.
std::string got_by(Kind reader) {
  std::string names;
  for (auto at = std::to_underlying(FrameKind::kReady); at <= std::to_underlying(FrameKind::kFresh);
       ++at) {
    const auto kind = static_cast<FrameKind>(at);
    if (may_get(LiveReader(reader), kind))
      names.append(names.empty() ? "" : " ").append(name_of(kind));
  }
  return names;
}

TEST(FramesByReader, AreThoseOfTheContract) {
  EXPECT_EQ(got_by(Kind::kOwnSession),
            "ready board changes at counts catalogue people self config message read conversations "
            "done refused stale fresh");
  EXPECT_EQ(got_by(Kind::kStatusToken),
            "ready board changes at counts catalogue people done refused stale fresh");
  EXPECT_EQ(got_by(Kind::kReadToken), "ready board changes at counts catalogue people stale fresh");
  EXPECT_EQ(got_by(Kind::kElement), "ready board changes at catalogue stale fresh");
  EXPECT_EQ(got_by(Kind::kNobody), "");
}

TEST(FramesByReader, FollowFromWhatAConnectionCameWith) {
  Acting session;
  Acting token;
  token.scope = Scope::kRead;
  EXPECT_EQ(reader_of(session, false).kind(), Kind::kOwnSession);
  EXPECT_EQ(reader_of(token, false).kind(), Kind::kReadToken);
  EXPECT_EQ(reader_of(session, true).kind(), Kind::kElement);
  EXPECT_EQ(reader_of(token, true).kind(), Kind::kElement);
  token.scope = Scope::kStatus;
  EXPECT_EQ(reader_of(token, false).kind(), Kind::kStatusToken);
}

TEST(FramesByReader, APageOfAnotherOriginNamesWhomItFollows) {
  const LiveReader element(Kind::kElement);
  LiveOpening opening;
  opening.follow = FollowSome{{UserId{1}}};
  EXPECT_TRUE(may_open(element, opening));
  opening.counts = true;
  EXPECT_FALSE(may_open(element, opening));
  opening.counts = false;
  opening.present = true;
  EXPECT_FALSE(may_open(element, opening));
  opening.present = false;
  opening.follow = FollowAll{};
  EXPECT_FALSE(may_open(element, opening));
  EXPECT_TRUE(may_open(LiveReader(Kind::kReadToken), opening));
  EXPECT_FALSE(may_open(LiveReader(Kind::kNobody), {}));
}

}  // namespace
}  // namespace pastille::push
