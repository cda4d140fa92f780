// What falls due is done in bounded pieces, however much there is.
#include "app/fall_due.h"

#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;

AnswerKept answer(std::size_t number, Time at) {
  return {.user = UserId{1}, .key = std::to_string(number), .fingerprint = {}, .at = at};
}

TEST(Purging, DropsAnswersOfADayAgoAPieceAtATime) {
  Stage stage;
  const Time begin = stage.clock.now().wall;
  stage.change([&](Draft& draft) {
    for (std::size_t i = 0; i <= limits::kPurgedAtOnce; ++i) {
      draft.change(answer(i, begin + Duration(static_cast<std::int64_t>(i))));
    }
  });
  EXPECT_FALSE(Purge::is_due(stage.now(), stage.context()));
  stage.clock.tick(limits::kIdempotencyLife + 1s);
  EXPECT_TRUE(Purge::is_due(stage.now(), stage.context()));
  stage.must(Purge{});
  EXPECT_EQ(stage.now().answers.size(), 1U);
  EXPECT_TRUE(Purge::is_due(stage.now(), stage.context()));
  stage.must(Purge{});
  EXPECT_TRUE(stage.now().answers.empty());
  EXPECT_TRUE(stage.now().answers_by_age.empty());
}

TEST(Purging, DropsTheOldestAnswersWhenTheyAreTooMany) {
  Stage stage;
  const Time begin = stage.clock.now().wall;
  const auto keep = [&](std::size_t first, std::size_t count) {
    stage.change([&](Draft& draft) {
      for (std::size_t i = first; i < first + count; ++i) {
        draft.change(answer(i, begin + Duration(static_cast<std::int64_t>(i))));
      }
    });
  };
  keep(0, limits::kAnswersKept);
  EXPECT_FALSE(Purge::is_due(stage.now(), stage.context()));
  keep(limits::kAnswersKept, 1);
  stage.must(Purge{});
  EXPECT_EQ(stage.now().answers.size(), limits::kAnswersKept);
  EXPECT_FALSE(stage.now().answers.contains(std::pair(UserId{1}, std::string("0"))));
  EXPECT_FALSE(Purge::is_due(stage.now(), stage.context()));
  // However many they are, a piece at a time, and whatever the clock says.
  keep(limits::kAnswersKept + 1, limits::kPurgedAtOnce + 1);
  Context doubtful = stage.context();
  doubtful.keep_sessions = true;
  EXPECT_TRUE(Purge::is_due(stage.now(), doubtful));
  stage.must(Purge{});
  EXPECT_EQ(stage.now().answers.size(), limits::kAnswersKept + 1);
  stage.must(Purge{});
  EXPECT_EQ(stage.now().answers.size(), limits::kAnswersKept);
}

TEST(Purging, DropsNothingByAgeWhileTheClockIsNotBelieved) {
  Stage stage;
  stage.change([&](Draft& draft) { draft.change(answer(1, stage.clock.now().wall)); });
  stage.clock.tick(limits::kIdempotencyLife + 1s);
  Context doubtful = stage.context();
  doubtful.keep_sessions = true;
  EXPECT_FALSE(Purge::is_due(stage.now(), doubtful));
}

TEST(Purging, KeepsTheNewAnswerWhenTheSameKeyIsUsedAgain) {
  Stage stage;
  stage.change([&](Draft& draft) { draft.change(answer(1, stage.clock.now().wall)); });
  stage.clock.tick(limits::kIdempotencyLife + 1s);
  stage.change([&](Draft& draft) { draft.change(answer(1, stage.clock.now().wall)); });
  EXPECT_FALSE(Purge::is_due(stage.now(), stage.context()));
  EXPECT_EQ(stage.now().answers_by_age.size(), 1U);
}

TEST(Purging, VoidsRenewalsPastTheirTimeAPieceAtATime) {
  Stage stage;
  const Time end = stage.clock.now().wall + 1s;
  for (std::size_t i = 0; i <= limits::kPurgedAtOnce; ++i) {
    const UserId user = stage.person("p" + std::to_string(i));
    stage.change([&](Draft& draft) {
      Person person = *draft.now().person(user);
      person.sign_in.pending = PendingRenewal{.made = {}, .expires_at = end, .external = {}};
      draft.change(PersonPut{std::move(person)});
    });
  }
  EXPECT_FALSE(Purge::is_due(stage.now(), stage.context()));
  stage.clock.tick(1s);
  stage.must(Purge{});
  EXPECT_EQ(stage.now().renewals_pending.size(), 1U);
  EXPECT_TRUE(Purge::is_due(stage.now(), stage.context()));
  stage.must(Purge{});
  EXPECT_TRUE(stage.now().renewals_pending.empty());
}

TEST(ADeadNode, IsDroppedWithTheLastPieceOfItsConnections) {
  Stage stage;
  const NodeId node{7};
  const UserId user = stage.person("ana");
  stage.change([&](Draft& draft) {
    for (std::uint64_t i = 1; i <= limits::kToldAtOnce + 1; ++i) {
      draft.change(ConnectionOpened{
          .user = user, .connection = {.id = ConnectionId{i}, .node = node, .session = {}}});
    }
  });
  stage.must(NodeDied{.node = node, .as_of = {}});
  EXPECT_EQ(stage.now().connections_at.size(), 1U);
  EXPECT_TRUE(stage.made<NodeDropped>().empty());
  EXPECT_TRUE(stage.made<GraceSet>().empty());
  stage.must(NodeDied{.node = node, .as_of = {}});
  EXPECT_TRUE(stage.now().connections_at.empty());
  EXPECT_EQ(stage.made<NodeDropped>().size(), 1U);
  EXPECT_EQ(stage.made<GraceSet>().size(), 1U);
}

}  // namespace
}  // namespace pastille
