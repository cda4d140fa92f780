// How connections end, keep alive, and are told what is not on the board.
#include <gtest/gtest.h>

#include "app/modify_person.h"
#include "app/open_conversation.h"
#include "app/send_message.h"
#include "app/tokens.h"
#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

using std::chrono::milliseconds;

TEST(LiveEnd, IsMalformedForWhatCannotBeReadOrComesOutOfOrder) {
  LiveStage stage;
  const auto people = stage.people(1);
  for (const char* frame : {"nonsense", R"({"do":"follow","all":true})",
                            R"({"do":"set","ref":"a","status_id":"s3"})", R"({"do":"open"})"}) {
    LiveClient client = stage.connect(people[0]);
    client.say(frame);
    EXPECT_EQ(client.close_code(), close_code::kMalformed) << frame;
  }
  LiveClient twice = stage.present(people[0]);
  twice.say(R"({"do":"open","present":true})");
  EXPECT_EQ(twice.close_code(), close_code::kMalformed);
}

TEST(LiveEnd, FollowsTheCodesOfRfc6455) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient unmasked = stage.present(people[0]);
  unmasked.send_bytes(std::string("\x81\x02{}", 4));
  EXPECT_EQ(unmasked.close_code(), close_code::kProtocol);
  LiveClient binary = stage.present(people[0]);
  binary.send_frame(Opcode::kBinary, "{}");
  EXPECT_EQ(binary.close_code(), close_code::kNotText);
  LiveClient large = stage.present(people[0]);
  large.say(std::string(limits::kFrameBytes + 1, ' '));
  EXPECT_EQ(large.close_code(), close_code::kTooLarge);
  LiveClient polite = stage.present(people[0]);
  polite.send_frame(Opcode::kPing, "there?");
  EXPECT_EQ(polite.hear().payload, "there?");
  polite.send_frame(Opcode::kClose, std::string("\x03\xE8", 2));
  EXPECT_EQ(polite.close_code(), close_code::kNormal);
}

TEST(LiveEnd, ComesToWhoSpeaksTooFastAndNotToABurstOfSixty) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient client = stage.present(people[0]);
  for (int i = 1; i < limits::kFrameBurst; ++i) client.say(R"({"do":"follow","counts":false})");
  client.send_frame(Opcode::kPing, "");
  client.say(R"({"do":"follow","counts":false})");
  for (int i = 0; i < limits::kFramesPerSecond; ++i)
    client.say(R"({"do":"follow","counts":false})");
  EXPECT_EQ(client.close_code(), close_code::kTooFast);
}

TEST(LiveEnd, ComesWithTheEndOfTheSessionAndOfNoOther) {
  LiveStage stage;
  const auto people = stage.people(2);
  LiveClient client = stage.present(people[0]);
  LiveClient other = stage.present(people[1]);
  stage.must(SignOut{}, people[0].second);
  EXPECT_EQ(client.close_code(), close_code::kSessionEnded);
  other.say(R"({"do":"follow","counts":true})");
  EXPECT_EQ(text(other.next("counts"), "is"), "counts");
}

// What the node had published may not be so: everyone comes again, and gets what is.
TEST(LiveEnd, ComesToEveryoneWhenTheNodeBeginsAnew) {
  LiveStage stage;
  const auto people = stage.people(1);
  const auto true_state = stage.workspace().snapshot();
  LiveClient client = stage.connect(people[0]);
  client.say(R"({"do":"open","present":false,"follow":{"all":true}})");
  const boost::json::object ready = client.next("ready");
  stage.status("Of a lost event");
  client.next("catalogue");
  stage.fanout().begun_anew(true_state);
  EXPECT_EQ(client.close_code(), close_code::kRestarting);
  LiveClient again = stage.connect(people[0]);
  again.say(R"({"do":"open","present":false,"follow":{"all":true},"epoch":")" +
            std::string(ready.at("epoch").as_string()) + R"(","seq":)" +
            std::to_string(true_state->seq + 1) + "}");
  const boost::json::object anew = again.next("ready");
  EXPECT_FALSE(anew.at("resumed").as_bool());
  EXPECT_EQ(LiveClient::number(anew, "seq"), true_state->seq);
  EXPECT_TRUE(again.next("board").at("users").as_array().empty());
}

