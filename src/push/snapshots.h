// What many connections want at once, encoded once: the whole board of one seq in pages, and what
// has changed since a seq. Both hold for the seq that they were made at; the next one makes new
// ones. One thread.
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

struct Snapshot {
  struct Page {
    SharedFrame frame;
    std::string_view entries;  // in it, between the brackets
  };
  std::uint64_t seq = 0;
  std::vector<Page> pages;  // at least one
};

// Everyone who is not offline.
std::shared_ptr<const Snapshot> snapshot_of(const Organisation& organisation);

class Snapshots {
 public:
  // `apart`: at least so long between two, however fast seqs come.
  Snapshots(Figures& figures, std::chrono::milliseconds apart) : figures_(figures), apart_(apart) {}

  // nullptr: too soon after the last one; ask again at next().
  std::shared_ptr<const Snapshot> at(const Organisation& organisation, Instant now);
  Instant next() const { return made_ + apart_; }

 private:
  Figures& figures_;
  std::chrono::milliseconds apart_;
  std::shared_ptr<const Snapshot> last_;
  Instant made_ = {};
};

class Tails {
 public:
  explicit Tails(Figures& figures) : figures_(figures) {}

  // The `changes` frame of all whose last change is after `from`; null: nobody's.
  SharedFrame since(std::uint64_t from, Board& board, const Organisation& organisation);

 private:
  Figures& figures_;
  std::uint64_t seq_ = 0;  // at which those below were made
  std::map<std::uint64_t, SharedFrame> frames_;
};

}  // namespace pastille::push
