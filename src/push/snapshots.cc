#include "push/snapshots.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/limits.h"
#include "push/deflate.h"
#include "wire/board_stretches.h"
#include "wire/entry_json.h"
#include "wire/live_frames.h"

namespace pastille::push {
namespace {

// One page under way: its entries, plain and compressed.
class PageMaker {
 public:
  PageMaker(std::uint64_t seq, PressedStretches& pressed) : seq_(seq), pressed_(pressed) {}

  bool full() const { return entries_.size() >= limits::kBoardPageBytes; }

  void add(const BoardStretch& stretch) {
    if (!entries_.empty()) {
      entries_ += ',';
      deflated_ += stored(",");
    }
    const std::size_t begin = entries_.size();
    for (const auto& [user, entry] : stretch.shown) {
      if (entries_.size() > begin) entries_ += ',';
      JsonWriter json(entries_);
      write_entry(json, user, *entry, stretch.newest);
    }
    deflated_ += pressed_.of(stretch.place, stretch.newest, stretch.shown.size(),
                             std::string_view(entries_).substr(begin));
  }

  Snapshot::Page take(bool more) {
    const std::string head = board_head({.seq = seq_, .all = true, .more = more});
    Snapshot::Page page;
    page.frame = shared_frame(FrameKind::kBoard, head + entries_ + std::string(kEntriesTail),
                              more ? std::nullopt : std::optional(seq_));
    page.entries = page.frame->json().substr(head.size(), entries_.size());
    page.deflated = std::exchange(deflated_, {});
    page.deflated.append(stored(kEntriesTail)).append(kDeflateEnd);
    entries_.clear();
    return page;
  }

 private:
  const std::uint64_t seq_;
  PressedStretches& pressed_;
  std::string entries_;
  std::string deflated_;
};

}  // namespace

const std::string& PressedStretches::of(std::uint64_t place, std::uint64_t newest,
                                        std::size_t people, std::string_view entries) {
  if (place >= kept_.size()) kept_.resize(place + 1);
  Pressed& kept = kept_[place];
  if (kept.newest != newest || kept.people != people) {
    kept = {newest, people, push::deflated(entries)};
  }
  return kept.piece;
}

std::shared_ptr<const Snapshot> snapshot_of(const Organisation& organisation,
                                            PressedStretches& pressed) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->seq = organisation.seq;
  PageMaker page(organisation.seq, pressed);
  for_each_stretch(organisation, [&](const BoardStretch& stretch) {
    if (stretch.shown.empty()) return;
    if (page.full()) snapshot->pages.push_back(page.take(true));
    page.add(stretch);
  });
  snapshot->pages.push_back(page.take(false));
  return snapshot;
}

Snapshots::Snapshots(Figures& figures) : figures_(figures), thread_([this] { work(); }) {}

Snapshots::~Snapshots() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::shared_ptr<const Snapshot> Snapshots::last(Generation generation) const {
  const std::lock_guard lock(mutex_);
  return generation == generation_ ? last_ : nullptr;
}

void Snapshots::make(std::shared_ptr<const Organisation> state, Generation generation,
                     std::move_only_function<void()> then) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(then));
    // Of an ended generation: it is called all the same, and asks again with what is.
    if (generation == generation_ && (wanted_ == nullptr || wanted_->seq < state->seq)) {
      wanted_ = std::move(state);
    }
  }
  wake_.notify_all();
}

Snapshots::Generation Snapshots::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

Snapshots::Generation Snapshots::forget() {
  const std::lock_guard lock(mutex_);
  wanted_ = nullptr;
  last_ = nullptr;
  return ++generation_;
}

void Snapshots::work() {
  using Steady = std::chrono::steady_clock;
  PressedStretches pressed;
  Generation pressed_of = 0;
  Steady::time_point next;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    // Who asks meanwhile gets the same one.
    wake_.wait_until(lock, next, [&] { return stopping_; });
    if (stopping_) return;
    const auto state = std::exchange(wanted_, nullptr);
    auto waiting = std::exchange(waiting_, {});
    const Generation generation = generation_;
    lock.unlock();
    const auto began = Steady::now();
    std::shared_ptr<const Snapshot> made;
    if (state != nullptr) {
      if (std::exchange(pressed_of, generation) != generation) pressed.forget();
      made = snapshot_of(*state, pressed);
      figures_.frames_encoded += made->pages.size();
    }
    const auto now = Steady::now();
    next = now + std::max<Steady::duration>(limits::kTick, now - began);
    lock.lock();
    if (made != nullptr && generation == generation_) last_ = std::move(made);
    lock.unlock();
    for (auto& then : waiting) then();
    waiting.clear();
    lock.lock();
  }
}

}  // namespace pastille::push