TEST(LiveEnd, ComesWithTheEndOfTheToken) {
  LiveStage stage;
  const auto people = stage.people(1);
  const auto made = stage.must(CreateToken{.name = "robot", .scope = Scope::kStatus, .secret = {1}},
                               people[0].second);
  LiveClient client = stage.hand_over(
      {.websocket = true, .reader = kStatusToken, .actor = made.id, .user = people[0].first});
  client.say(R"({"do":"open","present":true})");
  client.next("ready");
  stage.must(DeleteToken{made.id}, people[0].second);
  EXPECT_EQ(client.close_code(), close_code::kSessionEnded);
}

TEST(LiveEnd, ComesToWhoIsDisabled) {
  LiveStage stage;
  const auto people = stage.people(2);
  LiveClient client = stage.present(people[0]);
  PersonPatch patch;
  patch.active = false;
  stage.must(ModifyPerson{.user = people[0].first, .patch = patch});
  EXPECT_EQ(client.close_code(), close_code::kSessionEnded);
}

TEST(LiveEnd, ComesToTheSilent) {
  LiveStage stage({.heartbeat = milliseconds(200)});
  const auto people = stage.people(1);
  LiveClient client = stage.present(people[0]);
  EXPECT_EQ(client.hear().opcode, Opcode::kPing);
  EXPECT_EQ(LiveClient::number(client.next("at"), "seq") > 0, true);
  EXPECT_EQ(client.close_code(), close_code::kSilent);
}

TEST(LiveEnd, SaysGoodbyeToAllWhenTheServerRestarts) {
  LiveStage stage;
  const auto people = stage.people(20);
  std::vector<LiveClient> clients;
  for (const PersonHere& each : people) clients.push_back(stage.present(each));
  std::promise<void> closed;
  stage.on_hub(
      [&] { stage.hub().close_all(close_code::kRestarting, [&] { closed.set_value(); }); });
  for (LiveClient& each : clients) {
    EXPECT_EQ(each.close_code(), close_code::kRestarting);
    each.hang_up();
  }
  closed.get_future().get();
  EXPECT_EQ(stage.hub().figures().connections, 0);
  LiveClient late = stage.connect(people[0]);
  EXPECT_EQ(late.close_code(), close_code::kRestarting);
}

TEST(LiveScope, LetsATokenOfScopeReadWatchAndNothingElse) {
  LiveStage stage;
  const auto people = stage.people(1);
  const auto made = stage.must(CreateToken{.name = "reader", .scope = Scope::kRead, .secret = {1}},
                               people[0].second);
  const auto connect = [&] {
    return stage.hand_over(
        {.websocket = true, .reader = kReadToken, .actor = made.id, .user = people[0].first});
  };
  LiveClient watching = connect();
  watching.say(R"({"do":"open","present":false})");
  watching.next("ready");
  watching.say(R"({"do":"follow","add":["u1"],"ref":"a"})");
  EXPECT_EQ(text(watching.next("board"), "ref"), "a");
  watching.say(R"({"do":"set","ref":"b","status_id":"s3"})");
  EXPECT_EQ(watching.close_code(), close_code::kMalformed);
  LiveClient showing = connect();
  showing.say(R"({"do":"open","present":true})");
  EXPECT_EQ(showing.close_code(), close_code::kMalformed);
}

TEST(LiveScope, ClosesWhoGetsNoRefusalsWhenAFollowIsRefused) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient watching = stage.hand_over({.websocket = true,
                                         .reader = kReadToken,
                                         .actor = people[0].second,
                                         .user = people[0].first});
  watching.say(R"({"do":"open","present":false,"follow":{"all":true}})");
  watching.next("ready");
  watching.say(R"({"do":"follow","add":["u1"],"ref":"a"})");
  EXPECT_EQ(watching.close_code(), close_code::kMalformed);
  EXPECT_EQ(stage.hub().figures().refusals, 1);
}

TEST(LiveNews, OfStatusesPeopleAndOneselfReachWhoMayKnow) {
  LiveStage stage;
  const auto agents = stage.people(1);
  const auto administrators = stage.people(1, kAdministratorRole);
  LiveClient agent = stage.present(agents[0]);
  LiveClient administrator = stage.present(administrators[0]);
  const StatusId lunch = stage.status("Lunch");
  const auto catalogue = agent.next("catalogue");
  EXPECT_EQ(text(catalogue.at("statuses").as_array()[0].as_object(), "id"), to_text(lunch));
  stage.people(1);
  EXPECT_EQ(agent.next("people").at("users").as_array().size(), 1U);
  while (text(administrator.next("config"), "what") != "users") {
  }
  PersonPatch patch;
  patch.display_name = "Somebody";
  stage.must(ModifyPerson{.user = agents[0].first, .patch = patch});
  EXPECT_EQ(text(agent.next("self").at("user").as_object(), "display_name"), "Somebody");
}

