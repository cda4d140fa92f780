// Sign-ins that came back from the provider, so that each is good once at this process: nothing is
// asked of the provider for it again. Another node, or this one after a restart, does not know;
// there the provider's code is good once. Keeps limits::kOidcFlowsUsed. Thread-safe.
#pragma once

#include <deque>
#include <mutex>
#include <set>
#include <utility>

#include "core/limits.h"
#include "core/sessions.h"
#include "core/time.h"

namespace pastille::oidc {

class UsedFlows {
 public:
  // False: used before.
  bool use(const SecretHash& flow, Instant now) {
    const std::lock_guard lock(mutex_);
    while (!in_order_.empty() && (in_order_.front().first <= now || full())) {
      used_.erase(in_order_.front().second);
      in_order_.pop_front();
    }
    if (!used_.insert(flow).second) return false;
    // What was sealed by another node's clock is good for twice its life at most.
    in_order_.emplace_back(now + 2 * Duration(limits::kOidcFlowLife), flow);
    return true;
  }

 private:
  bool full() const { return used_.size() >= limits::kOidcFlowsUsed; }

  std::mutex mutex_;  // guards both below
  std::set<SecretHash> used_;
  std::deque<std::pair<Instant, SecretHash>> in_order_;
};

}  // namespace pastille::oidc
