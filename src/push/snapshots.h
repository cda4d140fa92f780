// What many connections want at once, encoded once: the whole board of one seq in pages, and what
// has changed since a seq. Both hold for the seq that they were made at; the next one makes new
// ones. One thread.
//
// Compressed, a board of people costs a sixth, and compressing costs ten times what encoding does:
// so it is done by stretches of ids, and a stretch in which nobody has changed is not done again.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "core/organisation.h"
#include "push/board.h"
#include "push/figures.h"
#include "push/frame.h"

namespace pastille::push {

// People whose ids stand side by side, as a snapshot shows them.
struct Stretch {
  std::size_t place = 0;     // among all stretches, the empty ones too
  std::uint64_t newest = 0;  // rev of the last change in it, of the offline too
  std::size_t people = 0;    // who are shown: with the rev it says whether anything has changed
  std::size_t begin = 0;     // of its entries, within those of the page
  std::size_t end = 0;
};

struct Snapshot {
  struct Page {
    SharedFrame frame;
    std::string_view entries;  // in it, between the brackets
    std::vector<Stretch> stretches;
    std::string deflated;  // entries and tail as pieces of deflate.h; made when first asked for
  };
  std::uint64_t seq = 0;
  std::vector<Page> pages;  // at least one
};

// Everyone who is not offline.
std::shared_ptr<Snapshot> snapshot_of(const Organisation& organisation);

class Snapshots {
 public:
  // `apart`: at least so long between two, however fast seqs come.
  Snapshots(Figures& figures, std::chrono::milliseconds apart) : figures_(figures), apart_(apart) {}

  // nullptr: too soon after the last one; ask again at next().
  std::shared_ptr<Snapshot> at(const Organisation& organisation, Instant now);
  // What follows the head of a compressed page.
  std::string_view deflated(Snapshot::Page& page);
  Instant next() const { return made_ + apart_; }
  // Another state than it was made of: a seq and a rev may come again, of something else.
  void forget() {
    pressed_.clear();
    last_ = nullptr;
  }

 private:
  struct Pressed {
    std::uint64_t newest = 0;
    std::size_t people = 0;
    std::string piece;
  };
  const std::string& pressed(const Stretch& stretch, std::string_view entries);

  Figures& figures_;
  std::chrono::milliseconds apart_;
  std::vector<Pressed> pressed_;  // by place
  std::shared_ptr<Snapshot> last_;
  Instant made_ = {};
};

class Tails {
 public:
  explicit Tails(Figures& figures) : figures_(figures) {}

  // The `changes` frame of all whose last change is after `from`; null: nobody's.
  SharedFrame since(std::uint64_t from, Board& board, const Organisation& organisation);
  void forget() { frames_.clear(); }

 private:
  Figures& figures_;
  std::uint64_t seq_ = 0;  // at which those below were made
  std::map<std::uint64_t, SharedFrame> frames_;
};

}  // namespace pastille::push
