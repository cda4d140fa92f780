#include "push/inbox.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace pastille::push {
namespace {

std::shared_ptr<const Bulletin> bulletin(std::uint64_t seq) {
  Organisation after;
  after.seq = seq;
  auto made = std::make_shared<Bulletin>();
  made->after = std::make_shared<const Organisation>(std::move(after));
  const UserId user{1 + seq % 2};
  made->entries.push_back({user, seq, std::make_shared<const std::string>(",{")});
  made->people = {user};
  made->messages.push_back({user, shared_frame(FrameKind::kMessage, "{}")});
  return made;
}

class AnInbox : public ::testing::Test {
 protected:
  // What the hub finds when it has its turn.
  std::vector<InboxItem> taken() {
    io_.restart();
    io_.poll();
    return std::move(taken_);
  }
  static const Bulletin& bulletin_in(const InboxItem& item) {
    return *std::get<std::shared_ptr<const Bulletin>>(item);
  }

  boost::asio::io_context io_{1};
  std::vector<InboxItem> taken_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>(
      io_, [this](std::vector<InboxItem> items) { taken_ = std::move(items); });
};

TEST_F(AnInbox, KeepsWhatAHubCanKeepUpWith) {
  for (std::uint64_t seq = 1; seq <= limits::kBulletinsWaiting; ++seq) inbox_->leave(bulletin(seq));
  EXPECT_EQ(taken().size(), limits::kBulletinsWaiting);
}

TEST_F(AnInbox, OfAHubThatDoesNotTakeAnythingHoldsNoMoreHoweverMuchIsLeft) {
  const auto shared = bulletin(limits::kBulletinsWaiting);
  const std::uint64_t last = 20 * limits::kBulletinsWaiting;
  for (std::uint64_t seq = 1; seq <= last; ++seq) {
    inbox_->leave(seq == limits::kBulletinsWaiting ? shared : bulletin(seq));
  }
  const std::vector<InboxItem> items = taken();
  ASSERT_EQ(items.size(), limits::kBulletinsWaiting);
  const Bulletin& merged = bulletin_in(items.back());
  EXPECT_EQ(merged.after->seq, last);
  EXPECT_LE(merged.entries.size(), 66U);
  EXPECT_EQ(merged.entries.back().rev, last);
  EXPECT_EQ(merged.people, (std::vector{UserId{1}, UserId{2}}));
  EXPECT_TRUE(merged.messages.empty());
  EXPECT_EQ(merged.conversations, (std::vector{UserId{1}, UserId{2}})) << "they ask what there is";
  EXPECT_EQ(shared->after->seq, limits::kBulletinsWaiting) << "others read that one";
}

TEST_F(AnInbox, MergesNothingAcrossANotice) {
  for (std::uint64_t seq = 1; seq <= limits::kBulletinsWaiting; ++seq) inbox_->leave(bulletin(seq));
  inbox_->leave(WentStale{});
  inbox_->leave(bulletin(limits::kBulletinsWaiting + 1));
  inbox_->leave(Errand([] {}));
  inbox_->leave(bulletin(limits::kBulletinsWaiting + 2));
  const std::vector<InboxItem> items = taken();
  ASSERT_EQ(items.size(), limits::kBulletinsWaiting + 3);
  EXPECT_EQ(bulletin_in(items[limits::kBulletinsWaiting + 1]).after->seq,
            limits::kBulletinsWaiting + 2);
}

}  // namespace
}  // namespace pastille::push
