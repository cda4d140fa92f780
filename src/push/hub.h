// The live connections of one I/O thread: takes what was committed, keeps the board in order, and
// lets every connection have what it follows, once a tick.
//
// Ownership: owns its connections and their sockets. `io`, workspace, fanout, clock and observer
// must outlive it. Threading: built, used and destroyed on the thread that runs `io` (or while
// nothing runs it); figures() on any thread. After it was destroyed `io` may run on: what is under
// way is dropped.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>

#include "app/workspace.h"
#include "push/adopted.h"
#include "push/fanout.h"
#include "push/figures.h"
#include "push/observer.h"
#include "push/settings.h"

namespace pastille::push {

struct HubState;
class Pulse;

class Hub {
 public:
  Hub(HubParts parts, const Settings& settings);
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  void adopt(Adopted connection);
  // Says goodbye to all with this code (1012 at shutdown), takes no more, and calls `done` when the
  // last has gone, after two seconds at the latest.
  void close_all(std::uint16_t code, std::move_only_function<void()> done);

  const Figures& figures() const;

 private:
  std::shared_ptr<Inbox> inbox_;
  std::shared_ptr<HubState> state_;  // what is under way holds these two weakly
  std::shared_ptr<Pulse> pulse_;
};

}  // namespace pastille::push
