// Frames that say what has changed since a seq, encoded once for all who have the same one. They
// hold for the version that they were made at; the next one makes new ones. A cache: what it lacks
// is made again. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "core/limits.h"
#include "push/frame.h"

namespace pastille::push {

class Tails {
 public:
  // What has changed after `from`, up to version `at`, as make() gives it; null: nothing.
  template <class Make>
  SharedFrame since(std::uint64_t from, std::uint64_t at, Make make) {
    if (std::exchange(at_, at) != at) forget();
    const auto found = frames_.find(from);
    if (found != frames_.end()) return found->second;
    SharedFrame frame = make();
    const std::size_t size = frame == nullptr ? 0 : frame->websocket().size();
    if (frames_.size() >= limits::kTailsKept || bytes_ + size > limits::kTailsBytes) forget();
    bytes_ += size;
    frames_.emplace(from, frame);
    return frame;
  }
  void forget() {
    frames_.clear();
    bytes_ = 0;
  }
  std::size_t kept() const { return frames_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  std::uint64_t at_ = 0;  // version that those below were made at
  std::map<std::uint64_t, SharedFrame> frames_;
  std::size_t bytes_ = 0;  // of all of them
};

}  // namespace pastille::push
