#include "oidc/flows.h"

#include <utility>

#include "core/limits.h"

namespace pastille::oidc {

void Flows::add(const SecretHash& state, Flow flow) {
  const std::lock_guard lock(mutex_);
  const Instant now = flow.begun;
  flows_.insert_or_assign(state, std::move(flow));
  order_.push_back(state);
  while (!order_.empty()) {
    const auto oldest = flows_.find(order_.front());
    const bool over = oldest == flows_.end() || now - oldest->second.begun >= limits::kOidcFlowLife;
    if (!over && order_.size() <= limits::kOidcFlows) break;
    drop_oldest();
  }
}

std::optional<Flow> Flows::take(const SecretHash& state, const SecretHash& browser, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = flows_.find(state);
  if (found == flows_.end() || found->second.browser != browser) return std::nullopt;
  Flow flow = std::move(found->second);
  flows_.erase(found);
  if (now - flow.begun >= limits::kOidcFlowLife) return std::nullopt;
  return flow;
}

std::size_t Flows::size() const {
  const std::lock_guard lock(mutex_);
  return flows_.size();
}

void Flows::drop_oldest() {
  flows_.erase(order_.front());
  order_.pop_front();
}

}  // namespace pastille::oidc
