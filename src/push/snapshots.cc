#include "push/snapshots.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/limits.h"
#include "push/deflate.h"
#include "wire/entry_json.h"
#include "wire/live_frames.h"

namespace pastille::push {
namespace {

// 15 KB of entries: of twice as many, one byte in twenty would be saved, and twice as much done for
// each change.
constexpr std::uint64_t kStretchIds = 128;

Snapshot::Page page_of(const std::string& entries, std::vector<Stretch> stretches,
                       std::uint64_t seq, bool more) {
  const std::string head = board_head({.seq = seq, .all = true, .more = more});
  Snapshot::Page page;
  page.frame = shared_frame("board", head + entries + std::string(kEntriesTail),
                            more ? std::nullopt : std::optional(seq));
  page.entries = page.frame->json().substr(head.size(), entries.size());
  page.stretches = std::move(stretches);
  return page;
}

}  // namespace

std::shared_ptr<Snapshot> snapshot_of(const Organisation& organisation) {
  const auto snapshot = std::make_shared<Snapshot>();
  snapshot->seq = organisation.seq;
  std::string entries;             // of the page under way
  std::vector<Stretch> stretches;  // in it, the last one under way
  const auto end_stretch = [&] {
    if (stretches.empty()) return;
    stretches.back().end = entries.size();
    if (stretches.back().people == 0) stretches.pop_back();
  };
  organisation.presences.for_each([&](UserId user, const Box<Presence>& presence) {
    const std::size_t place = user.number / kStretchIds;
    if (stretches.empty() || stretches.back().place != place) {
      end_stretch();
      if (entries.size() >= limits::kBoardPageBytes) {
        snapshot->pages.push_back(
            page_of(entries, std::exchange(stretches, {}), snapshot->seq, true));
        entries.clear();
      }
      stretches.push_back({.place = place});
    }
    Stretch& stretch = stretches.back();
    stretch.newest = std::max(stretch.newest, presence->entry.rev);
    if (presence->entry.offline()) return;
    if (!entries.empty()) entries += ',';
    if (++stretch.people == 1) stretch.begin = entries.size();
    JsonWriter json(entries);
    write_entry(json, user, presence->entry);
  });
  end_stretch();
  snapshot->pages.push_back(page_of(entries, std::move(stretches), snapshot->seq, false));
  return snapshot;
}

std::shared_ptr<Snapshot> Snapshots::at(const Organisation& organisation, Instant now) {
  if (last_ != nullptr && last_->seq == organisation.seq) return last_;
  if (last_ != nullptr && now < next()) return nullptr;
  last_ = snapshot_of(organisation);
  made_ = now;
  figures_.frames_encoded += last_->pages.size();
  return last_;
}

std::string_view Snapshots::deflated(Snapshot::Page& page) {
  if (!page.deflated.empty()) return page.deflated;
  for (std::size_t i = 0; i < page.stretches.size(); ++i) {
    const Stretch& each = page.stretches[i];
    if (i > 0) page.deflated += stored(",");
    page.deflated += pressed(each, page.entries.substr(each.begin, each.end - each.begin));
  }
  page.deflated.append(stored(kEntriesTail)).append(kDeflateEnd);
  return page.deflated;
}

// The piece of a stretch: made anew when somebody in it has changed, come or gone since.
const std::string& Snapshots::pressed(const Stretch& stretch, std::string_view entries) {
  if (stretch.place >= pressed_.size()) pressed_.resize(stretch.place + 1);
  Pressed& kept = pressed_[stretch.place];
  if (kept.newest != stretch.newest || kept.people != stretch.people) {
    kept = {stretch.newest, stretch.people, push::deflated(entries)};
  }
  return kept.piece;
}

SharedFrame Tails::since(std::uint64_t from, Board& board, const Organisation& organisation) {
  if (seq_ != organisation.seq) {
    frames_.clear();
    seq_ = organisation.seq;
  }
  const auto found = frames_.find(from);
  if (found != frames_.end()) return found->second;
  std::vector<UserId> users;
  board.since(from, [&](UserId user) {
    users.push_back(user);
    return true;
  });
  SharedFrame frame;
  if (!users.empty()) {
    std::string json = changes_head(organisation.seq);
    for (std::size_t i = users.size(); i-- > 0;) {
      const std::string_view piece = *board.piece(users[i], organisation);
      json += i + 1 == users.size() ? piece.substr(1) : piece;
    }
    json += kEntriesTail;
    frame = shared_frame("changes", json, organisation.seq);
    ++figures_.frames_encoded;
  }
  frames_.emplace(from, frame);
  return frame;
}

}  // namespace pastille::push
