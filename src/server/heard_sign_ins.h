// Between the workspace and the live side: counts in this node's throttle the passwords that were
// tried at other nodes, as of now, and hands everything on. What this node saw itself it has
// counted already.
//
// Threading: as Feed. `next`, `throttle` and `clock` outlive it.
#pragma once

#include <utility>

#include "app/ports/clock.h"
#include "app/ports/feed.h"
#include "app/ports/throttle.h"

namespace pastille::server {

class HeardSignIns final : public Feed {
 public:
  HeardSignIns(Feed& next, Throttle& throttle, const Clock& clock)
      : next_(next), throttle_(throttle), clock_(clock) {}

  void publish(std::shared_ptr<const Publication> publication) override;
  void stale(Time since) override { next_.stale(since); }
  void fresh() override { next_.fresh(); }
  void begun_anew(std::shared_ptr<const Organisation> state) override {
    next_.begun_anew(std::move(state));
  }

 private:
  void count(const SignInTried& tried);

  Feed& next_;
  Throttle& throttle_;
  const Clock& clock_;
};

}  // namespace pastille::server
