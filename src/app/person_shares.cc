#include "app/person_shares.h"

#include <algorithm>

namespace pastille {

PersonShares::PersonShares(const Quotas& quotas)
    : quotas_{quotas.changes,  quotas.statuses,       quotas.renames,
              quotas.messages, quotas.messages_a_day, quotas.keys} {}

PersonShares::Taken PersonShares::take(UserId user, Share share, std::uint64_t amount,
                                       Instant now) {
  const auto which = static_cast<std::size_t>(share);
  const Quota& quota = quotas_[which];
  const Duration window = quota.window;
  const auto most = static_cast<std::int64_t>(quota.most);
  // Rounded up: a bucket never gives more than it holds.
  const Duration cost((static_cast<std::int64_t>(amount) * window.count() + most - 1) / most);
  Part& part = parts_[user.number % parts_.size()];
  const std::lock_guard lock(part.mutex);
  Instant& full_at = part.buckets[user][which];
  const Instant from = std::max(full_at, now);
  const Instant after = from + cost;
  const auto left_at = [&](Instant at) {
    const Duration free = now + window - at;
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, free.count()) * most /
                                      window.count());
  };
  const auto until = [&](Instant at) { return std::chrono::ceil<std::chrono::seconds>(at - now); };
  if (after > now + window) {
    return {.left = left_at(from),
            .full_in = until(from),
            .wait = std::max(std::chrono::seconds(1), until(after - window))};
  }
  full_at = after;
  return {.left = left_at(after), .full_in = until(after)};
}

}  // namespace pastille
