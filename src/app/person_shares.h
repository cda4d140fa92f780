// What one person may do of what costs everybody: token buckets per person, the same for HTTP and
// live connections. A bucket holds `most` and fills again evenly over its window. Thread-safe,
// never blocks for long; owned by the wiring, outlives those who ask. In memory only: a restart
// fills all. Several nodes count each for itself. Bounded by the number of people.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/ids.h"
#include "core/limits.h"
#include "core/time.h"

namespace pastille {

struct Quota {
  std::string_view name;  // "changes"; as in the field RateLimit
  std::uint64_t most = 0;
  std::chrono::seconds window{1};
};

struct Quotas {
  Quota changes{"changes", limits::kChangesPerMinute, std::chrono::minutes(1)};
  Quota statuses{"statuses", limits::kStatusesPerHour, std::chrono::hours(1)};
  Quota renames{"renames", limits::kRenamesPerHour, std::chrono::hours(1)};
  // Bytes.
  Quota messages{"messages", limits::kMessageKbPerMinute * 1024, std::chrono::minutes(1)};
  Quota messages_a_day{"messages-a-day", limits::kMessageMbPerDay * 1024 * 1024,
                       std::chrono::hours(24)};
  Quota keys{"idempotency-keys", limits::kIdempotencyKeysPerDay, std::chrono::hours(24)};
};

enum class Share : std::uint8_t { kChanges, kStatuses, kRenames, kMessages, kMessagesADay, kKeys };

class PersonShares {
 public:
  explicit PersonShares(const Quotas& quotas = {});

  // What is left after `amount` was taken, or how long to wait until it could be: then nothing was.
  struct Taken {
    std::uint64_t left = 0;
    std::chrono::seconds full_in{0};                          // when all of it is there again
    std::optional<std::chrono::seconds> wait = std::nullopt;  // set: refuse with kTooMany
  };
  Taken take(UserId user, Share share, std::uint64_t amount, Instant now);
  const Quota& quota(Share share) const { return quotas_[static_cast<std::size_t>(share)]; }

 private:
  static constexpr std::size_t kShares = 6;
  // When each bucket is full again (the theoretical arrival time of GCRA, ITU-T I.371).
  using Buckets = std::array<Instant, kShares>;
  struct Part {
    std::mutex mutex;
    std::unordered_map<UserId, Buckets> buckets;  // guarded by mutex
  };

  std::array<Quota, kShares> quotas_;
  std::array<Part, 16> parts_;  // by person, so that threads rarely meet
};

}  // namespace pastille
