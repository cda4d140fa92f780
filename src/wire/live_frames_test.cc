#include "wire/live_frames.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

TEST(LiveFrames, WriteABoardAroundItsEntries) {
  const std::string ref = "a\"b";
  const std::vector<std::string> unknown = {"u9", "x"};
  EXPECT_EQ(board_head({.seq = 7, .all = true, .more = true}) + std::string(kEntriesTail),
            R"({"is":"board","seq":7,"all":true,"more":true,"users":[]})");
  EXPECT_EQ(board_head({.seq = 7, .ref = &ref, .unknown = &unknown}) + std::string(kEntriesTail),
            R"({"is":"board","seq":7,"all":false,"more":false,"ref":"a\"b","unknown":["u9","x"],)"
            R"("users":[]})");
}

TEST(LiveFrames, WriteTheSmallOnesAsTheContractSays) {
  EXPECT_EQ(at_frame(3, Time{}), R"({"is":"at","seq":3,"now":"1970-01-01T00:00:00.000Z"})");
  EXPECT_EQ(conversations_frame(), R"({"is":"conversations"})");
  EXPECT_EQ(config_frame("roles"), R"({"is":"config","what":"roles"})");
  EXPECT_EQ(stale_frame(Time{}), R"({"is":"stale","since":"1970-01-01T00:00:00.000Z"})");
  EXPECT_EQ(fresh_frame(4), R"({"is":"fresh","seq":4})");
  EXPECT_EQ(changes_head(5) + std::string(kEntriesTail), R"({"is":"changes","seq":5,"users":[]})");
}

TEST(LiveFrames, RefuseWithAndWithoutRef) {
  const Refusal refusal{.problem = Problem::kScopeMissing, .detail = "No."};
  EXPECT_EQ(refused_frame("r", refusal).substr(0, 47),
            R"({"is":"refused","ref":"r","problem":{"type":"/p)");
  EXPECT_EQ(refused_frame(std::nullopt, refusal).substr(0, 30),
            R"({"is":"refused","problem":{"ty)");
}

TEST(LiveFrames, PutDeletedStatusesAmongTheGone) {
  Organisation organisation;
  Status status;
  status.id = StatusId{6};
  status.deleted = true;
  status.rev = 9;
  organisation.apply(StatusPut{status});
  EXPECT_EQ(catalogue_frame({StatusId{6}}, organisation),
            R"({"is":"catalogue","version":9,"statuses":[],"gone":["s6"]})");
}

TEST(LiveFrames, NameAnErasedPersonAsGone) {
  Organisation organisation;
  Person person;
  person.id = UserId{1};
  person.erased = true;
  person.rev = 5;
  organisation.apply(PersonPut{person});
  EXPECT_EQ(board_entry_begin(UserId{1}, organisation), R"({"user":"u1","gone":true,"rev":)");
  EXPECT_EQ(board_rev(UserId{1}, organisation), 5U);
}

}  // namespace
}  // namespace pastille
