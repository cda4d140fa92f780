#include "push/board.h"

#include <gtest/gtest.h>

namespace pastille::push {
namespace {

Piece piece(const char* text) { return std::make_shared<const std::string>(text); }

std::vector<std::uint64_t> since(const Board& board, std::uint64_t seq) {
  std::vector<std::uint64_t> users;
  board.since(seq, [&](UserId user) {
    users.push_back(user.number);
    return true;
  });
  return users;
}

Organisation people(std::size_t count) {
  Organisation organisation;
  for (std::size_t i = 1; i <= count; ++i) {
    Person person;
    person.id = UserId{i};
    organisation.apply(PersonPut{person});
  }
  return organisation;
}

TEST(Board, GivesTheTailThatACursorHasMissedNewestFirst) {
  Board board(people(5));
  EXPECT_TRUE(since(board, 0).empty());
  for (const auto& [user, rev] : {std::pair(3, 10), {1, 11}, {5, 12}, {3, 13}}) {
    EXPECT_TRUE(board.change(
        {UserId{static_cast<std::uint64_t>(user)}, static_cast<std::uint64_t>(rev), piece(",{}")}));
  }
  EXPECT_EQ(since(board, 0), (std::vector<std::uint64_t>{3, 5, 1}));
  EXPECT_EQ(since(board, 11), (std::vector<std::uint64_t>{3, 5}));
  EXPECT_EQ(since(board, 13), std::vector<std::uint64_t>{});
  EXPECT_EQ(board.count_since(0, 2), 2U);
  EXPECT_EQ(board.count_since(0, 9), 3U);
}

TEST(Board, TakesNothingThatIsOlderThanWhatItHas) {
  Board board(people(2));
  EXPECT_TRUE(board.change({UserId{1}, 10, piece(",new")}));
  EXPECT_FALSE(board.change({UserId{1}, 10, piece(",same")}));
  EXPECT_FALSE(board.change({UserId{1}, 9, piece(",old")}));
  EXPECT_EQ(*board.piece(UserId{1}, people(2)), ",new");
}

TEST(Board, BeginsInTheOrderOfTheLastChanges) {
  Organisation organisation = people(3);
  for (const auto& [user, rev] : {std::pair(2, 5), {1, 7}}) {
    Entry entry;
    entry.rev = static_cast<std::uint64_t>(rev);
    organisation.apply(EntryPut{.user = UserId{static_cast<std::uint64_t>(user)},
                                .entry = entry,
                                .pending = {},
                                .last_chosen = {}});
  }
  const Board board(organisation);
  EXPECT_EQ(since(board, 0), (std::vector<std::uint64_t>{1, 2}));
}

TEST(Board, EncodesAnEntryOnceBetweenTwoChanges) {
  const Organisation organisation = people(1);
  Board board(organisation);
  const Piece first = board.piece(UserId{1}, organisation);
  EXPECT_EQ(board.piece(UserId{1}, organisation), first);
  EXPECT_EQ(board.encoded(), 1U);
  EXPECT_EQ(first->substr(0, 13), R"(,{"user":"u1")");
}

}  // namespace
}  // namespace pastille::push