TEST(LiveNews, OfPeopleAndConfigurationAreGatheredByTheTick) {
  LiveStage stage({.tick = milliseconds(200)});
  const auto people = stage.people(1);
  const auto administrators = stage.people(1, kAdministratorRole);
  LiveClient client = stage.present(administrators[0]);
  const auto began = std::chrono::steady_clock::now();
  const auto name_of = [](int i) { return "Name " + std::to_string(i); };
  for (int i = 0; i < 100; ++i) {
    PersonPatch patch;
    patch.display_name = name_of(i);
    stage.must(ModifyPerson{.user = people[0].first, .patch = patch});
  }
  int told = 0;
  while (true) {
    const auto frame = client.next("people");
    if (frame.empty()) break;
    ++told;
    // Beside whoever else is new since the client came.
    const auto& users = frame.at("users").as_array();
    if (std::ranges::any_of(users, [&](const boost::json::value& each) {
          return text(each.as_object(), "display_name") == name_of(99);
        })) {
      break;
    }
  }
  const auto ticks = (std::chrono::steady_clock::now() - began) / milliseconds(200) + 2;
  EXPECT_LE(told, ticks);
  // Of each tick `people`, and `config` of users and of the audit.
  EXPECT_LE(client.passed_over(), static_cast<std::size_t>(3 * ticks));
}

TEST(LiveNews, OfMessagesReachBothAndBecomeAHintForASlowReader) {
  LiveStage stage;
  const auto people = stage.people(2);
  LiveClient writer = stage.present(people[0]);
  LiveClient slow = stage.present(people[1], nullptr, "", 4096);
  const auto opened = stage.must(OpenConversation{.with = people[1].first}, people[0].second);
  slow.next("conversations");
  stage.must(SendMessage{.conversation = opened.conversation, .text = "hello"}, people[0].second);
  EXPECT_EQ(text(slow.next("message").at("message").as_object(), "text"), "hello");
  EXPECT_EQ(text(writer.next("message").at("message").as_object(), "text"), "hello");
  for (int i = 0; i < 60; ++i) {
    stage.must(SendMessage{.conversation = opened.conversation, .text = std::string(4000, 'x')},
               people[0].second);
  }
  slow.next("conversations");
  EXPECT_LT(slow.passed_over(), 30U);
}

TEST(LiveNews, OfCountsComeAtMostOnceInAWhile) {
  LiveStage stage({.tick = milliseconds(1), .counts_every = milliseconds(300)});
  const auto people = stage.people(2);
  const LiveClient changing = stage.present(people[0]);
  LiveClient client = stage.present(people[1]);
  client.say(R"({"do":"follow","counts":true})");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(LiveClient::number(client.next("counts").at("by_type").as_object(), "connected"), 2U);
  for (int i = 0; i < 50; ++i) {
    stage.shows(people[0], kBusy, std::to_string(i));
    stage.shows(people[0], system_status(StatusType::kAbsent), "");
  }
  stage.shows(people[0], kBusy, "");
  int frames = 1;
  while (LiveClient::number(client.next("counts").at("by_type").as_object(), "busy") != 1) ++frames;
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_LE(frames, took / milliseconds(300) + 1);
}

TEST(LiveEvents, SayTheSameFramesWithPositionsAsIds) {
  LiveStage stage({.heartbeat = milliseconds(200)});
  const auto people = stage.people(2);
  LiveOpening opening;
  opening.follow = FollowAll{};
  LiveClient stream = stage.hand_over({.websocket = false,
                                       .reader = kOwnSession,
                                       .actor = people[0].second,
                                       .user = people[0].first,
                                       .opening = opening});
  const std::string begin = stream.read_until("\"more\":false");
  EXPECT_EQ(begin.find("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"), 0U);
  EXPECT_NE(begin.find("retry: 3000\n\n"), std::string::npos);
  EXPECT_NE(begin.find("event: ready\ndata: "), std::string::npos) << "the board is to come";
  EXPECT_NE(begin.find("event: board\nid: "), std::string::npos);
  const LiveClient arriving = stage.present(people[1]);
  stage.shows(people[1], kBusy, "line");
  stream.read_until("\"note\":\"line\"");
  stream.read_until("\n\n:\n\n");
  stream.read_until("event: at\nid: ");
  stage.must(SignOut{}, people[0].second);
  stream.read_until("event: closed\ndata: {\"code\":4401}\n\n");
}

}  // namespace
}  // namespace pastille::push
