// Whole boards for those who follow everyone: encoded and compressed once for all connections of
// all hubs, on a thread of its own, since that grows with the organisation. Who asks goes on with
// other things and is called when there is one.
//
// Compressed, a board of people costs a sixth, and compressing costs ten times what encoding does:
// so it is done by stretches of ids, and a stretch in which nobody has changed is not done again.
//
// Threading: all on any thread, and no mutex is held while a board is made. The destructor waits
// for the one under way. Memory: the last board, and whatever is still being sent of older ones.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/organisation.h"
#include "push/figures.h"
#include "push/frame.h"

namespace pastille::push {

// Immutable once made.
struct Snapshot {
  struct Page {
    SharedFrame frame;
    std::string_view entries;  // in it, between the brackets
    std::string deflated;      // entries and tail as pieces of deflate.h
  };
  std::uint64_t seq = 0;
  std::vector<Page> pages;  // at least one
};

// The compressed pieces of stretches, kept from one board to the next. At most one for every 128
// people that there ever were.
class PressedStretches {
 public:
  // Of the stretch at this place, whose entries these are. Holds while neither has changed.
  const std::string& of(std::uint64_t place, std::uint64_t newest, std::size_t people,
                        std::string_view entries);
  void forget() { kept_.clear(); }

 private:
  struct Pressed {
    std::uint64_t newest = 0;
    std::size_t people = 0;  // who are shown: with the rev it says whether anything has changed
    std::string piece;
  };
  std::vector<Pressed> kept_;  // by place
};

// Everyone who is not offline.
std::shared_ptr<const Snapshot> snapshot_of(const Organisation& organisation,
                                            PressedStretches& pressed);

class Snapshots {
 public:
  // Of the state that boards are made of. Another one after the node began anew: a seq and a rev
  // may come again, of something else.
  using Generation = std::uint64_t;

  explicit Snapshots(Figures& figures);
  ~Snapshots();
  Snapshots(const Snapshots&) = delete;
  Snapshots& operator=(const Snapshots&) = delete;

  // The newest of this generation; null: none yet.
  std::shared_ptr<const Snapshot> last(Generation generation) const;
  // Makes one of this state, or of a newer one that somebody else asked for meanwhile; then() is
  // called on the thread of this object, when last() has it or the generation has ended.
  void make(std::shared_ptr<const Organisation> state, Generation generation,
            std::move_only_function<void()> then);

  Generation generation() const;
  // Forgets all there is, and what is under way; gives the generation that begins.
  Generation forget();

 private:
  void work();

  Figures& figures_;
  mutable std::mutex mutex_;  // guards all below but thread_
  std::condition_variable wake_;
  bool stopping_ = false;
  Generation generation_ = 0;
  std::shared_ptr<const Organisation> wanted_;  // null: nobody asks
  // Of those who asked since the last one was begun: one a hub at most.
  std::vector<std::move_only_function<void()>> waiting_;
  std::shared_ptr<const Snapshot> last_;
  std::thread thread_;
};

}  // namespace pastille::push
