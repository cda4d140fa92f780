#include "push/snapshots.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/limits.h"
#include "wire/entry_json.h"
#include "wire/live_frames.h"

namespace pastille::push {
namespace {

Snapshot::Page page_of(const std::string& entries, std::uint64_t seq, bool more) {
  const std::string head = board_head({.seq = seq, .all = true, .more = more});
  Snapshot::Page page;
  page.frame = shared_frame("board", head + entries + std::string(kEntriesTail),
                            more ? std::nullopt : std::optional(seq));
  page.entries = page.frame->json().substr(head.size(), entries.size());
  return page;
}

}  // namespace

std::shared_ptr<const Snapshot> snapshot_of(const Organisation& organisation) {
  const auto snapshot = std::make_shared<Snapshot>();
  snapshot->seq = organisation.seq;
  std::string entries;
  organisation.presences.for_each([&](UserId user, const Box<Presence>& presence) {
    if (presence->entry.offline()) return;
    if (entries.size() >= limits::kBoardPageBytes) {
      snapshot->pages.push_back(page_of(entries, snapshot->seq, true));
      entries.clear();
    }
    if (!entries.empty()) entries += ',';
    JsonWriter json(entries);
    write_entry(json, user, presence->entry);
  });
  snapshot->pages.push_back(page_of(entries, snapshot->seq, false));
  return snapshot;
}

std::shared_ptr<const Snapshot> Snapshots::at(const Organisation& organisation, Instant now) {
  if (last_ != nullptr && last_->seq == organisation.seq) return last_;
  if (last_ != nullptr && now < next()) return nullptr;
  last_ = snapshot_of(organisation);
  made_ = now;
  figures_.frames_encoded += last_->pages.size();
  return last_;
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
