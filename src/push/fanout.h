// The feed of the live side: turns each publication into one immutable bulletin and hands it to
// every hub. Built before the workspace (which takes a Feed&); hubs attach themselves when they are
// built and detach when they are destroyed, at any time, also while publications go on.
//
// Threading: publish(), stale(), fresh() and begun_anew() on the workspace thread; all else on any
// thread. While a bulletin is handed over the mutex is held, so a hub that has detached is never
// called again.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "app/ports/feed.h"
#include "push/figures.h"
#include "push/inbox.h"
#include "push/snapshots.h"

namespace pastille::push {

// What a publication means for the live side; `before`: the state that it was made on, null when
// that is not known.
std::shared_ptr<const Bulletin> bulletin_of(std::shared_ptr<const Organisation> before,
                                            const Publication& publication);

class Fanout final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication> publication) override;
  void stale(Time since) override;
  void fresh() override;
  void begun_anew(std::shared_ptr<const Organisation> state) override;

  // For the hubs. `inbox` gets every bulletin that is published from now on; a snapshot that is
  // taken after attach() together with those misses nothing. Gives the generation that holds until
  // the inbox says BegunAnew.
  Snapshots::Generation attach(std::shared_ptr<Inbox> inbox);
  void detach(const std::shared_ptr<Inbox>& inbox);
  // Unique in this process, whichever hub.
  ConnectionId next_connection() { return ConnectionId{++connections_}; }

  // Whole boards, made once for all hubs.
  Snapshots& snapshots() { return snapshots_; }

  // Entries and frames that were encoded once for all hubs.
  const Figures& figures() const { return figures_; }

 private:
  using Notice = std::variant<std::shared_ptr<const Bulletin>, WentStale, WentFresh, BegunAnew>;
  void post(const Notice& notice);

  std::mutex mutex_;
  std::vector<std::shared_ptr<Inbox>> inboxes_;  // guarded by mutex_
  std::shared_ptr<const Organisation> before_;   // workspace thread only
  std::atomic<std::uint64_t> connections_{0};
  Figures figures_;
  Snapshots snapshots_{figures_};
};

}  // namespace pastille::push
