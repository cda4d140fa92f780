// Where other threads leave things for the thread of a hub. Order is kept, and however much is left
// while the thread is busy, it is woken once.
//
// Bounded: of bulletins kBulletinsWaiting, those that follow are merged into the last of them; of
// errands there are as many as its connections have under way. Notices are rare.
//
// Threading: leave() and close() on any thread; `take` runs on the thread of `io`. After close()
// nothing is taken any more, so the hub may be destroyed; what is left later is dropped.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

#include "core/time.h"
#include "push/bulletin.h"
#include "push/snapshots.h"

namespace pastille::push {

struct WentStale {
  Time since;
};
struct WentFresh {};
// Feed::begun_anew.
struct BegunAnew {
  std::shared_ptr<const Organisation> state;
  Snapshots::Generation generation = 0;  // of the boards made from here on
};
// An answer of the workspace, to be worked off on the hub's thread.
using Errand = std::move_only_function<void()>;

using InboxItem =
    std::variant<std::shared_ptr<const Bulletin>, WentStale, WentFresh, BegunAnew, Errand>;

class Inbox : public std::enable_shared_from_this<Inbox> {
 public:
  using Take = std::move_only_function<void(std::vector<InboxItem>)>;
  Inbox(boost::asio::io_context& io, Take take) : io_(io), take_(std::move(take)) {}

  void leave(InboxItem item);
  // On the thread of `io`, or while that does not run.
  void close();

 private:
  void work_off();
  bool merge_into_last(const Bulletin& bulletin);

  boost::asio::io_context& io_;
  std::mutex mutex_;
  std::vector<InboxItem> items_;  // guarded by mutex_
  std::size_t bulletins_ = 0;     // of them; guarded by mutex_
  // Place among them of the last one that is no errand, when it is a bulletin; guarded by mutex_.
  std::optional<std::size_t> last_bulletin_;
  std::shared_ptr<Bulletin> merged_;  // that one, once it was merged into; guarded by mutex_
  bool woken_ = false;                // guarded by mutex_
  bool closed_ = false;               // guarded by mutex_
  Take take_;                         // thread of io_
};

}  // namespace pastille::push
