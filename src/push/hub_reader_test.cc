// What a reader may see travels with its connection.
#include <gtest/gtest.h>

#include "app/modify_person.h"
#include "app/open_conversation.h"
#include "app/send_message.h"
#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

LiveClient element(LiveStage& stage, const PersonHere& viewer, LiveOpening opening) {
  return stage.hand_over({.websocket = false,
                          .reader = kElement,
                          .actor = viewer.second,
                          .user = viewer.first,
                          .opening = std::move(opening)});
}

TEST(LiveReaders, APageOfAnotherOriginLearnsOfThoseWhomItNamesAndOfNothingElse) {
  LiveStage stage({.tick = std::chrono::milliseconds(1)});
  const auto people = stage.people(3);
  const LiveClient viewer = stage.present(people[0]);
  const LiveClient named = stage.present(people[1]);
  const LiveClient other = stage.present(people[2]);
  LiveOpening opening;
  opening.follow = FollowSome{{people[1].first}};
  LiveClient stream = element(stage, people[0], opening);
  const std::string begin = stream.read_until("\"more\":false");
  EXPECT_NE(begin.find("event: ready"), std::string::npos);
  EXPECT_EQ(begin.find("\"me\":"), std::string::npos);

  const auto opened = stage.must(OpenConversation{.with = people[0].first}, people[1].second);
  stage.must(SendMessage{.conversation = opened.conversation, .text = "between us"},
             people[1].second);
  PersonPatch patch;
  patch.display_name = "Renamed";
  stage.must(ModifyPerson{.user = people[0].first, .patch = patch});
  stage.shows(people[0], kBusy, "the viewer's own");
  stage.shows(people[2], kBusy, "somebody else's");
  stage.status("Told to all");
  stage.shows(people[1], kBusy, "the last");
  const std::string all = stream.read_until("\"the last\"");
  for (const char* kind : {"message", "read", "conversations", "self", "people", "config"}) {
    EXPECT_EQ(all.find(std::string("event: ") + kind + "\n"), std::string::npos) << kind;
  }
  EXPECT_EQ(all.find("own"), std::string::npos);
  EXPECT_EQ(all.find("else"), std::string::npos);
  EXPECT_NE(all.find("event: catalogue"), std::string::npos);
}

TEST(LiveReaders, APageOfAnotherOriginIsNotLetInWithMoreWhoeverLetItThrough) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveOpening everyone;
  everyone.follow = FollowAll{};
  LiveOpening counting;
  counting.counts = true;
  LiveOpening present;
  present.present = true;
  for (const LiveOpening& opening : {everyone, counting, present}) {
    element(stage, people[0], opening).read_until("event: closed\ndata: {\"code\":4400}");
  }
  EXPECT_TRUE(stage.workspace().snapshot()->presence(people[0].first)->entry.offline());
}

TEST(LiveReaders, WhoseSessionHasEndedIsToldThatAndNothingElse) {
  LiveStage stage;
  LiveClient nobody = stage.hand_over({.websocket = true,
                                       .reader = LiveReader(LiveReader::Kind::kNobody),
                                       .actor = {},
                                       .user = {}});
  EXPECT_EQ(nobody.close_code(), close_code::kSessionEnded);
}

}  // namespace
}  // namespace pastille::push
