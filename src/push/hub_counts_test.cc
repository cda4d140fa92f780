// Counts are told when the number of people changes, not only when somebody changes what they show.
#include "app/create_person.h"
#include "app/erase_person.h"
#include "app/modify_person.h"
#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

using std::chrono::milliseconds;

class LiveCounts : public testing::Test {
 protected:
  LiveCounts() { client_.say(R"({"do":"follow","counts":true})"); }

  // Of the next counts that are told.
  std::pair<std::uint64_t, std::uint64_t> connected_and_offline() {
    const boost::json::object by_type = client_.next("counts").at("by_type").as_object();
    return {LiveClient::number(by_type, "connected"), LiveClient::number(by_type, "offline")};
  }
  using Two = std::pair<std::uint64_t, std::uint64_t>;

  LiveStage stage_{{.tick = milliseconds(1), .counts_every = milliseconds(1)}};
  std::vector<PersonHere> people_ = stage_.people(2);
  LiveClient client_ = stage_.present(people_[0]);
};

TEST_F(LiveCounts, AreToldWhenSomebodyIsAddedOrErased) {
  EXPECT_EQ(connected_and_offline(), Two(1, 1));
  stage_.must(
      CreatePerson{.fields = {.login = "cleo", .display_name = "Cleo", .role = kAgentRole}});
  EXPECT_EQ(connected_and_offline(), Two(1, 2));
  stage_.must(
      ModifyPerson{.user = people_[1].first, .expected_version = {}, .patch = {.active = false}});
  stage_.must(ErasePerson{.user = people_[1].first, .expected_version = {}});
  Two counts = connected_and_offline();
  while (counts == Two(1, 2)) counts = connected_and_offline();  // of the one who only left
  EXPECT_EQ(counts, Two(1, 1));
}

TEST_F(LiveCounts, AreToldWhenSomebodyIsDisabledWhoWasThere) {
  EXPECT_EQ(connected_and_offline(), Two(1, 1));
  const LiveClient other = stage_.present(people_[1]);
  EXPECT_EQ(connected_and_offline(), Two(2, 0));
  stage_.must(
      ModifyPerson{.user = people_[1].first, .expected_version = {}, .patch = {.active = false}});
  EXPECT_EQ(connected_and_offline(), Two(1, 1));
}

}  // namespace
}  // namespace pastille::push
